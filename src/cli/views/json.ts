import type { CheckReport } from "../../app/check-project.ts"
import type { FileChange } from "../../core/model/change.ts"
import type { Diagnostic, MeshwrightError } from "../../core/model/diagnostic.ts"
import { summarise, withoutRecords } from "../../core/plan/summarise.ts"

/** Raised when a field of the documents changes its meaning or goes away (schemas/output.schema.json). */
export const SCHEMA_VERSION = 1

/** What --json prints for a run that failed. `error` is the first of `errors`. */
export function errorDocument(command: string, error: MeshwrightError): Record<string, unknown> {
  const errors = error.diagnostics.map(diagnosticDocument)
  return { schemaVersion: SCHEMA_VERSION, command, error: errors[0], errors }
}

function diagnosticDocument({ code, severity, message, file, position, hint }: Diagnostic): Record<string, unknown> {
  return {
    code,
    severity,
    message,
    ...(file === undefined ? {} : { file }),
    ...(position ? { line: position.line, column: position.column } : {}),
    ...(hint === undefined ? {} : { hint }),
  }
}

/** What `check` and the state of a project tell. */
export function checkDocument(command: string, { current, newest, findings }: CheckReport): Record<string, unknown> {
  return {
    schemaVersion: SCHEMA_VERSION,
    command,
    template: { source: newest.source, current: current.version, newest: newest.version },
    findings: findings.map(diagnosticDocument),
  }
}

/** The part of a document that tells a plan: files that change or are worth knowing of, and the numbers. */
export function planDocument(changes: readonly FileChange[]): Record<string, unknown> {
  return {
    files: withoutRecords(changes)
      .filter((change) => change.reason !== "unchanged")
      .map(changeDocument),
    summary: summarise(changes),
  }
}

function changeDocument({
  path,
  from,
  action,
  status,
  reason,
  merged,
  conflicts,
}: FileChange): Record<string, unknown> {
  return {
    path,
    ...(from === undefined ? {} : { from }),
    action,
    status,
    reason,
    ...(merged && merged.length > 0 ? { merged } : {}),
    ...(conflicts && conflicts.length > 0
      ? {
          conflicts: conflicts.map(({ kind, at, base, ours, theirs }) => ({
            kind,
            at,
            ...(base === undefined ? {} : { base }),
            ...(ours === undefined ? {} : { ours }),
            ...(theirs === undefined ? {} : { theirs }),
          })),
        }
      : {}),
  }
}
