import { basename, dirname, join } from "node:path"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { FileEntry } from "../../core/model/tree.ts"
import type { FileSystem } from "../ports/file-system.ts"
import { isSystemError } from "./system-error.ts"

/** Who applies: a process id, and how to find out whether the process with another one still runs. */
export interface LockOwner {
  readonly pid: number
  readonly isAlive: (pid: number) => boolean
}

/**
 * Makes the state folder and takes the lock in it, from a dead process as well. Returns what gives it back: that
 * removes the state folder too, and never throws, for a lock that stays behind is that of a dead process soon.
 * Throws a MeshwrightError `locked` when a live process has it, and the system's error when the disk refuses.
 */
export function takeLock(fs: FileSystem, state: string, owner: LockOwner): () => void {
  const lock = join(state, "lock")
  const mine = join(state, `lock.${owner.pid}`)
  // Before anything is written: while somebody else is at work, see and do not touch.
  refuseLive(fs, lock, owner)
  try {
    let tries = 0
    while (!tryToTake(fs, state, lock, mine, owner)) {
      if (++tries === 50) throw cannotLock(lock)
    }
  } catch (error) {
    leave(fs, state, mine, owner)
    throw error
  }
  return () => leave(fs, state, lock, owner)
}

/** Where files come and go as they like, or cannot be made at all (/proc is such a place). */
function cannotLock(lock: string): MeshwrightError {
  const message = `${lock} can neither be taken nor be cleared away`
  return new MeshwrightError([
    problem("apply-failed", message, { file: lock, hint: "is this a folder in which files can be made?" }),
  ])
}

/** Whether the lock is ours now. If not, a dead one was cleared away, or the state folder vanished with its last user. */
function tryToTake(fs: FileSystem, state: string, lock: string, mine: string, owner: LockOwner): boolean {
  try {
    fs.makeDirectory(state)
    fs.remove(mine)
    fs.write(mine, lockFile(owner))
    claim(fs, mine, lock, owner)
    return true
  } catch (error) {
    if (!isSystemError(error) || (error.code !== "EEXIST" && error.code !== "ENOENT")) throw error
    clearDeadLock(fs, lock, mine, owner)
    return false
  }
}

/** Throws EEXIST when the lock is taken. */
function claim(fs: FileSystem, mine: string, lock: string, owner: LockOwner): void {
  try {
    // A link, because it appears whole: a file that is opened exclusively is empty for a moment, and says nobody's pid.
    fs.link(mine, lock)
  } catch (error) {
    if (isSystemError(error) && (error.code === "EEXIST" || error.code === "ENOENT")) throw error
    // A file system without hard links.
    fs.write(lock, lockFile(owner))
  }
}

function lockFile(owner: LockOwner): FileEntry {
  return { mode: "644", bytes: Buffer.from(`${owner.pid}\n`) }
}

/** Renamed away before it is removed: of two that find the same dead lock, one gets it, and a live one is put back. */
function clearDeadLock(fs: FileSystem, lock: string, mine: string, owner: LockOwner): void {
  refuseLive(fs, lock, owner)
  const away = `${mine}.old`
  try {
    fs.rename(lock, away)
  } catch (error) {
    if (isSystemError(error) && error.code === "ENOENT") return
    throw error
  }
  if (isLive(holderOf(fs, away), owner)) fs.rename(away, lock)
  else fs.remove(away)
}

function refuseLive(fs: FileSystem, lock: string, owner: LockOwner): void {
  const holder = holderOf(fs, lock)
  if (!isLive(holder, owner)) return
  const hint = `wait until it has ended; if process ${holder} is something else, remove ${lock}`
  throw new MeshwrightError([problem("locked", `another meshwright (process ${holder}) is at work here`, { hint })])
}

// Our own pid in a lock that we have not taken: an earlier process had the same, as the first in a container has.
function isLive(holder: number | null, owner: LockOwner): holder is number {
  return holder !== null && holder !== owner.pid && owner.isAlive(holder)
}

/** The pid in a lock; null when there is none, or nothing that is one. */
function holderOf(fs: FileSystem, lock: string): number | null {
  const text = Buffer.from(fs.read(lock)?.bytes ?? []).toString()
  return /^[1-9]\d{0,9}\n$/.test(text) ? Number(text) : null
}

function leave(fs: FileSystem, state: string, file: string, owner: LockOwner): void {
  try {
    fs.remove(file)
    for (const name of fs.list(state)) {
      // Left by processes that were killed while they took the lock; and our own.
      const pid = /^lock\.(\d+)/.exec(name)?.[1]
      if (pid !== undefined && !isLive(Number(pid), owner)) fs.remove(join(state, name))
    }
    dropStateFolder(fs, state)
  } catch {
    // The next run clears it away.
  }
}

/** Removes a state folder when it is empty, and so the folder that the projects in one git folder share. */
export function dropStateFolder(fs: FileSystem, state: string): void {
  fs.removeDirectory(state)
  const shared = dirname(state)
  // The name alone does not tell: a project may lie in a folder that is called meshwright.
  if (basename(shared) === "meshwright" && !basename(state).startsWith(".")) fs.removeDirectory(shared)
}
