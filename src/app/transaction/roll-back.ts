import { dirname, join } from "node:path"
import { fingerprint, sameContent, sameFile } from "../../core/hash.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { FileEntry, Fingerprint } from "../../core/model/tree.ts"
import type { FileSystem } from "../ports/file-system.ts"
import type { Journal, JournalWrite } from "./journal.ts"
import { moveFile } from "./move-file.ts"
import { temporaryBeside, type TransactionPaths } from "./transaction-paths.ts"

/**
 * Undoes performWrites, however far it came, in reverse. What to do is seen from the disk alone, so that it can be
 * killed at any step and run again. Bytes that are neither the previous nor the new content are somebody's work since
 * then: they stay, and the previous content is put beside them as `<path>.orig`. Returns the paths where that is so.
 * Throws the system's error; running it again goes on.
 */
export function rollBack(
  fs: FileSystem,
  root: string,
  journal: Journal,
  transaction: TransactionPaths,
): readonly RelPath[] {
  const edited = new Set<RelPath>()
  const steps = journal.writes.map((write, index) => ({ write, kept: transaction.kept(index) })).toReversed()

  for (const { write, kept } of steps.filter((step) => step.write.after !== null)) undo(write, kept)
  for (const { path } of journal.created.toReversed()) fs.removeDirectory(join(root, path))
  for (const { path, permissions } of journal.emptied) {
    // Somebody's file of that name stays; what was in the folder cannot be put back then, which the next step tells.
    const kind = fs.stat(join(root, path))?.kind
    if (kind === undefined || kind === "directory") fs.makeDirectory(join(root, path), permissions)
  }
  for (const { write, kept } of steps.filter((step) => step.write.after === null)) undo(write, kept)
  return journal.writes.map((write) => write.path).filter((path) => edited.has(path))

  function undo(write: JournalWrite, kept: string): void {
    const path = join(root, write.path)
    fs.remove(temporaryBeside(path))
    const untouched = write.before === null ? removeCreated(fs, path, write.after) : putBack(fs, path, write, kept)
    if (!untouched) edited.add(write.path)
  }
}

/** Returns false when somebody else's file is there. */
function removeCreated(fs: FileSystem, path: string, after: Fingerprint | null): boolean {
  const entry = fs.read(path)
  if (entry === null) return true
  // Empty: a new file whose bytes had not reached the disk when the power went. There is nothing in it to lose.
  if (!isContent(entry, after) && entry.bytes.length > 0) return false
  fs.remove(path)
  return true
}

/** Returns false when somebody else's file, or nobody's, is there. */
function putBack(fs: FileSystem, path: string, { before, after }: JournalWrite, kept: string): boolean {
  const entry = fs.read(path)
  // Not replaced yet, or back again.
  if (entry !== null && before !== null && sameFile(fingerprint(entry), before)) return true
  const previous = fs.read(kept)
  if (previous === null) return false
  if (fs.stat(path) === null || (entry !== null && isContent(entry, after))) {
    fs.makeDirectory(dirname(path))
    moveFile(fs, kept, path, temporaryBeside(path))
    return true
  }
  // The same bytes when somebody wrote into the very file before it was replaced.
  if (entry === null || !isContent(entry, fingerprint(previous))) {
    const aside = freeName(fs, `${path}.orig`)
    moveFile(fs, kept, aside, temporaryBeside(aside))
  }
  return false
}

/** Leaves out the executable bit: that is no work that could be lost, and not every disk has it. */
function isContent(entry: FileEntry, expected: Fingerprint | null): boolean {
  return expected !== null && sameContent(entry, expected)
}

function freeName(fs: FileSystem, wanted: string, count = 0): string {
  const name = count === 0 ? wanted : `${wanted}${count}`
  return fs.stat(name) === null ? name : freeName(fs, wanted, count + 1)
}
