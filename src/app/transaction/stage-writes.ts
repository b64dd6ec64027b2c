import { dirname, join } from "node:path"
import type { DiskWrite } from "../../core/model/change.ts"
import type { FileMode } from "../../core/model/tree.ts"
import type { FileSystem } from "../ports/file-system.ts"
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
  for (const [index, { path, before, after }] of writes.entries()) {
    if (after === null) continue
    const previous = before === null ? null : fs.stat(join(root, path))
    const permissions =
      before !== null && previous?.kind === "file" && after.mode !== "link"
        ? { permissions: permissionsAfter(previous.permissions, before.mode, after.mode) }
        : {}
    // What replaces a file is flushed before the rename, or a power cut could leave neither. A new file is not: it
    // puts nothing of the user's at risk, and flushing is most of the time that a new project would take.
    fs.write(transaction.staged(index), after, { ...permissions, sync: before !== null })
  }
}

/** The team's permissions; only the executable bits follow the template, and then for everyone who may read. */
function permissionsAfter(previous: number, before: FileMode, after: FileMode): number {
  if (before === after) return previous
  const withoutExecute = previous & ~0o111
  return after === "755" ? withoutExecute | ((previous & 0o444) >> 2) | 0o100 : withoutExecute
}
