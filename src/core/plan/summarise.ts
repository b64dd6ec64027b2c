import type { FileChange } from "../model/change.ts"
import type { PlanSummary } from "../model/plan-summary.ts"

/** Changes of files that the template renders, without meshwright's own records (meshwright.yml and meshwright.lock). */
export function withoutRecords(changes: readonly FileChange[]): readonly FileChange[] {
  return changes.filter((change) => change.reason !== "project-record")
}

/** Numbers of a plan, its records not counted. */
export function summarise(changes: readonly FileChange[]): PlanSummary {
  const files = withoutRecords(changes)
  const count = (test: (change: FileChange) => boolean): number => files.filter(test).length
  const written = (action: FileChange["action"]) => (change: FileChange) =>
    change.action === action && change.writes.length > 0
  return {
    created: count(written("create")),
    updated: count(written("update")),
    merged: count((change) => change.action === "merge" && change.status !== "conflict"),
    deleted: count(written("delete")),
    renamed: count(written("rename")),
    kept: count((change) => change.action === "keep"),
    conflicts: conflictPaths(changes).length,
  }
}

/** Paths where a person has to decide, in order. */
export function conflictPaths(changes: readonly FileChange[]): string[] {
  return changes.filter((change) => change.status === "conflict").map((change) => change.path)
}

/** Whether the plan has anything to do on disk. */
export function isUpToDate(changes: readonly FileChange[]): boolean {
  return changes.every((change) => change.writes.length === 0) && conflictPaths(changes).length === 0
}
