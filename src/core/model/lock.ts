import type { Answers } from "./answers.ts"
import type { RelPath } from "./path.ts"
import type { FilePolicy, LockRule, TemplateRef } from "./template.ts"
import type { FileMode, Sha256 } from "./tree.ts"

/** One managed file as the template rendered it last: the base of the next update. */
export interface LockedFile {
  readonly mode: FileMode
  readonly policy: FilePolicy
  readonly sha256: Sha256
  /** Path in the template, see RenderedFile. */
  readonly origin: string
  /** Hash of the template's file before rendering, for files that are the team's after creation. */
  readonly source?: Sha256
  /** The base content. Absent for binaries and for files that are never merged: their hash is enough. */
  readonly bytes?: Uint8Array
  /** Where the last update left a conflict about this file: its path, or the one that the team moved it to. */
  readonly unresolved?: RelPath
  /** What of it the template alone may set: so a check needs no template. */
  readonly locked?: readonly LockRule[]
  /** An answer to a secret question is in it: no value of a locked place is told. */
  readonly secret?: true
}

/** The record of template, answers and base, kept in meshwright.lock. */
export interface Lock {
  readonly template: TemplateRef
  readonly answers: Answers
  /** Answers that the template decided. Where it leaves them to the team one day, they begin with these. */
  readonly fixed?: Answers
  readonly files: ReadonlyMap<RelPath, LockedFile>
}
