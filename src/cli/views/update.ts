import type { FileDiff } from "../../app/diff-project.ts"
import type { UpdatePlan } from "../../app/update/update-project.ts"
import type { Explanations } from "../../core/explain/explain-changes.ts"
import type { ConflictStyle } from "../../core/merge/merge-input.ts"
import { isUpToDate, summarise, withoutRecords } from "../../core/plan/summarise.ts"
import { isSameState, olderLayer } from "../../core/template/layer-versions.ts"
import { conflictAdvice, conflictLines } from "./conflicts.ts"
import { changeLines, diffText, noteLines, summaryText } from "./human.ts"
import { versionsText } from "./layers.ts"
import type { Diagnostic } from "../../core/model/diagnostic.ts"
import type { Paint } from "./paint.ts"

export interface UpdateView {
  readonly dryRun: boolean
  readonly verbose: boolean
  readonly style: ConflictStyle
  readonly explanations: Explanations
  readonly diffs: readonly FileDiff[]
}

/** What an update did, or would do. */
export function updateText(plan: UpdatePlan, paint: Paint, view: UpdateView): string {
  const { from, template, changes, secrets } = plan
  const { dryRun, verbose, style, explanations, diffs } = view
  const lines = [
    ...Object.entries(plan.newAnswers).map(([name, value]) =>
      paint("yellow", `New question ${name}: answered with its default, ${secrets.hide(String(value))}`),
    ),
    ...plan.remarks.map((remark) => paint("yellow", secrets.hide(remarkText(remark)))),
    ...plan.decided.map((path) =>
      paint(
        "yellow",
        `${path}: both changed the same place, and ${style === "ours" ? "yours" : "the template's"} was taken`,
      ),
    ),
  ]
  lines.push(...migrationLines(plan, dryRun))
  if (olderLayer(template.ref, from) !== undefined)
    lines.push(paint("yellow", `This goes back to an older version: what migrations changed since is not undone.`))
  const listed = changeLines(changes, paint, {
    all: verbose,
    byAnswers: isSameState(from, template.ref),
    explanations,
    hide: secrets.hide,
  })
  const heading = `${template.manifest.name} ${versionsText(plan)}`
  const notes = plan.notes.length === 0 ? [] : ["", ...noteLines(plan.notes, paint, verbose)]
  if (isUpToDate(withoutRecords(changes))) {
    // A conflict that was resolved, or a new version without a change: only what is on record changes.
    const records = isUpToDate(changes) ? "" : `; its records ${dryRun ? "would be" : "are"} renewed`
    return [...lines, `${heading}: up to date${records}`, ...listed, ...notes].join("\n")
  }
  lines.push(paint("bold", `${heading}: ${dryRun ? "would be " : ""}${summaryText(summarise(changes))}`))
  lines.push(...listed, ...notes)
  if (diffs.length > 0) lines.push("", diffText(diffs, paint))
  const conflicts = conflictLines(changes, paint)
  if (conflicts.length === 0) return lines.join("\n")
  const count = conflicts.length === 1 ? "1 place needs" : `${conflicts.length} places need`
  lines.push("", paint("red", `${count} your decision:`), ...conflicts.map(secrets.hide))
  if (!dryRun) lines.push(conflictAdvice(style, changes))
  return [...lines, ...[restText(plan) ?? []].flat()].join("\n")
}

/** The migrations that ran, and how far they came. */
export function migrationLines({ steps }: Pick<UpdatePlan, "steps">, dryRun: boolean): readonly string[] {
  const ran = steps.flatMap(({ migrated }) => migrated.ran)
  return ran.map(({ since, description, files }) => {
    const count = files === 0 ? "no file" : files === 1 ? "1 file" : `${files} files`
    return `Migration ${since}: ${description} (${count} ${dryRun ? "would be " : ""}changed)`
  })
}

/** What became of an answer, in a line. */
export function remarkText({ message, hint }: Diagnostic): string {
  return hint === undefined ? message : `${message}; ${hint}`
}

/** What is left of the way, where conflicts ended the update at a version that it only walks through. */
export function restText({ template, next }: Pick<UpdatePlan, "template" | "next">): string | undefined {
  if (next === undefined) return undefined
  return `The way to ${next.version} leads through ${template.ref.version}: once this is decided and committed, \`meshwright update\` goes on.`
}
