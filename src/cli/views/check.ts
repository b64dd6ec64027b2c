import type { CheckReport } from "../../app/check-project.ts"
import type { Diagnostic } from "../../core/model/diagnostic.ts"
import { diagnosticsText } from "./human.ts"
import type { Paint } from "./paint.ts"

/** What a check found; whether the project is in sync, where nothing of it is an error. */
export function checkText(report: CheckReport, paint: Paint, verbose: boolean): string {
  const { current, findings, unreachable } = report
  const template = `${current.source} ${current.version}`
  const shown = shownFindings(report, verbose)
  const verdict = findings.some(({ severity }) => severity === "error")
    ? []
    : [
        unreachable === undefined
          ? `In sync with ${template}`
          : `In order for ${template}; whether a newer one is out could not be told`,
      ]
  return [...(shown.length > 0 ? [diagnosticsText(shown, paint)] : []), ...verdict].join("\n")
}

/** What people are told: rules that are only announced are told on demand. */
export function shownFindings({ findings }: CheckReport, verbose: boolean): readonly Diagnostic[] {
  return findings.filter(({ code, severity }) => verbose || !(code === "locked" && severity === "info"))
}
