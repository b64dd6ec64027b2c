import type { ParsedLock } from "../lock/parse-lock.ts"
import type { FileChange } from "../model/change.ts"
import type { RelPath } from "../model/path.ts"
import type { RenderedTree } from "../model/template.ts"
import type { FileEntry, Tree } from "../model/tree.ts"

/** The versions of a file in conflict, as git keeps them for a merge: stage 1 (base), 2 (ours) and 3 (theirs). */
export interface UnmergedFile {
  readonly path: RelPath
  readonly base?: FileEntry
  readonly ours: FileEntry
  /** Absent where the template deletes the file. */
  readonly theirs?: FileEntry
}

/** The conflicts that are left in the files themselves, with all versions, for git's index. */
export function unmergedFiles(
  changes: readonly FileChange[],
  previous: { readonly lock: Pick<ParsedLock["lock"], "files"> },
  ours: Tree,
  theirs: RenderedTree,
): readonly UnmergedFile[] {
  return changes
    .filter(({ status, reason }) => status === "conflict" && reason !== "blocked")
    .flatMap(({ path, from = path }) => {
      // Where a file moved, one side still has it at its old place.
      const mine = ours.get(path) ?? ours.get(from)
      const base = previous.lock.files.get(path) ?? previous.lock.files.get(from)
      const rendered = theirs.get(path) ?? theirs.get(from)
      if (!mine) return []
      return {
        path,
        ours: mine,
        ...(base?.bytes ? { base: { mode: base.mode, bytes: base.bytes } } : {}),
        ...(rendered ? { theirs: { mode: rendered.mode, bytes: rendered.bytes } } : {}),
      }
    })
}
