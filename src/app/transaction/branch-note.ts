import { join } from "node:path"
import type { FileSystem } from "../ports/file-system.ts"
import type { NewBranch } from "../ports/git.ts"
import { dropStateFolder, type LockOwner } from "./project-lock.ts"
import { BRANCH, readRetained } from "./retained.ts"
import { realRoot, stateFolder, stateFolders } from "./state-folder.ts"

/** Notes, before it is made, that a branch is ours; until `forget`, whoever finds the note and not us removes the branch. */
export function noteBranch(fs: FileSystem, root: string, owner: LockOwner, branch: NewBranch): () => void {
  const state = stateFolder(fs, realRoot(fs, root))
  const file = join(state, BRANCH)
  fs.makeDirectory(state)
  fs.remove(file)
  fs.write(file, { mode: "644", bytes: Buffer.from(JSON.stringify({ pid: owner.pid, ...branch })) }, { sync: true })
  return () => forget(fs, state)
}

/**
 * The branches that runs made which were killed before they had written anything; call it after recover, which undoes what
 * they had begun to write. `drop` removes one, where nothing was committed on it. Returns those that are removed.
 */
export function tidyBranches(
  fs: FileSystem,
  root: string,
  owner: LockOwner,
  drop: (branch: NewBranch) => boolean,
): readonly string[] {
  const real = realRoot(fs, root)
  return stateFolders(fs, real).flatMap((state) => {
    const file = fs.read(join(state, BRANCH))
    if (file === null) return []
    const note = noteIn(file.bytes)
    if (note !== undefined && note.pid !== owner.pid && owner.isAlive(note.pid)) return []
    const isUsed =
      note === undefined ||
      readRetained(fs, real).some(({ journal: { undo } }) => undo.branch?.made === note.made && undo.head === note.head)
    const dropped = !isUsed && drop(note) ? [note.made] : []
    forget(fs, state)
    return dropped
  })
}

function forget(fs: FileSystem, state: string): void {
  fs.remove(join(state, BRANCH))
  dropStateFolder(fs, state)
}

/** Undefined where it was not written to its end: then no branch was made yet. */
function noteIn(bytes: Uint8Array): (NewBranch & { readonly pid: number }) | undefined {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8")) as NewBranch & { readonly pid: number }
  } catch {
    return undefined
  }
}
