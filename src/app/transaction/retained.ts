import { basename, join } from "node:path"
import type { FileEntry } from "../../core/model/tree.ts"
import type { FileSystem } from "../ports/file-system.ts"
import { dropFolder } from "./drop-folder.ts"
import { type Journal, readJournal } from "./journal.ts"
import { type LockOwner, takeLock } from "./project-lock.ts"
import { stateFolders } from "./state-folder.ts"
import { type TransactionPaths, transactionPaths } from "./transaction-paths.ts"
import type { UndoNote } from "./undo-note.ts"

/** The last transaction that was made with an undo note, and what it replaced. */
export interface Retained {
  readonly state: string
  readonly journal: Journal & { readonly undo: UndoNote }
  readonly files: TransactionPaths
}

const SAVED = "saved"
/** See branch-note.ts. */
export const BRANCH = "branch.json"

/** What is kept of transactions on the project at `root`, that which counts first. Only looks. */
export function readRetained(fs: FileSystem, root: string): readonly Retained[] {
  return stateFolders(fs, root).flatMap((state) => {
    const files = transactionPaths(state, "last")
    const journal = readJournal(fs, files.committed)
    return journal?.undo === undefined ? [] : [{ state, journal: { ...journal, undo: journal.undo }, files }]
  })
}

/**
 * Keeps what the committed transaction in a state folder, whose lock is held, has replaced, in place of what was kept
 * before. Can be killed and run again.
 */
export function retain(fs: FileSystem, state: string): void {
  const done = transactionPaths(state)
  dropLast(fs, state)
  dropFolder(fs, done.newFolder)
  hideFromGit(fs, state, done.folder)
  fs.rename(done.folder, transactionPaths(state, "last").folder)
}

/** Removes what is kept, if it still is `retained` (or whatever it is), in the order that a kill can do no harm to. */
export function dropRetained(fs: FileSystem, retained: Retained, owner: LockOwner): void {
  const release = takeLock(fs, retained.state, owner)
  try {
    const kept = readJournal(fs, retained.files.committed)
    if (JSON.stringify(kept) === JSON.stringify(retained.journal)) dropLast(fs, retained.state)
  } finally {
    release()
  }
}

/** Whether nothing in a state folder waits for somebody: nobody is at work, and nobody was interrupted. */
export function isAtRest(fs: FileSystem, state: string): boolean {
  const names = fs.list(state)
  if (names.length === 0 || names.some((name) => name !== "last" && name !== SAVED && name !== BRANCH)) return false
  return !names.includes("last") || fs.stat(transactionPaths(state, "last").committed) !== null
}

/** Removes what is kept half: somebody was killed while he removed it. */
export function dropBroken(fs: FileSystem, state: string): void {
  const { folder, committed } = transactionPaths(state, "last")
  if (fs.stat(committed) === null) dropFolder(fs, folder)
}

/** Copies files of the project to a new folder in the state folder, flushed, and returns that folder. */
export function saveCopies(fs: FileSystem, root: string, state: string, files: ReadonlyMap<string, FileEntry>): string {
  let count = 1
  while (fs.stat(join(state, SAVED, String(count))) !== null) count += 1
  const folder = join(state, SAVED, String(count))
  fs.makeDirectory(folder)
  hideFromGit(fs, state, join(state, SAVED))
  for (const [path, entry] of files) {
    fs.makeDirectory(join(folder, path, ".."))
    const stat = fs.stat(join(root, path))
    fs.write(join(folder, path), entry, { ...(stat && { permissions: stat.permissions }), sync: true })
  }
  return folder
}

function dropLast(fs: FileSystem, state: string): void {
  const { folder, committed } = transactionPaths(state, "last")
  fs.remove(committed)
  dropFolder(fs, folder)
}

/** Without git the state folder lies in the project: should it become a repository, this is not to be committed. */
function hideFromGit(fs: FileSystem, state: string, folder: string): void {
  const ignore = join(folder, ".gitignore")
  if (!basename(state).startsWith(".") || fs.stat(ignore) !== null) return
  fs.write(ignore, { mode: "644", bytes: Buffer.from("*\n") })
}
