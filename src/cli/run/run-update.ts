import { diffOfChanges } from "../../app/diff-project.ts"
import { planRebuiltLock, planUpdate, type UpdatePlan, type UpdateRequest } from "../../app/update-project.ts"
import type { ConflictStyle } from "../../core/merge/merge-input.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { conflictPaths, isUpToDate, summarise, withoutRecords } from "../../core/plan/summarise.ts"
import { EXIT } from "../exit-codes.ts"
import { type CommandLine, parseSettings } from "../parse-command-line.ts"
import { changeLines, conflictLines, diffText, summaryText } from "../views/human.ts"
import { planDocument, SCHEMA_VERSION } from "../views/json.ts"
import { readAnswersFiles } from "./answers-file.ts"
import { readWriteRequest, tellCommit, writeUpdate, type Written } from "./write-update.ts"
import type { Session } from "./session.ts"

const STYLES: readonly ConflictStyle[] = ["inline", "sidecar", "ours", "theirs"]

/** `meshwright update`. */
export async function runUpdate(session: Session, line: CommandLine): Promise<number> {
  if (line.flag("abort")) return (await import("./run-abort.ts")).runAbort(session, line)
  const root = session.project()
  const dryRun = line.flag("dry-run")
  const request = await readWriteRequest(session, root, line)
  const plan = line.flag("rebuild-lock")
    ? await planRebuiltLock(session.ports, root)
    : await planUpdate(session.ports, updateRequest(root, line))
  session.noteUnused(plan.given.unused)
  const written = await writeUpdate(session, plan, request)
  if (session.json && written.failure === undefined) session.printJson(updateDocument(plan, written))
  else tell(session, plan, dryRun, line.text("conflict") ?? "inline")
  tellCommit(session, written)
  return conflictPaths(plan.changes).length > 0 ? EXIT.personNeeded : EXIT.done
}

export function updateRequest(root: string, line: CommandLine): UpdateRequest {
  const style = STYLES.find((each) => each === (line.text("conflict") ?? "inline"))
  if (!style)
    throw new MeshwrightError(
      [problem("usage", `--conflict ${line.text("conflict")}: expected one of ${STYLES.join(", ")}`)],
      "usage",
    )
  const version = line.text("to")
  return {
    root,
    ...(version === undefined ? {} : { version }),
    flag: parseSettings(line.texts("set")),
    ...readAnswersFiles(line.texts("answers")),
    conflictStyle: style,
  }
}

function updateDocument(plan: UpdatePlan, { dryRun, branch, commit }: Written): Record<string, unknown> {
  return {
    schemaVersion: SCHEMA_VERSION,
    command: "update",
    template: { source: plan.template.ref.source, from: plan.from.version, to: plan.template.ref.version },
    dryRun,
    ...(branch === undefined ? {} : { branch }),
    ...(commit === undefined ? {} : { commit }),
    ...(Object.keys(plan.newAnswers).length > 0 ? { newAnswers: plan.newAnswers } : {}),
    ...(plan.decided.length > 0 ? { decided: plan.decided } : {}),
    ...planDocument(plan.changes),
  }
}

function tell({ paint, print, ports, verbose }: Session, plan: UpdatePlan, dryRun: boolean, style: string): void {
  const { from, template, changes } = plan
  const versions =
    from.version === template.ref.version ? template.ref.version : `${from.version} → ${template.ref.version}`
  const byAnswers = from.integrity === template.ref.integrity
  const heading = `${template.manifest.name} ${versions}`
  for (const [name, value] of Object.entries(plan.newAnswers))
    print(paint("yellow", `New question ${name}: answered with its default, ${String(value)}`))
  for (const path of plan.decided)
    print(
      paint(
        "yellow",
        `${path}: both changed the same place, and ${style === "ours" ? "yours" : "the template's"} was taken`,
      ),
    )
  if (isUpToDate(withoutRecords(changes))) {
    // A conflict that was resolved, or a new version without a change: only what is on record changes.
    const records = isUpToDate(changes) ? "" : `; its records ${dryRun ? "would be" : "are"} renewed`
    print([`${heading}: up to date${records}`, ...changeLines(changes, paint, verbose, byAnswers)].join("\n"))
    return
  }
  print(paint("bold", `${heading}: ${dryRun ? "would be " : ""}${summaryText(summarise(changes))}`))
  print(changeLines(changes, paint, verbose, byAnswers).join("\n"))
  if (verbose && dryRun) print(diffText(diffOfChanges(ports.fs, plan.root, withoutRecords(changes)), paint))
  const conflicts = conflictLines(changes, paint)
  if (conflicts.length === 0) return
  print(
    [
      "",
      paint("red", `${conflicts.length} ${conflicts.length === 1 ? "place needs" : "places need"} your decision:`),
      ...conflicts,
    ].join("\n"),
  )
  if (!dryRun) print(style === "sidecar" ? SIDECAR_ADVICE : INLINE_ADVICE)
}

const INLINE_ADVICE =
  "Edit them, remove the markers (<<<<<<< ||||||| ======= >>>>>>>), then `git add` and commit; `git mergetool` works too.\n" +
  "`meshwright update --abort` undoes the update."
const SIDECAR_ADVICE =
  "Yours is unchanged; the template's version is beside it as PATH.theirs. Take what you want, delete the .theirs file, and commit.\n" +
  "`meshwright update --abort` undoes the update."
