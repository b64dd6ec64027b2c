import { checkProject } from "../../app/check-project.ts"
import { diffSinceTemplate } from "../../app/diff-project.ts"
import { EXIT } from "../exit-codes.ts"
import { COMMANDS } from "../commands.ts"
import { shownFindings } from "../views/check.ts"
import { diagnosticsText, errorText } from "../views/human.ts"
import { checkDocument } from "../views/json.ts"
import type { Session } from "./session.ts"

/** `meshwright` inside a project: its state, and what can be done. */
export async function runStatus({
  ports,
  project,
  paint,
  print,
  note,
  json,
  printJson,
  verbose,
}: Session): Promise<number> {
  const root = project()
  const report = await checkProject(ports, root)
  const { current, unreachable } = report
  const changed = diffSinceTemplate(ports.fs, root)
  if (json) {
    printJson({ ...checkDocument("status", report), changed: changed.map(({ path }) => path) })
    return unreachable === undefined ? EXIT.done : EXIT.failed
  }
  print(
    `${paint("bold", root)}\n  template  ${current.source} ${current.version}\n  changed   ${changed.length} of its files by your team (meshwright diff)`,
  )
  const findings = shownFindings(report, verbose)
  if (findings.length === 0) print(`  ${report.unreachable ? "in order" : "in sync with the template"}`)
  else {
    const remarks = findings.map((finding) => ({ ...finding, severity: "info" as const }))
    print(diagnosticsText(remarks, paint))
  }
  print(
    [
      "",
      ...COMMANDS.filter(({ name }) => name !== "new").map(
        ({ name, summary }) => `  meshwright ${name.padEnd(8)} ${summary}`,
      ),
    ].join("\n"),
  )
  if (unreachable === undefined) return EXIT.done
  note(errorText(unreachable, paint).trimEnd())
  return EXIT.failed
}
