import { fingerprint, sameFile } from "../../hash.ts"
import type { DiskWrite } from "../../model/change.ts"
import { relPathOf, type RelPath } from "../../model/path.ts"
import type { FileEntry, Tree } from "../../model/tree.ts"

/**
 * The step that makes `path` hold `after`, or nothing. No step where it does already: a file that stays as it is keeps
 * its time stamp.
 */
export function writeTo(ours: Tree, path: RelPath, after: FileEntry | null): readonly DiskWrite[] {
  const present = ours.get(path)
  const before = present === undefined ? null : fingerprint(present)
  const same = before === null ? after === null : after !== null && sameFile(before, fingerprint(after))
  return same ? [] : [{ path, before, after: after === null ? null : { mode: after.mode, bytes: after.bytes } }]
}

/** The step that puts the template's file beside `path`, for the person to compare. */
export function writeBeside(ours: Tree, path: RelPath, theirs: FileEntry): readonly DiskWrite[] {
  return writeTo(ours, sidecarPath(path), theirs)
}

/** Where theirs goes when it cannot be merged into `path`. */
function sidecarPath(path: RelPath): RelPath {
  return relPathOf(`${path}.theirs`)
}
