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
  /** Something of the team's stands where the file, or its folder, would have to be. */
  | "blocked"

/** What can stand where a file has to be (a folder), or where its folder has to be. */
export type ObstacleKind = "file" | "folder" | "link" | "other"

/** A place where a person has to decide. Texts are excerpts for reports; a side that has none is absent. */
export interface Conflict {
  readonly kind: ConflictKind
  readonly path: RelPath
  /** Where in the file: a key path such as `models.sales.+schema`, else `lines 12-14`; empty for the whole file. */
  readonly at: string
  /** The line to look at: of the markers, or where ours stays as it is, of ours. Absent for the whole file. */
  readonly line?: number
  readonly base?: string
  readonly ours?: string
  readonly theirs?: string
  /** What stands in the way of a file that is blocked. */
  readonly blockedBy?: { readonly path: RelPath; readonly kind: ObstacleKind }
}
