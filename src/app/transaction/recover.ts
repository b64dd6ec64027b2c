import { basename, dirname } from "node:path"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { FileSystem } from "../ports/file-system.ts"
import { isAtRest } from "./retained.ts"
import { dropStateFolder, takeLock, type LockOwner } from "./project-lock.ts"
import { NOTHING_RECOVERED, settle, type Recovery } from "./settle.ts"
import { realRoot, stateFolders } from "./state-folder.ts"
import { hintFor, isSystemError } from "./system-error.ts"

/**
 * Ends what an earlier apply to `root` left, wherever it was killed: call it at the start of every command. Without
 * leftovers it only looks, and writes nothing. Can itself be killed and run again.
 * Throws MeshwrightError `locked` while another process applies, `journal-damaged`, or `recovery-failed` when the disk
 * refuses; running it again goes on where it stopped.
 */
export function recover(fs: FileSystem, root: string, owner: LockOwner): Recovery {
  const real = realRoot(fs, root)
  return stateFolders(fs, real)
    .map((state) => recoverFrom(fs, real, state, owner))
    .reduce(bothRecoveries, NOTHING_RECOVERED)
}

/** Two recoveries told as one. */
export function bothRecoveries(a: Recovery, b: Recovery): Recovery {
  const strongest = (["rolled-back", "finished"] as const).find((kind) => [a.recovered, b.recovered].includes(kind))
  return { recovered: strongest ?? "none", paths: [...a.paths, ...b.paths], edited: [...a.edited, ...b.edited] }
}

function recoverFrom(fs: FileSystem, root: string, state: string, owner: LockOwner): Recovery {
  try {
    if (fs.stat(state) === null) {
      // Killed between the two steps of removing it.
      if (fs.stat(dirname(state)) !== null && basename(dirname(state)) === "meshwright") dropStateFolder(fs, state)
      return NOTHING_RECOVERED
    }
    if (isAtRest(fs, state)) return NOTHING_RECOVERED
    const release = takeLock(fs, state, owner)
    try {
      return settle(fs, root, state)
    } finally {
      release()
    }
  } catch (error) {
    if (!isSystemError(error)) throw error
    const message = `an earlier run was interrupted, and could not be undone yet: ${error.message}`
    const more = { file: state, hint: `${hintFor(error)}; the previous files are safe in ${state}` }
    throw new MeshwrightError([problem("recovery-failed", message, more)], "failed", { cause: error })
  }
}
