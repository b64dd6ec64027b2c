import { checkProject, type CheckReport } from "../../app/check-project.ts"
import { diffSinceTemplate } from "../../app/diff-project.ts"
import { EXIT } from "../exit-codes.ts"
import { COMMANDS } from "../commands.ts"
import { table } from "../help.ts"
import { shownFindings } from "../views/check.ts"
import { diagnosticsText } from "../views/human.ts"
import { checkDocument } from "../views/json.ts"
import type { Session } from "./session.ts"

const IN_PROJECTS = new Set(["add", "update", "check", "diff"])

/** `meshwright` inside a project: its state, and what can be done. */
export async function runStatus({ ports, project, paint, print, json, printJson, verbose }: Session): Promise<number> {
  const root = project()
  const report = withoutFailure(await checkProject(ports, root))
  const { current } = report
  const changed = diffSinceTemplate(ports.fs, root)
  if (json) {
    printJson({ ...checkDocument("status", report), changed: changed.map(({ path }) => path) })
    return EXIT.done
  }
  print(
    `${paint("bold", root)}\n  template  ${current.source} ${current.version}\n  differs   in ${changed.length} of its files from what the template made (meshwright diff)`,
  )
  const findings = shownFindings(report, verbose)
  if (findings.length === 0) print("  in sync with the template")
  else print(diagnosticsText(findings, paint))
  print(
    [
      "",
      ...table(
        COMMANDS.filter(({ name }) => IN_PROJECTS.has(name)).map(({ name, summary }) => [
          `meshwright ${name}`,
          summary,
        ]),
      ),
    ].join("\n"),
  )
  return EXIT.done
}

/** That nobody could look for a newer template is worth knowing, and no failure: the rest is told all the same. */
function withoutFailure({ unreachable, ...report }: CheckReport): CheckReport {
  const remarks = (unreachable?.diagnostics ?? []).map((each) => ({
    ...each,
    severity: "info" as const,
    message: `whether a newer template is out could not be told: ${each.message}`,
  }))
  return { ...report, findings: [...report.findings, ...remarks] }
}
