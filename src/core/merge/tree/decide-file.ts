import type { FileChange } from "../../model/change.ts"
import { blocked } from "./blocked.ts"
import { decideAdded } from "./decide-added.ts"
import { decideLocked, guardOf } from "./decide-locked.ts"
import { decideMerge } from "./decide-merge.ts"
import { decideOnce } from "./decide-once.ts"
import { decideReplace } from "./decide-replace.ts"
import { stayingAt, type ManagedFile } from "./managed-file.ts"
import type { MergeTreeInput } from "./merge-tree-input.ts"

/** What happens to one file: the table of the design, section 6, by the file's policy; and what is locked, is as the template has it. */
export function decideFile(file: ManagedFile, input: MergeTreeInput): FileChange {
  if (file.blockedBy !== undefined) return blocked(file, file.blockedBy)
  const guard = guardOf(file, input)
  if (guard === undefined) return decideByPolicy(file, input)
  // The team's setting is no way around what only an exception allows.
  const free = { ...input, keep: () => false }
  return decideLocked(file, guard, free, (each) => decideByPolicy(each, free))
}

function decideByPolicy(file: ManagedFile, input: MergeTreeInput): FileChange {
  const { base, ours, theirs, home } = file
  if ([base?.path, ours?.path, theirs?.path, home].some((path) => path !== undefined && input.keep(path))) {
    return { ...stayingAt(file), action: "keep", status: "skipped", reason: "kept-by-setting", writes: [] }
  }
  if (base === undefined) return decideAdded(file, input)
  switch (theirs?.file.policy ?? base.file.policy) {
    case "merge":
      return decideMerge({ ...file, base }, input)
    case "once":
      return decideOnce({ ...file, base }, input)
    case "replace":
      return decideReplace({ ...file, base }, input)
  }
}
