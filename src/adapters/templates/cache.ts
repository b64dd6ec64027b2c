import { createHash } from "node:crypto"
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs"
import { homedir } from "node:os"
import { basename, dirname, join } from "node:path"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"

// An entry is a folder: the template's files, and what they are, to notice when they are not that any more.
const FILES = "files"
const CONTENTS = "contents.json"
const TEMPORARY = ".tmp-"
// Older than any fetch takes: whoever made it was killed.
const STALE = 60 * 60 * 1000

/** A file as it was stored: its size and time tell at a glance that it is the same; where they differ, its hash does. */
interface Stored {
  readonly size: number
  readonly time: number
  /** Of a link, its target. */
  readonly content: string
}

type Contents = Readonly<Record<string, Stored>>

/** Where fetched templates are kept: in the user's cache (XDG Base Directory Specification). Safe to delete at any time. */
export function cacheFolder(): string {
  const xdg = process.env["XDG_CACHE_HOME"]
  return join(xdg !== undefined && xdg !== "" ? xdg : join(homedir(), ".cache"), "meshwright")
}

/** A short name for an address, as a folder. */
export function cacheName(address: string): string {
  return createHash("sha256").update(address).digest("hex").slice(0, 16)
}

/** The files of an entry; undefined where there is none, or where it is not what was stored. */
export function cachedFiles(entry: string): string | undefined {
  const files = join(entry, FILES)
  try {
    const stored = JSON.parse(readFileSync(join(entry, CONTENTS), "utf8")) as Contents
    return isSame(files, stored) ? files : undefined
  } catch {
    // Not there, or cut short.
    return undefined
  }
}

/** The names of the entries in a folder of the cache. */
export function cachedEntries(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => cachedFiles(join(folder, name)) !== undefined)
  } catch {
    return []
  }
}

/**
 * Makes an entry of what `fill` puts into the folder that it is given, and returns the place of its files. The entry appears
 * whole or not at all; where another run was faster, that one's is taken, and a damaged one is replaced.
 */
export async function storeFiles(entry: string, fill: (files: string) => Promise<void>): Promise<string> {
  const temporary = makeTemporary(entry)
  try {
    const files = join(temporary, FILES)
    mkdirSync(files)
    await fill(files)
    writeFileSync(join(temporary, CONTENTS), JSON.stringify(contentsOf(files)))
    putInPlace(temporary, entry)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
  return join(entry, FILES)
}

function makeTemporary(entry: string): string {
  try {
    mkdirSync(dirname(entry), { recursive: true })
    removeStale(dirname(entry))
    return mkdtempSync(`${entry}${TEMPORARY}`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new MeshwrightError(
      [
        problem("cache", `the cache in ${cacheFolder()} cannot be written: ${reason}`, {
          hint: "make it writable, or set XDG_CACHE_HOME to a folder that is",
        }),
      ],
      "failed",
      { cause: error },
    )
  }
}

/** Keeps a list (of refs, of versions) for runs without a network. Where that cannot be, this run goes on without. */
export function storeList(file: string, list: unknown): void {
  const temporary = `${file}${TEMPORARY}${process.pid}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(temporary, JSON.stringify(list))
    renameSync(temporary, file)
  } catch {
    // No list is kept.
  }
}

/** A list that was kept, and when; undefined where there is none. */
export function storedList<T>(file: string): { readonly list: T; readonly day: string } | undefined {
  try {
    const list = JSON.parse(readFileSync(file, "utf8")) as T
    return { list, day: statSync(file).mtime.toISOString().slice(0, 10) }
  } catch {
    return undefined
  }
}

function putInPlace(temporary: string, entry: string): void {
  for (let tries = 0; ; tries += 1) {
    try {
      renameSync(temporary, entry)
      return
    } catch (error) {
      // A folder that is not empty stands there: of a run that was faster, or a damaged one.
      if (cachedFiles(entry) !== undefined) return
      if (tries === 3) throw error
      setAside(entry)
    }
  }
}

/** Moved away first: another run must never see an entry that is half removed. */
function setAside(entry: string): void {
  const aside = mkdtempSync(`${entry}${TEMPORARY}`)
  try {
    renameSync(entry, join(aside, "damaged"))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

function removeStale(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!basename(name).includes(TEMPORARY)) continue
    const path = join(folder, name)
    const stat = lstatSync(path, { throwIfNoEntry: false })
    if (stat && Date.now() - stat.mtimeMs > STALE) rmSync(path, { recursive: true, force: true })
  }
}

function isSame(folder: string, stored: Contents): boolean {
  const paths = pathsBelow(folder)
  if (paths.length !== Object.keys(stored).length) return false
  return paths.every((path) => {
    const then = stored[path]
    if (!then) return false
    const file = join(folder, path)
    const stat = lstatSync(file)
    const looksSame = stat.size === then.size && stat.mtimeMs === then.time && then.content.startsWith(kindOf(stat))
    return looksSame || contentOf(file) === then.content
  })
}

function contentsOf(folder: string): Contents {
  return Object.fromEntries(
    pathsBelow(folder).map((path) => {
      const file = join(folder, path)
      const { size, mtimeMs } = lstatSync(file)
      return [path, { size, time: mtimeMs, content: contentOf(file) }]
    }),
  )
}

/** Mode and hash of a file, so that one that lost its execute bit is not the same either. */
function contentOf(file: string): string {
  const stat = lstatSync(file)
  const content = stat.isSymbolicLink()
    ? readlinkSync(file)
    : createHash("sha256").update(readFileSync(file)).digest("hex")
  return `${kindOf(stat)} ${content}`
}

function kindOf(stat: Stats): string {
  return stat.isSymbolicLink() ? "link" : stat.mode & 0o100 ? "755" : "644"
}

function pathsBelow(folder: string, prefix = ""): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`
    return entry.isDirectory() ? pathsBelow(folder, path) : [path]
  })
}
