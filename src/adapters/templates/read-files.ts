import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from "node:fs"
import { join, relative, resolve, sep } from "node:path"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { FileEntry, Tree } from "../../core/model/tree.ts"

// What a lock can hold of one file.
const LARGEST_FILE = 64 * 1024 * 1024
const LARGEST_TREE = 512 * 1024 * 1024

/**
 * All files below a folder; links as links. A folder that does not exist has none. Throws a MeshwrightError where the folder
 * is a link out of `within`, and for files that are none or too large.
 */
export function readFiles(folder: string, within: string): Tree {
  const found = new Map<RelPath, FileEntry>()
  let size = 0
  const visit = (directory: string, prefix: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true }).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = join(directory, entry.name)
      const relPath = prefix === "" ? entry.name : `${prefix}/${entry.name}`
      if (entry.isDirectory()) visit(path, relPath)
      else {
        const file = readEntry(path)
        size += file.bytes.length
        if (size > LARGEST_TREE) throw unsafeFile(folder, `holds more than ${megabytes(LARGEST_TREE)}`)
        // Paths are checked once they are rendered; a path of the template may hold Handlebars.
        found.set(relPath as RelPath, file)
      }
    }
  }
  if (existsSync(folder)) {
    refuseOutside(folder, within)
    visit(folder, "")
  }
  return found
}

/** The bytes of a regular file, links followed. Throws a MeshwrightError for a pipe or device, and for one that is too large. */
export function readRegular(file: string): Buffer {
  const stat = statSync(file)
  if (!stat.isFile() && !stat.isDirectory()) throw unsafeFile(file, "is a pipe or a device, no file")
  if (stat.size > LARGEST_FILE) throw unsafeFile(file, `is larger than ${megabytes(LARGEST_FILE)}`)
  return readFileSync(file)
}

/** Throws a MeshwrightError where links lead `path` out of `within`: a template must not bring people's other files. */
export function refuseOutside(path: string, within: string): void {
  if (isOutside(realpathSync(within), realpathSync(path)))
    throw new MeshwrightError([
      problem("unsafe-link", `is a link out of the template`, { file: path, hint: "put the files there themselves" }),
    ])
}

/** Whether `path` is not below `folder`; both absolute. */
export function isOutside(folder: string, path: string): boolean {
  const away = relative(folder, path)
  return away.startsWith(`..${sep}`) || away === ".." || resolve(away) === away
}

function readEntry(path: string): FileEntry {
  const stat = lstatSync(path)
  if (stat.isSymbolicLink()) return { mode: "link", bytes: Buffer.from(readlinkSync(path), "utf8") }
  return { mode: stat.mode & 0o100 ? "755" : "644", bytes: readRegular(path) }
}

function unsafeFile(file: string, what: string): MeshwrightError {
  return new MeshwrightError([problem("unsafe-file", what, { file, hint: "take it out of the template" })])
}

function megabytes(bytes: number): string {
  return `${bytes / 1024 / 1024} MB`
}
