import { fingerprint, sameFile } from "../../hash.ts"
import type { FileChange } from "../../model/change.ts"
import type { FileEntry } from "../../model/tree.ts"
import { fileConflict } from "../conflict-report.ts"
import { mergeFile } from "../merge-file.ts"
import { writeBeside, writeTo } from "./disk-writes.ts"
import { templatePath, type ManagedFile } from "./managed-file.ts"
import type { MergeTreeInput } from "./merge-tree-input.ts"
import { changeOfMerge } from "./change-of-merge.ts"
import { pathTaken } from "./path-taken.ts"

/** A file that the template did not render before. The team's own file at its path is never overwritten. */
export function decideAdded(file: ManagedFile, input: MergeTreeInput): FileChange {
  const { ours, home, taken } = file
  const theirs = file.theirs!.file
  if (taken !== undefined) return pathTaken(file, taken, input)
  const from = templatePath(file) === home ? {} : { from: templatePath(file) }
  if (ours === undefined) {
    const writes = writeTo(input.ours, home, theirs)
    return { path: home, ...from, action: "create", status: "clean", reason: "new-in-template", writes }
  }
  if (sameFile(fingerprint(ours.file), fingerprint(theirs))) {
    return { path: home, ...from, action: "adopt", status: "clean", reason: "already-there", writes: [] }
  }
  if (theirs.policy === "once") {
    return { path: home, ...from, action: "keep", status: "skipped", reason: "owned-by-team", writes: [] }
  }
  if (theirs.policy === "replace") return replaceAdded(file, ours.file, input)
  return changeOfMerge(file, mergeFile({ ...input, path: home, base: null, ours: ours.file, theirs }), input)
}

/** The template may overwrite what it has rendered itself, which this is not. */
function replaceAdded({ home, theirs }: ManagedFile, ours: FileEntry, input: MergeTreeInput): FileChange {
  const change = { path: home, reason: "both-added" } as const
  if (input.conflictStyle === "ours") return { ...change, action: "keep", status: "clean", writes: [] }
  if (input.conflictStyle === "theirs") {
    return { ...change, action: "update", status: "clean", writes: writeTo(input.ours, home, theirs!.file) }
  }
  const conflicts = [fileConflict("both-added", home, undefined, ours, theirs!.file)]
  const writes = writeBeside(input.ours, home, theirs!.file)
  return { ...change, action: "merge", status: "conflict", conflicts, writes }
}
