import { diffOfChanges, diffSinceTemplate } from "../../app/diff-project.ts"
import { planUpdate } from "../../app/update-project.ts"
import { withoutRecords } from "../../core/plan/summarise.ts"
import { EXIT } from "../exit-codes.ts"
import type { CommandLine } from "../parse-command-line.ts"
import { diffText } from "../views/human.ts"
import { SCHEMA_VERSION } from "../views/json.ts"
import { updateRequest } from "./run-update.ts"
import type { Session } from "./session.ts"

/** `meshwright diff`. */
export async function runDiff(session: Session, line: CommandLine): Promise<number> {
  const root = session.project()
  const { ports } = session
  const diffs = line.flag("incoming")
    ? diffOfChanges(
        ports.fs,
        root,
        withoutRecords((await planUpdate(withoutPrompter(ports), updateRequest(root, line))).changes),
      )
    : diffSinceTemplate(ports.fs, root)
  if (session.json)
    session.printJson({ schemaVersion: SCHEMA_VERSION, command: "diff", incoming: line.flag("incoming"), files: diffs })
  else if (diffs.length > 0) session.print(diffText(diffs, session.paint))
  return diffs.length > 0 && line.flag("exit-code") ? EXIT.personNeeded : EXIT.done
}

/** A diff asks nothing: a new question is shown with its default. */
function withoutPrompter({ prompter: _, ...ports }: Session["ports"]): Session["ports"] {
  return ports
}
