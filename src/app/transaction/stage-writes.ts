import { dirname, join } from "node:path"
import type { DiskWrite } from "../../core/model/change.ts"
import type { FileMode } from "../../core/model/tree.ts"
import type { FileStat, FileSystem } from "../ports/file-system.ts"
import type { TransactionPaths } from "./transaction-paths.ts"

/**
 * Writes all new contents into the transaction's folder, with the permissions they will have: a full disk shows here,
 * where nothing has to be undone. Throws the system's error.
 */
export function stageWrites(
  fs: FileSystem,
  root: string,
  writes: readonly DiskWrite[],
  transaction: TransactionPaths,
): void {
  fs.makeDirectory(dirname(transaction.staged(0)))
  fs.makeDirectory(dirname(transaction.kept(0)))
  for (const [index, write] of writes.entries()) {
    if (write.after === null) continue
    const previous = write.before === null ? null : fs.stat(join(root, write.path))
    const permissions = write.permissions ?? permissionsLike(previous, write)
    // What replaces a file is flushed before the rename, or a power cut could leave neither. A new file is not: it
    // puts nothing of the user's at risk, and flushing is most of the time that a new project would take. One with
    // permissions of its own is an old file of the user's that comes back.
    const sync = write.before !== null || write.permissions !== undefined
    fs.write(transaction.staged(index), write.after, { ...(permissions === undefined ? {} : { permissions }), sync })
  }
}

/** The permissions of what replaces a file; undefined where no file is replaced by a file. */
function permissionsLike(previous: FileStat | null, { before, after }: DiskWrite): number | undefined {
  if (before === null || after === null || previous?.kind !== "file" || after.mode === "link") return undefined
  return permissionsAfter(previous.permissions, before.mode, after.mode)
}

/** The team's permissions; only the executable bits follow the template, and then for everyone who may read. */
function permissionsAfter(previous: number, before: FileMode, after: FileMode): number {
  if (before === after) return previous
  const withoutExecute = previous & ~0o111
  return after === "755" ? withoutExecute | ((previous & 0o444) >> 2) | 0o100 : withoutExecute
}
