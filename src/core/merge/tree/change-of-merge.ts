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
  const [action, reason] = cleanOutcome(merge, writes, base === undefined)
  return {
    ...change,
    action: moves && theirs !== undefined ? "rename" : action,
    status: "clean",
    reason: file.move ?? reason,
    ...(merge.merged.length === 0 ? {} : { merged: merge.merged }),
  }
}

type CleanMerge = Extract<FileMerge, { kind: "clean" }>

function cleanOutcome(merge: CleanMerge, writes: readonly DiskWrite[], added: boolean): [ChangeAction, ChangeReason] {
  const { ours, theirs } = merge.changedBy
  // With "ours" a conflict is settled without a write; it is told all the same.
  const settled = merge.merged.some(({ from }) => from === "ours")
  if (added) return writes.length === 0 && !settled ? ["adopt", "already-there"] : ["merge", "both-added"]
  if (!theirs) return ours ? ["keep", "team-changed"] : ["none", "unchanged"]
  if (writes.length === 0 && !settled) return ["none", "already-there"]
  return ours ? ["merge", "both-changed"] : ["update", "template-changed"]
}
