import { join } from "node:path"
import { MeshwrightError } from "../../core/model/diagnostic.ts"
import type { FileSystem } from "../ports/file-system.ts"
import { mismatch, stale } from "./check-writes.ts"
import type { Journal } from "./journal.ts"
import { copyFile, moveFile } from "./move-file.ts"
import { temporaryBeside, type TransactionPaths } from "./transaction-paths.ts"

/**
 * Brings the staged contents into place: deletions, the folders they leave empty, new folders, then the other writes in
 * order. Deletions first, so that a file can make way for a folder of its name, and a folder for a file.
 * `onPath` hears which path is next. Throws MeshwrightError `stale-plan` when a file changed since the check, or the
 * system's error; rollBack undoes what was done until then.
 */
export function performWrites(
  fs: FileSystem,
  root: string,
  journal: Journal,
  transaction: TransactionPaths,
  onPath: (path: string) => void,
): void {
  const writes = journal.writes.map((write, index) => ({ ...write, index }))

  for (const { path, before, index } of writes.filter((write) => write.after === null)) {
    onPath(path)
    recheck(path, before)
    const kept = transaction.kept(index)
    moveFile(fs, join(root, path), kept, temporaryBeside(kept))
  }
  for (const { path } of journal.emptied.toReversed()) {
    onPath(path)
    fs.removeDirectory(join(root, path))
  }
  for (const { path, permissions } of journal.created) {
    onPath(path)
    fs.makeDirectory(join(root, path), permissions)
  }
  for (const { path, before, index } of writes.filter((write) => write.after !== null)) {
    onPath(path)
    recheck(path, before)
    const target = join(root, path)
    if (before !== null) keep(fs, target, transaction.kept(index), before.mode === "link")
    moveFile(fs, transaction.staged(index), target, temporaryBeside(target))
  }

  function recheck(path: string, before: Journal["writes"][number]["before"]): void {
    const reason = mismatch(fs, join(root, path), before)
    if (reason !== undefined) throw new MeshwrightError([stale(path, reason)])
  }
}

/** Gives the file a second name in the transaction's folder; it stays where it is until the new one replaces it. */
function keep(fs: FileSystem, path: string, kept: string, isLink: boolean): void {
  // Whether link(2) follows a symbolic link differs between systems.
  if (isLink) return copyFile(fs, path, kept, temporaryBeside(kept))
  try {
    fs.link(path, kept)
  } catch {
    // EXDEV, EPERM, EMLINK, ENOTSUP, …: what keeps a copy from being made as well is told by the copy.
    copyFile(fs, path, kept, temporaryBeside(kept))
  }
}
