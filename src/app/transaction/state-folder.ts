import { basename, dirname, join, relative, resolve, sep } from "node:path"
import { sha256 } from "../../core/hash.ts"
import type { FileSystem } from "../ports/file-system.ts"

const NAME = ".meshwright"

/**
 * Where the record of an apply to the project at `root` lies while it runs: inside git's folder when `root` is in a
 * work tree, else `.meshwright` in the project. A project that is not there yet cannot hold its own record: then it is
 * `.meshwright-<its path>` in the nearest folder above it, so that the project's folder is undone like everything else.
 * Runs no git. Throws the system's error when the disk cannot be read.
 */
export function stateFolder(fs: FileSystem, root: string): string {
  return stateFolders(fs, root)[0] ?? join(root, NAME)
}

/**
 * Every folder where an earlier apply to `root` may have left its record: since then the project may have been
 * created, or have got a `.git`. The one for a new record first.
 */
export function stateFolders(fs: FileSystem, root: string): readonly string[] {
  const project = realRoot(fs, root)
  const without: string[] = []
  let inGit: string | undefined
  for (const folder of upwards(project)) {
    if (fs.stat(folder)?.kind !== "directory") continue
    const git = gitFolder(fs, folder)
    if (git !== null) inGit ??= join(git, "meshwright", shortHash(folder, project))
    without.push(join(folder, folder === project ? NAME : nameBeside(folder, project)))
  }
  return inGit === undefined ? without : [inGit, ...without]
}

/** Projects below `folder` whose creation may have been interrupted: those that a record in this very folder names. */
export function pendingRoots(fs: FileSystem, folder: string): readonly string[] {
  const real = realRoot(fs, folder)
  return fs
    .list(real)
    .filter((name) => name.startsWith(`${NAME}-`) && !name.startsWith(`${NAME}-#`))
    .flatMap((name) => decoded(name.slice(NAME.length + 1)))
    .map((path) => join(real, path))
    .filter((root) => root.startsWith(real) && fs.stat(join(real, nameBeside(real, root)))?.kind === "directory")
}

/** The path in a name that a file system takes; only its hash where it would be too long for one. */
function nameBeside(folder: string, project: string): string {
  const path = encodeURIComponent(relative(folder, project).split(sep).join("/"))
  return `${NAME}-${path.length > 200 ? `#${shortHash(folder, project)}` : path}`
}

function decoded(path: string): string[] {
  try {
    return [decodeURIComponent(path)]
  } catch {
    // Not a name of ours.
    return []
  }
}

/** `root` without links on the way; what is not there yet stays as it is written. */
export function realRoot(fs: FileSystem, root: string): string {
  const real = fs.realPath(root)
  if (real !== null || dirname(root) === root) return real ?? root
  return join(realRoot(fs, dirname(root)), basename(root))
}

function upwards(folder: string): readonly string[] {
  const parent = dirname(folder)
  return parent === folder ? [folder] : [folder, ...upwards(parent)]
}

/** Git's folder for the work tree at `folder`. In linked work trees and submodules `.git` is a file that names it. */
function gitFolder(fs: FileSystem, folder: string): string | null {
  const git = fs.realPath(join(folder, ".git"))
  if (git === null) return null
  if (fs.stat(git)?.kind === "directory") return git
  // https://git-scm.com/docs/gitrepository-layout: "gitdir: <path>", relative to the file's folder.
  const target = /^gitdir: (.+?)\r?\n?$/.exec(Buffer.from(fs.read(git)?.bytes ?? []).toString())?.[1]
  if (target === undefined) return null
  const named = resolve(folder, target)
  return fs.stat(named)?.kind === "directory" ? named : null
}

/** Tells the projects below one folder apart, and stays the same when that folder is moved. */
function shortHash(folder: string, project: string): string {
  return sha256(relative(folder, project).split(sep).join("/")).slice(0, 12)
}
