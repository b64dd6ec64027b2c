import { checkProject } from "../../app/check-project.ts"
import { EXIT } from "../exit-codes.ts"
import { diagnosticsText } from "../views/human.ts"
import { checkDocument } from "../views/json.ts"
import type { Session } from "./session.ts"

/** `meshwright check`. */
export async function runCheck(session: Session): Promise<number> {
  const report = await checkProject(session.ports, session.project())
  const { current, findings } = report
  if (session.json) {
    session.printJson(checkDocument("check", report))
  } else if (findings.length === 0) session.print(`In sync with ${current.source} ${current.version}`)
  else session.print(diagnosticsText(findings, session.paint))
  return findings.length > 0 ? EXIT.personNeeded : EXIT.done
}
