import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { dirname, join } from "node:path"

/** Writes files by path below a folder, with the folders they need; `null` deletes one. */
export function write(folder: string, files: Readonly<Record<string, string | Uint8Array | null>>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path)
    if (content === null) rmSync(file, { recursive: true })
    else {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
    }
  }
}

export function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), "utf8")
}

export function makeExecutable(folder: string, path: string): void {
  chmodSync(join(folder, path), 0o755)
}

/** Every file below a folder but those in .git, by path: its mode and its bytes (as text, one character a byte). */
export function snapshot(folder: string): Record<string, string> {
  return Object.fromEntries(
    filesBelow(folder).map((path) => {
      const file = join(folder, path)
      const { mode } = lstatSync(file)
      if (lstatSync(file).isSymbolicLink()) return [path, `link ${readlinkSync(file)}`]
      return [path, `${(mode & 0o777).toString(8)} ${readFileSync(file, "latin1")}`]
    }),
  )
}

/** When each file and folder was changed last, to the nanosecond, and its inode: nothing was written, not even the same. */
export function stamps(folder: string): Record<string, string> {
  return Object.fromEntries(
    entriesBelow(folder).map((path) => {
      const { mtimeNs, ctimeNs, ino } = lstatSync(join(folder, path), { bigint: true })
      return [path, `${mtimeNs} ${ctimeNs} ${ino}`]
    }),
  )
}

export function filesBelow(folder: string): string[] {
  return entriesBelow(folder).filter((path) => !lstatSync(join(folder, path)).isDirectory())
}

/** Files, links and folders; what is behind a link to a folder is not below it. */
function entriesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== ".git")
    .flatMap((entry) => {
      const below = entry.isDirectory() ? entriesBelow(join(folder, entry.name)) : []
      return [entry.name, ...below.map((path) => `${entry.name}/${path}`)]
    })
    .toSorted()
}
