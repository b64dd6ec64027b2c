import { createHash } from "node:crypto"
import type { FileEntry, Fingerprint, Sha256 } from "./model/tree.ts"

/** sha256 of bytes or of a text in UTF-8, in hex. */
export function sha256(content: Uint8Array | string): Sha256 {
  return createHash("sha256").update(content).digest("hex")
}

/** Mode and hash of a file. */
export function fingerprint(file: FileEntry): Fingerprint {
  return { mode: file.mode, sha256: sha256(file.bytes) }
}

/** Whether a file has these bytes and is of that kind; the executable bit does not matter. */
export function sameContent(file: FileEntry, known: Fingerprint): boolean {
  return (file.mode === "link") === (known.mode === "link") && sha256(file.bytes) === known.sha256
}

/** Whether two files are the same file: kind, executable bit and bytes. */
export function sameFile(a: Fingerprint, b: Fingerprint): boolean {
  return a.mode === b.mode && a.sha256 === b.sha256
}
