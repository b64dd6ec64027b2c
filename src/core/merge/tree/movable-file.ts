import { sha256 } from "../../hash.ts"
import type { RelPath } from "../../model/path.ts"
import type { Sha256 } from "../../model/tree.ts"
import { countLines, type LineCounts } from "../text/similarity.ts"
import { readTextFile } from "../text/text-file.ts"

/** What a file is recognised by at another path. */
export interface MovableFile {
  readonly path: RelPath
  readonly sha256: Sha256
  /** Absent where the content is unknown or no text: only a byte for byte copy is recognised. */
  readonly lines?: LineCounts
}

const NOTHING = sha256("")

/**
 * What `path` can be recognised by; undefined for a file that says nothing (empty, blank lines only), which is like any
 * other of its kind. `bytes` may be unknown when the hash is given.
 */
export function movableFile(path: RelPath, bytes: Uint8Array | undefined, hash?: Sha256): MovableFile | undefined {
  const known = hash ?? sha256(bytes ?? "")
  const text = bytes && readTextFile(bytes)
  if (text === undefined) return known === NOTHING ? undefined : { path, sha256: known }
  const lines = countLines(text.lines)
  return lines.counts.size === 0 ? undefined : { path, sha256: known, lines }
}
