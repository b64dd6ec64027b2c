import * as nodeFs from "node:fs"
import { dirname } from "node:path"
import type { FileStat, FileSystem, WriteOptions } from "../app/ports/file-system.ts"
import type { FileEntry } from "../core/model/tree.ts"

/** The part of node:fs that is used: memfs has the same. */
export type FsApi = Pick<
  typeof nodeFs,
  | "chmodSync"
  | "closeSync"
  | "fchmodSync"
  | "fsyncSync"
  | "linkSync"
  | "lstatSync"
  | "mkdirSync"
  | "openSync"
  | "readFileSync"
  | "readdirSync"
  | "readlinkSync"
  | "realpathSync"
  | "renameSync"
  | "rmdirSync"
  | "symlinkSync"
  | "unlinkSync"
  | "writeFileSync"
>

const NOTHING_THERE = ["ENOENT", "ENOTDIR"]
// EBUSY: a mount point or, on Windows, somebody's working directory. EEXIST is Solaris for ENOTEMPTY.
const NOT_REMOVABLE = [...NOTHING_THERE, "ENOTEMPTY", "EEXIST", "EBUSY"]

/** The real disk, or with another `fs` whatever has node's interface. Throws what `fs` throws. */
export function nodeFileSystem(fs: FsApi = nodeFs): FileSystem {
  function stat(path: string): FileStat | null {
    const found = unless(NOTHING_THERE, null, () => fs.lstatSync(path, { throwIfNoEntry: false }) ?? null)
    if (found === null) return null
    const kind = found.isFile() ? "file" : found.isDirectory() ? "directory" : found.isSymbolicLink() ? "link" : "other"
    return { kind, permissions: found.mode & 0o7777 }
  }

  function read(path: string): FileEntry | null {
    const found = stat(path)
    if (found?.kind === "link") return { mode: "link", bytes: fs.readlinkSync(path, "buffer") }
    if (found?.kind !== "file") return null
    return { mode: (found.permissions & 0o100) === 0 ? "644" : "755", bytes: fs.readFileSync(path) }
  }

  // The return value of a recursive mkdir is not used: node gives the outermost directory it made, memfs the innermost.
  function makeDirectory(path: string, permissions?: number): readonly string[] {
    const made = makeMissing(path)
    if (permissions !== undefined) fs.chmodSync(path, permissions)
    return made
  }

  function makeMissing(path: string, parentIsThere = false): readonly string[] {
    try {
      fs.mkdirSync(path)
      return [path]
    } catch (error) {
      const code = errorCode(error)
      if (code === "EEXIST" && isDirectory(path)) return []
      // Still not found below a folder that is there: a place such as /proc, where nothing can be made.
      if (code !== "ENOENT" || parentIsThere || dirname(path) === path) throw error
    }
    return [...makeMissing(dirname(path)), ...makeMissing(path, true)]
  }

  function isDirectory(path: string): boolean {
    const real = realPath(path)
    return real !== null && stat(real)?.kind === "directory"
  }

  function realPath(path: string): string | null {
    return unless([...NOTHING_THERE, "ELOOP"], null, () => fs.realpathSync(path))
  }

  function write(path: string, entry: FileEntry, { permissions, sync }: WriteOptions = {}): void {
    if (entry.mode === "link") {
      fs.symlinkSync(Buffer.from(entry.bytes), path)
      return
    }
    const descriptor = fs.openSync(path, "wx", entry.mode === "755" ? 0o777 : 0o666)
    try {
      fs.writeFileSync(descriptor, entry.bytes)
      // After the open, because its mode is cut by the umask; after the write, which would drop setuid bits.
      if (permissions !== undefined) fs.fchmodSync(descriptor, permissions)
      if (sync === true) fs.fsyncSync(descriptor)
    } finally {
      fs.closeSync(descriptor)
    }
  }

  return {
    stat,
    read,
    realPath,
    makeDirectory,
    write,
    list: (directory) => unless(NOTHING_THERE, [], () => fs.readdirSync(directory).toSorted()),
    link: (from, to) => fs.linkSync(from, to),
    rename: (from, to) => fs.renameSync(from, to),
    remove: (path) => unless(NOTHING_THERE, undefined, () => fs.unlinkSync(path)),
    removeDirectory: (path) =>
      unless(NOT_REMOVABLE, false, () => {
        fs.rmdirSync(path)
        return true
      }),
  }
}

/** What `run` returns; `otherwise` when it throws an error with one of `codes`. */
function unless<T>(codes: readonly string[], otherwise: T, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (codes.includes(errorCode(error) ?? "")) return otherwise
    throw error
  }
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined
}
