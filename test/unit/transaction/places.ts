import { mkdtempSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { onTestFinished } from "vitest"
import { memoryFileSystem } from "../../../src/adapters/memory-file-system.ts"
import { nodeFileSystem } from "../../../src/adapters/node-file-system.ts"
import type { FileSystem } from "../../../src/app/ports/file-system.ts"
import type { LockOwner } from "../../../src/app/transaction/project-lock.ts"

export interface Place {
  readonly fs: FileSystem
  readonly base: string
}

/** Nobody else is alive. */
// Beyond the largest pid of Linux (4194304): no process that happens to run can have it.
export const ALONE: LockOwner = { pid: 4_200_000, isAlive: () => false }

export function inMemory(): Place {
  const fs = memoryFileSystem()
  fs.makeDirectory("/base")
  return { fs, base: "/base" }
}

/** A folder on the disk, removed after the test. */
export function onDisk(): Place {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "transaction-")))
  onTestFinished(() => rmSync(base, { recursive: true, force: true }))
  return { fs: withoutFlush(nodeFileSystem()), base }
}

/** What a flush does shows only when the power goes, and on a busy machine it takes most of the time. */
function withoutFlush(fs: FileSystem): FileSystem {
  return { ...fs, write: (path, entry, options) => fs.write(path, entry, { ...options, sync: false }) }
}

export const PLACES: readonly (readonly [string, () => Place])[] = [
  ["memory", inMemory],
  ["disk", onDisk],
]
