import type { CheckReport } from "../../app/check-project.ts"
import type { Explanations } from "../../core/explain/explain-changes.ts"
import type { Explanation } from "../../core/model/explanation.ts"
import type { FileChange, RestoredPlace } from "../../core/model/change.ts"
import type { Diagnostic, MeshwrightError } from "../../core/model/diagnostic.ts"
import { summarise, withoutRecords } from "../../core/plan/summarise.ts"
import { extendsDocument } from "./layers.ts"

/** Raised when a field of the documents changes its meaning or goes away (schemas/output.schema.json). */
export const SCHEMA_VERSION = 1

/** What --json prints for a run that failed. `error` is the first of `errors`. */
export function errorDocument(command: string, error: MeshwrightError): Record<string, unknown> {
  const errors = error.diagnostics.map(diagnosticDocument)
  return { schemaVersion: SCHEMA_VERSION, command, error: errors[0], errors }
}

/** A diagnostic as --json tells it. */
export function diagnosticDocument({
  code,
  severity,
  message,
  file,
  position,
  hint,
}: Diagnostic): Record<string, unknown> {
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
export function checkDocument(command: string, report: CheckReport): Record<string, unknown> {
  const { current, newest, template, findings, unreachable } = report
  return {
    ...(unreachable === undefined ? { schemaVersion: SCHEMA_VERSION, command } : errorDocument(command, unreachable)),
    template: {
      source: newest?.source ?? current.source,
      current: current.version,
      ...(newest === undefined ? {} : { newest: newest.version }),
      ...(template === undefined ? {} : extendsDocument({ from: current, template })),
    },
    findings: findings.map((finding) => ({ ...diagnosticDocument(finding), ...finding.locked })),
  }
}

/** The part of a document that tells a plan: files that change or are worth knowing of, and the numbers. */
export function planDocument(
  changes: readonly FileChange[],
  explanations: Explanations = new Map(),
  hide: (text: string) => string = (text) => text,
): Record<string, unknown> {
  return {
    files: withoutRecords(changes)
      .filter((change) => change.reason !== "unchanged")
      .map((change) => changeDocument(change, explanations.get(change), hide)),
    summary: summarise(changes),
  }
}

function changeDocument(
  { path, from, action, status, reason, conflicts, restored }: FileChange,
  explanation: Explanation | undefined,
  hide: (text: string) => string,
): Record<string, unknown> {
  const { merged = [], yours = [] } = explanation ?? {}
  return {
    path,
    ...(from === undefined ? {} : { from }),
    action,
    status,
    reason,
    ...(restored === undefined ? {} : { restored: restored.map((place) => restoredDocument(place, hide)) }),
    ...(merged.length > 0 ? { merged } : {}),
    ...(yours.length > 0 ? { yours } : {}),
    ...(conflicts && conflicts.length > 0
      ? {
          conflicts: conflicts.map(({ kind, at, line, base, ours, theirs, blockedBy }) => ({
            kind,
            at: hide(at),
            ...(line === undefined ? {} : { line }),
            ...(blockedBy === undefined ? {} : { blockedBy }),
            ...(base === undefined ? {} : { base: hide(base) }),
            ...(ours === undefined ? {} : { ours: hide(ours) }),
            ...(theirs === undefined ? {} : { theirs: hide(theirs) }),
          })),
        }
      : {}),
  }
}

function restoredDocument(
  { at, policy, expected, found }: RestoredPlace,
  hide: (text: string) => string,
): Record<string, unknown> {
  return {
    ...(at === "" ? {} : { key: at }),
    ...(policy === undefined ? {} : { policy }),
    ...(expected === undefined ? {} : { expected: hide(expected) }),
    ...(found === undefined ? {} : { found: hide(found) }),
  }
}
