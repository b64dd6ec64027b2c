import type { Diagnostic, MeshwrightError } from "../../core/model/diagnostic.ts"
import type { Explanations } from "../../core/explain/explain-changes.ts"
import type { Explanation } from "../../core/model/explanation.ts"
import type { ChangeReason, FileChange } from "../../core/model/change.ts"
import type { ReleaseNote } from "../../core/model/template.ts"
import type { PlanSummary } from "../../core/model/plan-summary.ts"
import type { FileDiff } from "../../app/diff-project.ts"
import { tellExplanation } from "./explain.ts"
import type { Paint } from "./paint.ts"

/** An error as people read it: every problem with file and line, then what to do. */
export function errorText(error: MeshwrightError, paint: Paint): string {
  if (error.kind === "interrupted") return `\n${error.message}\n`
  return `${diagnosticsText(error.diagnostics, paint)}\n`
}

/** Problems or remarks, a line each; the same advice for several in a row is given once, after the last of them. */
export function diagnosticsText(diagnostics: readonly Diagnostic[], paint: Paint): string {
  const told = diagnostics.map(({ hint, ...each }, index) =>
    hint === undefined || hint === diagnostics[index + 1]?.hint ? each : { ...each, hint },
  )
  return told.map((each) => diagnosticText(each, paint)).join("\n")
}

/** One problem or remark. */
export function diagnosticText({ severity, message, file, position, hint }: Diagnostic, paint: Paint): string {
  const label = severity === "error" ? paint("red", "error") : paint("yellow", severity)
  // A message about a file often begins with its name already.
  const where =
    file === undefined || message.startsWith(file)
      ? ""
      : `${file}${position ? `:${position.line}:${position.column}` : ""}: `
  return `${label}: ${where}${message}${hint === undefined ? "" : `\n  ${paint("dim", hint)}`}`
}

const REASONS: Readonly<Record<ChangeReason, string>> = {
  "new-in-template": "new in the template",
  "already-there": "was there already, the same",
  "template-changed": "changed by the template",
  "team-changed": "changed by you, not by the template",
  "both-changed": "changed by both",
  "both-added": "is there with other content",
  "deleted-by-team": "deleted by you",
  "deleted-by-team-template-changed": "deleted by you, changed by the template: stays deleted",
  "deleted-by-template": "removed by the template",
  "deleted-by-template-team-changed": "removed by the template, changed by you: decide whether to delete it",
  "renamed-by-template": "renamed by the template",
  "renamed-by-answer": "renamed by a changed answer",
  "renamed-by-team": "moved by you: the template's change followed it",
  "owned-by-team": "yours since the project was created",
  "kept-by-setting": "kept by update.keep in meshwright.yml",
  "kept-on-adopting": "yours stays as it is",
  "read-by-dbt": "not created, because dbt would read it",
  "starter-content": "example content of the template: not created",
  "answer-assumed": "not created: it would name what nobody has said yet (--set KEY=VALUE)",
  "has-own-place": "not created, because yours is at another path",
  "old-record": "record of the tool that kept the project in sync so far",
  replaced: "replaced by the template's version",
  migrated: "changed by a migration",
  unchanged: "unchanged",
  "put-back": "as before the update",
  locked: "restored: the template locks it",
  blocked: "cannot be put there",
  "project-record": "meshwright's record",
  generated: "new",
  "added-to": "added to what is there",
}

const SIGNS: Readonly<Record<FileChange["action"], string>> = {
  create: "+",
  update: "~",
  merge: "~",
  delete: "-",
  rename: ">",
  adopt: "=",
  keep: "=",
  none: " ",
}

/** The same where the template's version is the same as before, and only answers changed. */
const ANSWER_REASONS: Partial<Record<ChangeReason, string>> = {
  "new-in-template": "wanted by your answers",
  "template-changed": "changed by your answers",
  "deleted-by-template": "not wanted by your answers any more",
}

/** Why a file is changed, or not. */
export function reasonText({ reason, restored = [], conflicts }: FileChange, byAnswers = false): string {
  const policies = [...new Set(restored.flatMap(({ policy }) => policy ?? []))]
  if (reason === "locked" && policies.length > 0) return `restored: locked by ${policies.join(", ")}`
  const blockedBy = conflicts?.[0]?.blockedBy
  if (blockedBy !== undefined) return `cannot be put there: ${blockedBy.path} is in the way`
  return (byAnswers ? ANSWER_REASONS[reason] : undefined) ?? REASONS[reason]
}

export interface ChangeView {
  /** Also what changes nothing, and all of what is explained. */
  readonly all?: boolean
  readonly byAnswers?: boolean
  /** What comes from whom, where that is known. */
  readonly explanations?: Explanations
  /** Takes secrets out of a text. */
  readonly hide?: (text: string) => string
}

