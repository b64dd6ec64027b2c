import { readAuthorTemplate } from "../../app/template-tools/author-template.ts"
import { compareVersions, versionOf } from "../../app/template-tools/preview-template.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { EXIT } from "../exit-codes.ts"
import type { CommandLine } from "../parse-command-line.ts"
import { SCHEMA_VERSION } from "../views/json.ts"
import { changeText, statLines } from "../views/tree.ts"
import { givenAnswers, versionDocument } from "./run-template-preview.ts"
import type { Session } from "./session.ts"

/** `meshwright template diff`. */
export async function runTemplateDiff(session: Session, line: CommandLine): Promise<number> {
  const { ports, cwd, paint } = session
  const [first, second] = line.positionals
  if (first === undefined)
    throw new MeshwrightError(
      [problem("usage", "template diff needs the version to start from", { hint: "meshwright template diff v1.0.0" })],
      "usage",
    )
  const { template } = await readAuthorTemplate(ports, line.text("template") ?? ".", cwd)
  const from = await versionOf(ports, template, first, cwd)
  const to = second === undefined ? template : await versionOf(ports, template, second, cwd)
  const { changes, after } = await compareVersions(ports, from, to, givenAnswers(line))
  if (session.json) {
    session.printJson({
      schemaVersion: SCHEMA_VERSION,
      command: "template diff",
      from: versionDocument(from.ref),
      to: versionDocument(to.ref),
      answers: after.answers,
      changes,
    })
  } else if (line.flag("stat")) session.print(statLines(changes, paint).join("\n"))
  else if (changes.length > 0) session.print(changeText(changes, paint))
  return changes.length > 0 && line.flag("exit-code") ? EXIT.personNeeded : EXIT.done
}
