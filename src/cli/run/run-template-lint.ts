import { generatorReader } from "../../adapters/generators/read-generators.ts"
import { lintSource, type LintReport } from "../../app/template-tools/lint-templates.ts"
import { EXIT } from "../exit-codes.ts"
import type { CommandLine } from "../parse-command-line.ts"
import { diagnosticsText } from "../views/human.ts"
import { diagnosticDocument, SCHEMA_VERSION } from "../views/json.ts"
import type { Session } from "./session.ts"

/** `meshwright template lint`. */
export async function runTemplateLint(session: Session, line: CommandLine): Promise<number> {
  const source = line.positionals[0] ?? "."
  const report = await lintSource({ ...session.ports, generators: generatorReader() }, source, session.cwd)
  const counts = count(report)
  if (session.json) session.printJson(lintDocument(source, report, counts))
  else tell(session, source, report, counts)
  const failed = counts.errors > 0 || (line.flag("strict") && counts.warnings > 0)
  return failed ? EXIT.personNeeded : EXIT.done
}

type Counts = { readonly errors: number; readonly warnings: number }

function count({ findings }: LintReport): Counts {
  const of = (severity: string): number => findings.filter((each) => each.severity === severity).length
  return { errors: of("error"), warnings: of("warning") }
}

function tell(session: Session, source: string, { findings, template, previous }: LintReport, counts: Counts): void {
  const { paint, print } = session
  if (findings.length > 0) print(diagnosticsText(findings, paint))
  const compared = previous === undefined ? "" : `, compared with ${previous.version}`
  const name = template === undefined ? source : `${source} ${template.version}`
  const total = [
    ...(counts.errors > 0 ? [amount(counts.errors, "error")] : []),
    ...(counts.warnings > 0 ? [amount(counts.warnings, "warning")] : []),
  ].join(", ")
  print(
    `${total === "" ? paint("green", "Nothing found") : paint(counts.errors > 0 ? "red" : "yellow", total)} in ${name}${compared}`,
  )
}

function amount(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`
}

function lintDocument(source: string, { findings, template, previous }: LintReport, summary: Counts): object {
  return {
    schemaVersion: SCHEMA_VERSION,
    command: "template lint",
    source,
    ...(template ? { template: { source: template.source, version: template.version } } : {}),
    ...(previous ? { previous: { source: previous.source, version: previous.version } } : {}),
    findings: findings.map(diagnosticDocument),
    summary,
  }
}
