import type { Position } from "./diagnostic.ts"

/** An approved deviation from locked content, as a project's meshwright.yml has it. */
export interface LockException {
  /** A glob over the paths of files. */
  readonly path: string
  /** Key path; absent: the exception is for all of the file. */
  readonly key?: string
  readonly reason: string
  readonly approved_by: string
  /** The last day on which it holds: `YYYY-MM-DD`. */
  readonly until: string
  /** Where it stands in meshwright.yml. */
  readonly position?: Position
}
