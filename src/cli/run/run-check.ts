import { checkProject } from "../../app/check-project.ts"
import { EXIT } from "../exit-codes.ts"
import type { CommandLine } from "../parse-command-line.ts"
import { checkText } from "../views/check.ts"
import { errorText } from "../views/human.ts"
import { checkDocument } from "../views/json.ts"
import type { Session } from "./session.ts"

/** `meshwright check`. */
export async function runCheck(session: Session, line: CommandLine): Promise<number> {
  const report = await checkProject(session.ports, session.project())
  const { findings, unreachable } = report
  if (session.json) session.printJson(checkDocument("check", report))
  else session.print(checkText(report, session.paint, line.flag("verbose")))
  if (unreachable && !session.json) session.note(errorText(unreachable, session.paint).trimEnd())
  if (findings.some(({ severity }) => severity === "error")) return EXIT.personNeeded
  return unreachable === undefined ? EXIT.done : EXIT.failed
}
