import { basename, dirname, join } from "node:path"

/** Where everything of a transaction lies below its state folder. */
export interface TransactionPaths {
  readonly folder: string
  /** Written before the first change to the project: while it is there, the transaction has to be undone. */
  readonly journal: string
  /** What the journal is renamed to after the last change: from then on the transaction is done. */
  readonly committed: string
  readonly newFolder: string
  /** The new content of the write with this number. */
  readonly staged: (index: number) => string
  /** The previous content. */
  readonly kept: (index: number) => string
}

/** `txn` is the one at work, `last` one that has ended and whose previous contents are kept, see retained.ts. */
export function transactionPaths(state: string, name: "txn" | "last" = "txn"): TransactionPaths {
  const folder = join(state, name)
  const newFolder = join(folder, "new")
  return {
    folder,
    newFolder,
    journal: join(folder, "journal.json"),
    committed: join(folder, "committed.json"),
    staged: (index) => join(newFolder, numbered(index)),
    kept: (index) => join(folder, "old", numbered(index)),
  }
}

/** A name beside `path` for bytes on their way to it: only a rename within a folder is sure to be one step. */
export function temporaryBeside(path: string): string {
  // Cut, so that the name stays below the 255 bytes that file systems allow.
  return join(dirname(path), `.${basename(path).slice(0, 50)}.meshwright-tmp`)
}

function numbered(index: number): string {
  return String(index).padStart(4, "0")
}
