import type { FileChange } from "../../model/change.ts"
import type { FileEntry } from "../../model/tree.ts"
import { fileConflict } from "../conflict-report.ts"
import { writeBeside } from "./disk-writes.ts"
import type { ManagedFile } from "./managed-file.ts"
import type { MergeTreeInput } from "./merge-tree-input.ts"

/**
 * A move that ends where the team has another file. Both of the team's files stay where they are; no conflict style
 * decides this, since each would lose one of them.
 */
export function pathTaken(file: ManagedFile, taken: FileEntry, input: MergeTreeInput): FileChange {
  const { base, ours, theirs, home } = file
  const before = base?.file.bytes && { mode: base.file.mode, bytes: base.file.bytes }
  return {
    path: home,
    ...(ours === undefined ? {} : { from: ours.path }),
    action: "rename",
    status: "conflict",
    reason: file.move ?? "both-added",
    conflicts: [fileConflict("path-taken", home, before, taken, theirs?.file)],
    writes: theirs === undefined ? [] : writeBeside(input.ours, home, theirs.file),
  }
}
