import { posix } from "node:path"
import { createFsFromVolume, Volume } from "memfs"
import type { FileSystem } from "../app/ports/file-system.ts"
import { nodeFileSystem, type FsApi } from "./node-file-system.ts"

/**
 * A file system in memory, for previews and fast tests. `files` are texts by absolute path.
 * Loads memfs: import this file only where it is used.
 */
export function memoryFileSystem(files: Readonly<Record<string, string>> = {}): FileSystem {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract tests prove it, as far as it is used
  const api = createFsFromVolume(Volume.fromJSON(files)) as unknown as FsApi
  const base = nodeFileSystem(api)

  // memfs does not create files through a link to a directory: go to where the link points.
  function at(path: string): string {
    const parent = posix.dirname(path)
    return posix.join(base.realPath(parent) ?? parent, posix.basename(path))
  }

  // memfs renames what a link points to instead of the link, and lets a file replace a whole directory.
  function rename(from: string, to: string): void {
    if (base.stat(to)?.kind === "directory") throw systemError("EISDIR", "rename", to)
    const entry = base.read(from)
    if (entry?.mode === "link") {
      if (base.stat(posix.dirname(to)) === null) throw systemError("ENOENT", "rename", to)
      base.remove(to)
      base.write(to, entry)
      base.remove(from)
    } else {
      // memfs would follow a link at the target as well.
      if (base.stat(to)?.kind === "link") base.remove(to)
      api.renameSync(from, to)
    }
  }

  return {
    ...base,
    // memfs knows no umask; these are what most people's disks have.
    write: (path, entry, options) =>
      base.write(at(path), entry, { permissions: entry.mode === "755" ? 0o755 : 0o644, ...options }),
    link: (from, to) => base.link(at(from), at(to)),
    rename: (from, to) => rename(at(from), at(to)),
    remove: (path) => {
      if (base.stat(at(path))?.kind === "directory") throw systemError("EISDIR", "unlink", path)
      base.remove(at(path))
    },
    removeDirectory: (path) => base.stat(path)?.kind === "directory" && base.removeDirectory(at(path)),
    list: (directory) => (base.realPath(directory) === null ? [] : base.list(directory)),
  }
}

function systemError(code: string, call: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${call} '${path}'`), { code })
}
