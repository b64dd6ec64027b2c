import type { RelPath } from "./path.ts"

export type ConflictKind =
  /** Both sides changed the same place differently. */
  | "both-changed"
  /** Both sides created the file, differently. */
  | "both-added"
  /** The team changed what the template deletes. */
  | "modify-delete"
  /** Both changed a binary, or the kind of the file (file, link). */
  | "not-mergeable"
  /** Several moves end at the same path. */
  | "path-taken"

/** A place where a person has to decide. Texts are excerpts for reports; a side that has none is absent. */
export interface Conflict {
  readonly kind: ConflictKind
  readonly path: RelPath
  /** Where in the file: `lines 12-14`, or a key path such as `models.sales.+schema`; empty for the whole file. */
  readonly at: string
  readonly base?: string
  readonly ours?: string
  readonly theirs?: string
}
