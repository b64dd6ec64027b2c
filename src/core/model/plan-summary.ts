/** Numbers of what a plan does, files counted by what happens to them. */
export interface PlanSummary {
  readonly created: number
  readonly updated: number
  readonly merged: number
  readonly deleted: number
  readonly renamed: number
  readonly kept: number
  readonly conflicts: number
}
