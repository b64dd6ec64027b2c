import { fingerprint, sameFile } from "../../core/hash.ts"
import type { DiskWrite } from "../../core/model/change.ts"
import { MeshwrightError } from "../../core/model/diagnostic.ts"
import type { FileSystem } from "../ports/file-system.ts"
import { applyFailure, notUndone, withEdited } from "./apply-failure.ts"
import { checkWrites } from "./check-writes.ts"
import { makeJournal, type JournalOptions } from "./make-journal.ts"
import { performWrites } from "./perform-writes.ts"
import { takeLock, type LockOwner } from "./project-lock.ts"
import { bothRecoveries, recover } from "./recover.ts"
import { dropRetained, readRetained } from "./retained.ts"
import { settle, type Recovery } from "./settle.ts"
import { stageWrites } from "./stage-writes.ts"
import { realRoot, stateFolder } from "./state-folder.ts"
import { temporaryBeside, transactionPaths } from "./transaction-paths.ts"

export interface ApplyOptions extends JournalOptions {
  /** Hears which path is next. */
  readonly onPath?: (path: string) => void
}

/**
 * Applies `writes` below `root`, which need not exist: all of them, or none. Whatever ends it (a full disk, a kill -9),
 * the next recover, or apply, brings the project to one of the two. With `undo`, what is replaced is kept until the next
 * such apply, or until it is dropped (see retained.ts). Returns what had to be recovered first.
 *
 * It is synchronous: nothing of this process runs in between. The CLI has to have handlers for SIGINT and SIGTERM
 * installed meanwhile: they run after it, while without one the system ends the process at once, and the next command
 * has to recover.
 *
 * Throws MeshwrightError, the project being as before: `locked` (another process applies), `stale-plan` and
 * `unsafe-path` (see checkWrites; all at once), `apply-failed` (the disk refuses), and what recover throws.
 */
export function applyWrites(
  fs: FileSystem,
  root: string,
  writes: readonly DiskWrite[],
  owner: LockOwner,
  options: ApplyOptions = {},
): Recovery {
  const real = realRoot(fs, root)
  const before = recover(fs, real, owner)
  try {
    const state = stateFolder(fs, real)
    const release = takeLock(fs, state, owner)
    try {
      // Once more: somebody may have been killed just before we got the lock.
      const recovery = bothRecoveries(before, settle(fs, real, state))
      run(fs, real, state, writes, options)
      // The project may have been without git when the one before was kept.
      const others = options.undo ? readRetained(fs, real).filter((each) => each.state !== state) : []
      for (const other of others) dropRetained(fs, other, owner)
      return recovery
    } finally {
      release()
    }
  } catch (error) {
    throw applyFailure(error, real)
  }
}

function run(fs: FileSystem, root: string, state: string, writes: readonly DiskWrite[], options: ApplyOptions): void {
  const problems = checkWrites(fs, root, writes)
  if (problems.length > 0) throw new MeshwrightError(problems)
  const changing = writes.filter(changesSomething)
  if (changing.length === 0) return
  const transaction = transactionPaths(state)
  let current = root
  try {
    stageWrites(fs, root, changing, transaction)
    const journal = makeJournal(fs, root, changing, options)
    const temporary = temporaryBeside(transaction.journal)
    fs.write(temporary, { mode: "644", bytes: Buffer.from(JSON.stringify(journal)) }, { sync: true })
    // No flush of the folder: file systems that keep a journal keep the order of renames, and this one is the first.
    fs.rename(temporary, transaction.journal)
    performWrites(fs, root, journal, transaction, (path) => {
      current = path
      options.onPath?.(path)
    })
    fs.rename(transaction.journal, transaction.committed)
  } catch (error) {
    const failure = applyFailure(error, current)
    const undone = undo(fs, root, state, failure)
    // The last rename took place although it was reported as failed: network disks do that.
    if (undone.recovered === "finished") return
    throw withEdited(failure, undone.edited)
  }
  try {
    settle(fs, root, state)
  } catch {
    // The writes are done; the next command clears away what is left.
  }
}

function undo(fs: FileSystem, root: string, state: string, failure: unknown): Recovery {
  try {
    return settle(fs, root, state)
  } catch (error) {
    throw notUndone(failure, error, state)
  }
}

function changesSomething({ before, after }: DiskWrite): boolean {
  if (before === null || after === null) return before !== after
  return !sameFile(before, fingerprint(after))
}
