import type { RelPath } from "../model/path.ts"
import type { MergeRules } from "./rules/merge-rules.ts"
import type { FileEntry, FileMode, Sha256 } from "../model/tree.ts"

/** How a conflict is left: markers in the file, theirs beside it, or one side taken. */
export type ConflictStyle = "inline" | "sidecar" | "ours" | "theirs"

/** What the sides are called in conflict markers. */
export interface MergeLabels {
  readonly ours: string
  readonly base: string
  readonly theirs: string
}

/** What the lock knows about the base; the bytes are missing for binaries. */
export interface BaseFile {
  readonly mode: FileMode
  readonly sha256: Sha256
  readonly bytes?: Uint8Array
}

export interface MergeFileInput {
  readonly path: RelPath
  /** null: the template did not render this file before. */
  readonly base: BaseFile | null
  readonly ours: FileEntry
  readonly theirs: FileEntry
  readonly labels: MergeLabels
  readonly conflictStyle: ConflictStyle
  /** Absent: those that hold without any template. */
  readonly rules?: MergeRules
}

/** Whether a side changed the file in more than its form (line ends, BOM). */
export interface ChangedBy {
  readonly ours: boolean
  readonly theirs: boolean
}
