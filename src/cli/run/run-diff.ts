import { diffOfChanges, diffSinceTemplate } from "../../app/diff-project.ts"
import { planUpdate } from "../../app/update/update-project.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { isUpToDate, withoutRecords } from "../../core/plan/summarise.ts"
import { EXIT } from "../exit-codes.ts"
import type { CommandLine } from "../parse-command-line.ts"
import { diffText } from "../views/human.ts"
import { SCHEMA_VERSION } from "../views/json.ts"
import { updateSummary } from "../views/summary.ts"
import { updateText } from "../views/update.ts"
import { openSummary } from "./summary-file.ts"
import { updateDocument, updateRequest, viewOf } from "./run-update.ts"
import type { Session } from "./session.ts"

/** `meshwright diff`. */
export async function runDiff(session: Session, line: CommandLine): Promise<number> {
  if (line.flag("incoming")) return tellIncoming(session, line)
  if (line.text("summary") === undefined) return tellOwn(session, line)
  throw new MeshwrightError([problem("usage", "--summary tells of an update: it needs --incoming")], "usage")
}

/** What the team changed. */
function tellOwn({ ports, project, json, printJson, print, paint }: Session, line: CommandLine): number {
  const files = diffSinceTemplate(ports.fs, project())
  if (json) printJson({ schemaVersion: SCHEMA_VERSION, command: "diff", incoming: false, files })
  else if (files.length > 0) print(diffText(files, paint))
  return exitCode(line, files.length > 0)
}

/** What an update would change, and from whom that comes; nothing where it would change nothing. */
async function tellIncoming(session: Session, line: CommandLine): Promise<number> {
  const root = session.project()
  const plan = await planUpdate(withoutPrompter(session.ports), updateRequest(root, line))
  const changes = withoutRecords(plan.changes)
  const files = diffOfChanges(plan.sides.ours, changes, plan.secrets)
  const isChange = !isUpToDate(changes)
  const view = { ...viewOf(plan, line, true), diffs: files }
  const markdown = openSummary(session, line, plan)
  markdown?.write(updateSummary(plan, view))
  if (session.json) {
    const { template, notes, files: told, summary } = updateDocument(plan, view)
    session.printJson({
      schemaVersion: SCHEMA_VERSION,
      command: "diff",
      incoming: true,
      template,
      notes,
      changes: told,
      summary,
      files,
    })
  } else if (isChange && markdown?.isStdout !== true) session.print(updateText(plan, session.paint, view))
  return exitCode(line, isChange)
}

function exitCode(line: CommandLine, isDifferent: boolean): number {
  return isDifferent && line.flag("exit-code") ? EXIT.personNeeded : EXIT.done
}

/** A diff asks nothing: a new question is shown with its default. */
function withoutPrompter({ prompter: _, ...ports }: Session["ports"]): Session["ports"] {
  return ports
}
