import { mergeEntry } from "./merge-entry.ts"
import { addedComments, mergeTrivia } from "./merge-trivia.ts"
import { EMPTY_BODY, indentOf, linesOfEntry, withoutComma, type Body, type Entry } from "./outline.ts"
import { shifted, shiftedLines, type Output } from "./output.ts"
import { planRows, type Step } from "./plan-rows.ts"

export interface BodyOptions {
  /** The entries are items of a bracketed list: the last one is written with a comma or without. */
  readonly lastComma?: boolean
  /** The last one of two entries counts: what ours has stays behind what theirs brings. */
  readonly ordered?: boolean
  /** New entries of theirs, by id, that a person has to look at before they come in. */
  readonly doubtful?: ReadonlySet<string>
}

/** Merges three bodies entry by entry into `out`. `line` is the number in ours of the body's first line. */
export function mergeBody(
  base: Body | undefined,
  ours: Body,
  theirs: Body,
  line: number,
  out: Output,
  options: BodyOptions = {},
): void {
  const before = base ?? EMPTY_BODY
  const indent = indentOfBody(ours) ?? indentOfBody(theirs) ?? ""
  mergeTrivia(before.header, ours.header, theirs.header, line, out)
  const steps = planRows(before, ours, theirs, options.ordered === true)
  const last = options.lastComma === false ? steps.findLast(({ fate }) => fate !== "drop") : undefined
  let at = line + ours.header.length
  let empty = ours.header.length === 0 && theirs.header.length === 0
  let apart = false
  let dropped = false
  for (const planned of steps) {
    const step = empty && dropped ? withoutGap(planned) : planned
    const settled = planned === last ? withoutLastComma(step) : step
    if (apart && step.fate === "keep" && step.row.ours!.lead.length === 0) out.agreed([""])
    apart = step.fate === "insert" && (apart || isApart(theirs, step.row.theirs!))
    mergeStep(settled, { at, indent, empty, out, options })
    if (step.fate === "drop") dropped = true
    else empty = false
    if (step.row.ours !== undefined) at = step.row.ours.line + linesOfEntry(step.row.ours).length
  }
  mergeTrivia(before.foot, ours.foot, theirs.foot, at, out)
}

/** Whether a blank line parts an entry from the one in front of it; the first one, from the one behind. */
function isApart({ entries }: Body, entry: Entry): boolean {
  return (entry === entries[0] ? (entries[1] ?? entry) : entry).lead.includes("")
}

interface Place {
  readonly at: number
  readonly indent: string
  /** Nothing of the body is written yet. */
  readonly empty: boolean
  readonly out: Output
  readonly options: BodyOptions
}

function mergeStep({ row, fate }: Step, { at, indent, empty, out, options }: Place): void {
  const { base, ours, theirs } = row
  switch (fate) {
    case "keep":
      return out.agreed([...ours!.lead, ...linesOfEntry(ours!)])
    case "insert": {
      const lead = shifted(theirs!.lead, indentOf(theirs!), indent)
      const first = empty ? lead.findIndex((comment) => comment.trim() !== "") : 0
      const lines = [...(first < 0 ? [] : lead.slice(first)), ...shiftedLines(theirs!, indent)]
      if (options.doubtful?.has(theirs!.id) === true) return out.conflict([], [], lines, at)
      return out.agreed(lines)
    }
    case "drop":
      return out.agreed(ours === undefined ? [] : addedComments(base!.lead, ours.lead))
    case "clash": {
      out.agreed(ours?.lead ?? [])
      const lines = [base, ours, theirs].map((entry) => (entry === undefined ? [] : shiftedLines(entry, indent)))
      return out.conflict(lines[0]!, lines[1]!, lines[2]!, ours?.line ?? at)
    }
    case "merge": {
      // Where both added it the blank lines are ours': it may stand elsewhere in theirs.
      const other = base === undefined ? theirs!.lead.filter((each) => each.trim() !== "") : theirs!.lead
      const lead = shifted(other, indentOf(theirs!), indentOf(ours!))
      const baseLead = base === undefined ? [] : shifted(base.lead, indentOf(base), indentOf(ours!))
      mergeTrivia(baseLead, ours!.lead, lead, ours!.line - ours!.lead.length, out)
      return mergeEntry(base, ours!, theirs!, out, (b, o, t, line, inner) => mergeBody(b, o, t, line, out, inner))
    }
  }
}

function withoutLastComma(step: Step): Step {
  return withEntries(step, withoutComma)
}

/** The blank lines behind an entry that went are of no use at the top. */
function withoutGap(step: Step): Step {
  return withEntries(step, (entry) => {
    const first = entry.lead.findIndex((line) => line.trim() !== "")
    return { ...entry, lead: first < 0 ? [] : entry.lead.slice(first) }
  })
}

function withEntries({ row, fate }: Step, change: (entry: Entry) => Entry): Step {
  const { base, ours, theirs } = row
  return {
    fate,
    row: {
      ...(base && { base: change(base) }),
      ...(ours && { ours: change(ours) }),
      ...(theirs && { theirs: change(theirs) }),
    },
  }
}

function indentOfBody({ entries }: Body): string | undefined {
  const first: Entry | undefined = entries[0]
  return first && indentOf(first)
}
