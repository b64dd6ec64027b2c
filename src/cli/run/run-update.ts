import { diffOfChanges } from "../../app/diff-project.ts"
import { planRebuiltLock, planUpdate, type UpdatePlan, type UpdateRequest } from "../../app/update/update-project.ts"
import { explainChanges, explainNotTaken } from "../../core/explain/explain-changes.ts"
import { HIDDEN } from "../../core/explain/show-part.ts"
import type { ConflictStyle } from "../../core/merge/merge-input.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { conflictPaths, isUpToDate, summarise, withoutRecords } from "../../core/plan/summarise.ts"
import { EXIT, exitCodeOf } from "../exit-codes.ts"
import { type CommandLine, parseSettings } from "../parse-command-line.ts"
import { extendsDocument } from "../views/layers.ts"
import { diagnosticDocument, errorDocument, planDocument, SCHEMA_VERSION } from "../views/json.ts"
import { nextStep } from "../views/next-step.ts"
import { diagnosticsText, errorText } from "../views/human.ts"
import { updateSummary } from "../views/summary.ts"
import { updateText, type UpdateView } from "../views/update.ts"
import { readAnswersFiles } from "./answers-file.ts"
import { openSummary } from "./summary-file.ts"
import { readWriteRequest, tellCommit, writeUpdate, type Written } from "./write-update.ts"
import type { Session } from "./session.ts"

const STYLES: readonly ConflictStyle[] = ["inline", "sidecar", "ours", "theirs"]

/** `meshwright update`. */
export async function runUpdate(session: Session, line: CommandLine): Promise<number> {
  if (line.flag("abort")) return (await import("./run-abort.ts")).runAbort(session, line)
  const root = session.project()
  const dryRun = line.flag("dry-run")
  const request = await readWriteRequest(session, root, line)
  const { plan, untrusted } = line.flag("rebuild-lock")
    ? { plan: await planRebuiltLock(session.ports, root) }
    : await planOrShow(session, updateRequest(root, line), dryRun)
  session.noteUnused(plan.given.unused)
  const view = viewOf(plan, line, dryRun)
  const summary = openSummary(session, line, plan)
  const written = await writeUpdate(session, plan, request).catch((error: unknown) => {
    summary?.abandon()
    throw error
  })
  summary?.write(updateSummary(plan, view))
  if (session.json && written.failure === undefined) {
    const failure = untrusted ? errorDocument("update", untrusted) : {}
    session.printJson({ ...failure, ...updateDocument(plan, view, written) })
  } else if (summary?.isStdout !== true) {
    session.print(updateText(plan, session.paint, view))
    const hasFiles = !isUpToDate(withoutRecords(plan.changes))
    if (written.untracked && hasFiles) session.print(nextStep("update", written.untracked, session.cwd))
  }
  if (!session.json && (written.warnings ?? []).length > 0)
    session.note(diagnosticsText(written.warnings!, session.paint))
  tellCommit(summary?.isStdout === true ? { print: session.note } : session, written)
  if (untrusted) {
    if (!session.json) session.note(errorText(untrusted, session.paint).trimEnd())
    return exitCodeOf(untrusted.kind)
  }
  return conflictPaths(plan.changes).length > 0 ? EXIT.personNeeded : EXIT.done
}

/**
 * The plan; of a dry run where the template's migrations are not trusted, the plan without them, which is told. It ends
 * with that error all the same.
 */
async function planOrShow(
  { ports }: Session,
  request: UpdateRequest,
  dryRun: boolean,
): Promise<{ readonly plan: UpdatePlan; readonly untrusted?: MeshwrightError }> {
  try {
    return { plan: await planUpdate(ports, request) }
  } catch (error) {
    if (!dryRun || !(error instanceof MeshwrightError) || error.kind !== "untrusted") throw error
    const plan = await planUpdate(ports, { ...request, withoutMigrations: true })
    const remark = problem("not-migrated", "the migrations did not run: this is what would come without them", {
      severity: "warning",
    })
    return { plan: { ...plan, remarks: [remark, ...plan.remarks] }, untrusted: error }
  }
}

export function styleOf(line: CommandLine): ConflictStyle {
  const text = line.text("conflict") ?? "inline"
  const style = STYLES.find((each) => each === text)
  if (style !== undefined) return style
  const message = `--conflict ${text}: expected one of ${STYLES.join(", ")}`
  throw new MeshwrightError([problem("usage", message)], "usage")
}

export function updateRequest(root: string, line: CommandLine): UpdateRequest {
  const version = line.text("to")
  return {
    root,
    ...(version === undefined ? {} : { version }),
    flag: parseSettings(line.texts("set")),
    ...readAnswersFiles(line.texts("answers")),
    conflictStyle: styleOf(line),
    trust: line.flag("trust"),
  }
}

export function updateDocument(plan: UpdatePlan, view: UpdateView, written?: Written): Record<string, unknown> {
  const { template, from, newAnswers, decided, secrets } = plan
  const remarks = [...plan.remarks, ...(written?.warnings ?? [])]
  const hidden = Object.entries(newAnswers).map(([name, value]) => [name, secrets.isIn(String(value)) ? HIDDEN : value])
  return {
    schemaVersion: SCHEMA_VERSION,
    command: "update",
    template: { source: template.ref.source, from: from.version, to: template.ref.version, ...extendsDocument(plan) },
    dryRun: view.dryRun,
    ...(written?.branch === undefined ? {} : { branch: written.branch }),
    ...(written?.commit === undefined ? {} : { commit: written.commit }),
    ...(hidden.length > 0 ? { newAnswers: Object.fromEntries(hidden) } : {}),
    ...(remarks.length > 0
      ? { remarks: remarks.map((each) => diagnosticDocument({ ...each, message: secrets.hide(each.message) })) }
      : {}),
    ...(decided.length > 0 ? { decided } : {}),
    notes: plan.notes,
    ...stepsDocument(plan),
    ...planDocument(plan.changes, view.explanations, secrets.hide),
    ...(view.verbose ? { diffs: view.diffs } : {}),
  }
}

/** The versions that the update walks through, where there are such, and the migrations that ran. */
function stepsDocument({ steps, next }: UpdatePlan): Record<string, unknown> {
  if (steps.length < 2 && next === undefined && steps.every(({ migrated }) => migrated.ran.length === 0)) return {}
  return {
    steps: steps.map(({ from, template, changes, migrated }) => ({
      from: from.version,
      to: template.ref.version,
      ...(migrated.ran.length > 0 ? { migrations: migrated.ran } : {}),
      summary: summarise(changes),
    })),
    ...(next === undefined ? {} : { next: next.version }),
  }
}

/** What is told of a plan, as far as it is asked for; and what of the template did not come in, in any case. */
export function viewOf(plan: UpdatePlan, line: CommandLine, dryRun: boolean): UpdateView {
  const { changes, sides, secrets } = plan
  const verbose = line.flag("verbose")
  const isExplained = dryRun || verbose || line.flag("json") || line.text("summary") !== undefined
  return {
    dryRun,
    verbose,
    style: styleOf(line),
    explanations: (isExplained ? explainChanges : explainNotTaken)(changes, sides, secrets),
    diffs: verbose ? diffOfChanges(sides.ours, withoutRecords(changes), secrets) : [],
  }
}
