import type { FileChange } from "../../model/change.ts"
import { decideAdded } from "./decide-added.ts"
import { decideMerge } from "./decide-merge.ts"
import { decideOnce } from "./decide-once.ts"
import { decideReplace } from "./decide-replace.ts"
import { stayingAt, type ManagedFile } from "./managed-file.ts"
import type { MergeTreeInput } from "./merge-tree-input.ts"

/** What happens to one file: the table of the design, section 6, by the file's policy. */
export function decideFile(file: ManagedFile, input: MergeTreeInput): FileChange {
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
