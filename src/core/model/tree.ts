import type { RelPath } from "./path.ts"

/** git's modes, short: a plain file, an executable one, a symbolic link (its bytes are the target). */
export type FileMode = "644" | "755" | "link"

export interface FileEntry {
  readonly mode: FileMode
  readonly bytes: Uint8Array
}

/** Files by path. The project as it is (ours) and what a template renders (theirs) are both just trees. */
export type Tree = ReadonlyMap<RelPath, FileEntry>

/** sha256 of a file's bytes, in hex. */
export type Sha256 = string

/** What identifies a file's content and kind, without the content. */
export interface Fingerprint {
  readonly mode: FileMode
  readonly sha256: Sha256
}