/** One line for each change that writes something, waits for a decision, or is worth knowing of. */
export function changeLines(
  changes: readonly FileChange[],
  paint: Paint,
  { all = false, byAnswers = false, explanations, hide = (text) => text }: ChangeView = {},
): string[] {
  return changes
    .filter((change) => all || isWorthTelling(change) || isNotTaken(explanations?.get(change)))
    .filter((change) => all || change.reason !== "project-record")
    .flatMap((change) => {
      const other = change.reason === "has-own-place" ? "yours:" : "from"
      const from = change.from === undefined ? "" : ` (${other} ${change.from})`
      const sign =
        change.status === "conflict"
          ? paint("red", "!")
          : paint(
              change.action === "delete" ? "red" : "green",
              SIGNS[change.writes.length > 0 ? change.action : "keep"],
            )
      const explanation = explanations?.get(change)
      return [
        `  ${sign} ${change.path}${from}  ${paint("dim", reasonText(change, byAnswers))}`,
        ...restoredTexts(change).map((text) => paint("yellow", `      ${hide(text)}`)),
        ...(explanation === undefined ? [] : explanationLines(explanation, paint, all)),
      ]
    })
}

/** What is put back in a file, key by key. */
export function restoredTexts(
  { restored = [] }: FileChange,
  show: (text: string) => string = (text) => text,
): string[] {
  return restored.flatMap(({ at, expected, found }) => {
    if (at === "") return []
    const [is, will] = [found, expected].map((value) => (value === undefined ? undefined : show(value)))
    if (is === undefined) return [`${show(at)}: put back ${will ?? ""}`.trimEnd()]
    return [will === undefined ? `${show(at)}: taken out, yours ${is}` : `${show(at)}: put back ${will}, yours ${is}`]
  })
}

// What fits on a screen; --verbose tells all.
const MOST_PLACES = 12

/** What comes from whom in a file. */
function explanationLines(explanation: Explanation, paint: Paint, all: boolean): string[] {
  const { places, yours } = tellExplanation(explanation)
  const shown = all ? places : places.slice(0, MOST_PLACES)
  const more = places.length - shown.length
  return [
    ...shown.map(({ at, text, from, yours: beside }) => {
      const line = `      ${at}: ${text}${beside === undefined ? "" : `; yours ${beside}`}`
      return paint(from === "conflict" ? "red" : from === "ours" ? "yellow" : "dim", line)
    }),
    ...(more > 0 ? [paint("dim", `      … ${more} more: --verbose shows them`)] : []),
    ...(yours === "" ? [] : [paint("dim", `      yours ${yours}`)]),
  ]
}

function isNotTaken(explanation: Explanation | undefined): boolean {
  return explanation?.merged.some(({ from }) => from === "ours") === true
}

/** Whether people want to know: something is written, waits for a decision, or stays away. */
export function isWorthTelling(change: FileChange): boolean {
  return change.writes.length > 0 || change.status !== "clean" || change.reason === "deleted-by-team-template-changed"
}

/** `1 created, 4 updated`; `nothing to do` when all are zero. */
export function summaryText(summary: PlanSummary): string {
  const parts = Object.entries(summary).flatMap(([what, count]) => {
    if (count === 0 || what === "kept") return []
    return [what === "conflicts" ? `${count} ${count === 1 ? "conflict" : "conflicts"}` : `${count} ${what}`]
  })
  return parts.length === 0 ? "nothing to do" : parts.join(", ")
}

/** Unified diffs, coloured. */
export function diffText(diffs: readonly FileDiff[], paint: Paint): string {
  return diffs
    .map(({ path, status, text }) => (text === "" ? `${path}: ${status}` : text.trimEnd()))
    .flatMap((text) => text.split("\n"))
    .map((line) => {
      if (/^(\+\+\+|---) /.test(line)) return paint("bold", line)
      if (line.startsWith("+")) return paint("green", line)
      if (line.startsWith("-")) return paint("red", line)
      return line.startsWith("@@") ? paint("cyan", line) : line
    })
    .join("\n")
}

const MOST_NOTE_LINES = 40

/** The template's release notes; of long ones the beginning, unless all is asked for. */
export function noteLines(notes: readonly ReleaseNote[], paint: Paint, all: boolean): string[] {
  const lines = notes.flatMap(({ template, version, text }) => [
    paint("bold", `What is new in ${template === undefined ? "" : `${template} `}${version}:`),
    ...text.split("\n").map((line) => `  ${line}`.trimEnd()),
  ])
  if (all || lines.length <= MOST_NOTE_LINES) return lines
  const more = lines.length - MOST_NOTE_LINES
  return [...lines.slice(0, MOST_NOTE_LINES), paint("dim", `  … ${more} more lines: --verbose shows them`)]
}
