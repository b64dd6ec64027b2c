import { fingerprint, sameFile } from "../../hash.ts"
import type { FileChange } from "../../model/change.ts"
import { changeOfMerge } from "./change-of-merge.ts"
import { followDeletion, stayDeleted } from "./decide-merge.ts"
import type { RenderedBefore } from "./managed-file.ts"
import type { MergeTreeInput } from "./merge-tree-input.ts"

/** Policy `replace`: whatever the team did to the file, a change of the template's takes its place. */
export function decideReplace(file: RenderedBefore, input: MergeTreeInput): FileChange {
  const { base, ours, theirs } = file
  if (ours === undefined) return stayDeleted(file)
  if (theirs === undefined) return followDeletion(file, ours, input)
  const changedBy = {
    ours: !sameFile(base.file, fingerprint(ours.file)),
    theirs: !sameFile(base.file, fingerprint(theirs.file)),
  }
  const taken = changedBy.theirs ? theirs.file : ours.file
  const change = changeOfMerge(file, { kind: "clean", file: taken, changedBy }, input)
  const replaced = change.status === "clean" && change.action === "merge"
  return replaced ? { ...change, action: "update", reason: "replaced" } : change
}
