import { dirname, join, sep } from "node:path"
import type { DiskWrite } from "../../core/model/change.ts"
import type { FileEntry } from "../../core/model/tree.ts"
import type { FileSystem, FileStat } from "../ports/file-system.ts"

/** The disk as it will be once these writes below `root` are done, to plan what comes after them. It is for reading only. */
export function overlay(fs: FileSystem, root: string, writes: readonly DiskWrite[]): FileSystem {
  if (writes.length === 0) return fs
  const files = new Map<string, FileEntry | null>(writes.map(({ path, after }) => [join(root, path), after]))
  const folders = new Set<string>()
  for (const [path, file] of files) {
    for (let folder = dirname(path); file !== null && folder.length >= root.length; folder = dirname(folder))
      folders.add(folder)
  }

  function stat(path: string): FileStat | null {
    const file = files.get(path)
    if (file) return { kind: file.mode === "link" ? "link" : "file", permissions: file.mode === "755" ? 0o755 : 0o644 }
    if (folders.has(path)) return { kind: "directory", permissions: 0o755 }
    return file === null ? null : fs.stat(path)
  }

  function list(folder: string): readonly string[] {
    const inside = folder + sep
    const written = [...files.keys(), ...folders]
      .filter((path) => path.startsWith(inside))
      .map((path) => path.slice(inside.length))
      .filter((name) => !name.includes(sep))
    const names = new Set([...fs.list(folder), ...written])
    return [...names].filter((name) => stat(join(folder, name)) !== null).toSorted()
  }

  function realPath(path: string): string | null {
    if (!files.has(path) && !folders.has(path)) return fs.realPath(path)
    return stat(path) === null ? null : (fs.realPath(path) ?? path)
  }

  return {
    stat,
    list,
    realPath,
    read: (path) => (files.has(path) ? (files.get(path) ?? null) : fs.read(path)),
    makeDirectory: refuse,
    write: refuse,
    link: refuse,
    rename: refuse,
    remove: refuse,
    removeDirectory: refuse,
  }
}

function refuse(): never {
  throw new Error("what is only planned is not written to")
}
