import type { FileSystem } from "../ports/file-system.ts"
import { isSystemError } from "./system-error.ts"

/**
 * Moves a file or link over whatever is at `to`, in one step for whoever looks at `to`. Between file systems it goes
 * through `temporary`, which lies on that of `to`. Safe to be killed in, and to be run again.
 */
export function moveFile(fs: FileSystem, from: string, to: string, temporary: string): void {
  try {
    fs.rename(from, to)
  } catch (error) {
    if (!isSystemError(error) || error.code !== "EXDEV") throw error
    copyFile(fs, from, to, temporary)
    fs.remove(from)
  }
}

/** Copies a file or link over whatever is at `to`, flushed, with its permissions, and in one step like moveFile. */
export function copyFile(fs: FileSystem, from: string, to: string, temporary: string): void {
  const entry = fs.read(from)
  const stat = fs.stat(from)
  if (entry === null || stat === null) throw new Error(`${from} is not there to be copied`)
  fs.remove(temporary)
  fs.write(temporary, entry, { permissions: stat.permissions, sync: true })
  fs.rename(temporary, to)
}
