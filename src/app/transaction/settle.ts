import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { FileSystem } from "../ports/file-system.ts"
import { dropFolder } from "./drop-folder.ts"
import { type Journal, readJournal } from "./journal.ts"
import { dropBroken, retain } from "./retained.ts"
import { rollBack } from "./roll-back.ts"
import { transactionPaths } from "./transaction-paths.ts"

/** What became of an apply that did not end. */
export interface Recovery {
  /** rolled-back: the project is as before it. finished: it was done, only its leftovers were cleared away. */
  readonly recovered: "none" | "rolled-back" | "finished"
  /** The paths that it had to write, in the order of the plan. */
  readonly paths: readonly RelPath[]
  /** Of these, the ones that somebody changed since, which stay as they are; what was there before is in `.orig`. */
  readonly edited: readonly RelPath[]
}

export const NOTHING_RECOVERED: Recovery = { recovered: "none", paths: [], edited: [] }

/**
 * Brings the transaction in a state folder, whose lock is held, to its end: back before the commit point, forward after
 * it. Throws MeshwrightError `journal-damaged` when it cannot know how, and the system's error; then everything that is
 * needed to try again is still there.
 */
export function settle(fs: FileSystem, root: string, state: string): Recovery {
  dropBroken(fs, state)
  const transaction = transactionPaths(state)
  if (fs.stat(transaction.committed) !== null) {
    // Nothing depends on it any more, so damage does not matter.
    const journal = readJournal(fs, transaction.committed)
    if (journal?.undo === undefined) {
      fs.remove(transaction.committed)
      dropFolder(fs, transaction.folder)
    } else retain(fs, state)
    return { recovered: "finished", paths: pathsOf(journal), edited: [] }
  }
  if (fs.stat(transaction.journal) === null) {
    dropFolder(fs, transaction.folder)
    return NOTHING_RECOVERED
  }
  const journal = readJournal(fs, transaction.journal)
  if (journal === undefined) throw damaged(transaction.journal, transaction.folder)
  const edited = rollBack(fs, root, journal, transaction)
  // First of all: without it the rest is leftovers, and a run that is killed here need not look at the project again.
  fs.remove(transaction.journal)
  dropFolder(fs, transaction.folder)
  return { recovered: "rolled-back", paths: pathsOf(journal), edited }
}

function pathsOf(journal: Journal | undefined): readonly RelPath[] {
  return journal?.writes.map((write) => write.path) ?? []
}

function damaged(journal: string, folder: string): MeshwrightError {
  const message = `an earlier run was interrupted, and its journal ${journal} cannot be read`
  const hint =
    `nothing was changed now. The files it had replaced are in ${folder}/old: ` +
    `put back what you miss (or use git), then remove ${folder}`
  return new MeshwrightError([problem("journal-damaged", message, { file: journal, hint })])
}
