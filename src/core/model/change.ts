import type { Conflict } from "./conflict.ts"
import type { RelPath } from "./path.ts"
import type { FileEntry, Fingerprint } from "./tree.ts"

/** What happens to a file, in the words of `--json` (design, section 3). */
export type ChangeAction = "create" | "update" | "merge" | "delete" | "rename" | "adopt" | "keep" | "none"
export type ChangeStatus = "clean" | "conflict" | "skipped"

/** Why; every change has one, those that change nothing too. */
export type ChangeReason =
  | "new-in-template"
  | "already-there"
  | "template-changed"
  | "team-changed"
  | "both-changed"
  | "both-added"
  | "deleted-by-team"
  | "deleted-by-team-template-changed"
  | "deleted-by-template"
  | "deleted-by-template-team-changed"
  | "renamed-by-template"
  | "renamed-by-answer"
  | "renamed-by-team"
  | "owned-by-team"
  | "kept-by-setting"
  | "kept-on-adopting"
  | "read-by-dbt"
  | "starter-content"
  /** Adopting knows an answer only by the template's default, and the file would tell it. */
  | "answer-assumed"
  | "has-own-place"
  | "old-record"
  | "replaced"
  | "migrated"
  | "unchanged"
  | "put-back"
  /** The team changed what the template alone may set: it is put back. */
  | "locked"
  /** Something of the team's stands where it, or its folder, would have to be. */
  | "blocked"
  | "project-record"
  | "generated"
  | "added-to"

/** One step for the disk: `before` is what has to be there (null: nothing), `after` what will be (null: nothing). */
export interface DiskWrite {
  readonly path: RelPath
  readonly before: Fingerprint | null
  readonly after: FileEntry | null
  /** The exact permission bits of `after`; absent: those of the file that is there, and a new file's are the usual ones. */
  readonly permissions?: number
}

/** A locked place that an update puts back. */
export interface RestoredPlace {
  /** Key path; empty for the whole file. */
  readonly at: string
  readonly policy?: string
  /** The template's value and the team's, shortened; absent where there is none. */
  readonly expected?: string
  readonly found?: string
}

export interface FileChange {
  readonly path: RelPath
  /** Old path of a rename. */
  readonly from?: RelPath
  readonly action: ChangeAction
  readonly status: ChangeStatus
  readonly reason: ChangeReason
  readonly conflicts?: readonly Conflict[]
  /** With the reason `locked`: what is put back. */
  readonly restored?: readonly RestoredPlace[]
  /** Where the file is in the trees that were compared; absent where it is not in one. */
  readonly paths?: { readonly base?: RelPath; readonly ours?: RelPath; readonly theirs?: RelPath }
  /** Empty when nothing has to be written. */
  readonly writes: readonly DiskWrite[]
}
