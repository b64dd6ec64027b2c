import { leavesOut } from "../../explain/leaves-out.ts"
import { fingerprint, sameFile } from "../../hash.ts"
import type { ChangeAction, ChangeReason, DiskWrite, FileChange } from "../../model/change.ts"
import type { RelPath } from "../../model/path.ts"
import type { FileMerge } from "../merge-file.ts"
import { writeBeside, writeTo } from "./disk-writes.ts"
import { templatePath, type ManagedFile } from "./managed-file.ts"
import type { MergeTreeInput } from "./merge-tree-input.ts"
import { pathTaken } from "./path-taken.ts"

/** The change that brings a merged file to its place, and removes it from the old one. */
export function changeOfMerge(file: ManagedFile, merge: FileMerge, input: MergeTreeInput): FileChange {
  const { ours, theirs, home, taken, base } = file
  const moves = ours !== undefined && ours.path !== home
  if (taken !== undefined && !(merge.kind === "clean" && sameFile(fingerprint(taken), fingerprint(merge.file)))) {
    return pathTaken(file, taken, input)
  }
  const from = moves ? ours.path : templatePath(file)
  const writes = [
    ...writeTo(input.ours, home, merge.file),
    ...(moves ? writeTo(input.ours, ours.path, null) : []),
    ...(merge.kind === "conflict" && merge.beside ? writeBeside(input.ours, home, merge.beside) : []),
  ]
  const change = { path: home, ...(from === home ? {} : { from: from as RelPath }), writes }
  if (merge.kind === "conflict") {
    const reason = file.move ?? (base === undefined ? "both-added" : "both-changed")
    return { ...change, action: moves ? "rename" : "merge", status: "conflict", reason, conflicts: merge.conflicts }
  }
  const [action, reason] = cleanOutcome(file, merge, writes, input.rules)
  return {
    ...change,
    action: moves && theirs !== undefined ? "rename" : action,
    status: "clean",
    reason: file.move ?? reason,
  }
}

type CleanMerge = Extract<FileMerge, { kind: "clean" }>

function cleanOutcome(
  { base, ours, theirs, home }: ManagedFile,
  { changedBy }: CleanMerge,
  writes: readonly DiskWrite[],
  rules: MergeTreeInput["rules"],
): [ChangeAction, ChangeReason] {
  if (base !== undefined && !changedBy.theirs) return changedBy.ours ? ["keep", "team-changed"] : ["none", "unchanged"]
  // What the template has and the team's file goes without is told, although nothing is written.
  const isTold =
    writes.length > 0 ||
    (ours !== undefined &&
      theirs !== undefined &&
      leavesOut(home, base?.file.bytes, ours.file.bytes, theirs.file.bytes, rules))
  if (base === undefined) return isTold ? ["merge", "both-added"] : ["adopt", "already-there"]
  if (!isTold) return ["none", "already-there"]
  return changedBy.ours ? ["merge", "both-changed"] : ["update", "template-changed"]
}
