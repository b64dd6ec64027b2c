import type { Answers } from "./answers.ts"
import type { FileChange } from "./change.ts"
import type { Diagnostic } from "./diagnostic.ts"

export interface PlanTemplate {
  readonly source: string
  /** Absent for a new project. */
  readonly from?: string
  readonly to: string
}

/**
 * Everything that a run would do, computed whole: shown, or applied. Applying reads nothing but this, so a dry run is
 * the same run stopped one step earlier.
 */
export interface Plan {
  readonly kind: "new" | "update"
  readonly template: PlanTemplate
  readonly answers: Answers
  /** In path order; the project's records (meshwright.yml, meshwright.lock) last, so that they are written last. */
  readonly changes: readonly FileChange[]
  readonly diagnostics: readonly Diagnostic[]
}

export interface PlanSummary {
  readonly created: number
  readonly updated: number
  readonly merged: number
  readonly deleted: number
  readonly renamed: number
  readonly kept: number
  readonly conflicts: number
}
