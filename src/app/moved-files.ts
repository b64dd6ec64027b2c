import { join, relative, sep } from "node:path"
import { fingerprint, sameFile } from "../core/hash.ts"
import type { Lock } from "../core/model/lock.ts"
import { baseName, extension } from "../core/merge/tree/path-parts.ts"
import { pathProblem, type RelPath } from "../core/model/path.ts"
import type { RenderedTree } from "../core/model/template.ts"
import type { Tree } from "../core/model/tree.ts"
import type { FileSystem } from "./ports/file-system.ts"

// Folders that hold nothing a team wrote.
const GENERATED = new Set([
  ".git",
  ".meshwright",
  "node_modules",
  "target",
  "dbt_packages",
  "logs",
  ".venv",
  "venv",
  ".terraform",
  "__pycache__",
])
// Beyond this the search would cost more than the question whether a file was moved is worth.
const MOST_FILES = 20_000

/**
 * Where the team may have moved files to: the project's files that the template does not know. Only looked for when a
 * file is missing that the template wants to change, or locks, so that an ordinary update never reads the whole project.
 */
export function candidatesForMoves(
  fs: FileSystem,
  root: string,
  lock: Lock,
  rendered: RenderedTree,
  ours: Tree,
): RelPath[] {
  const missing = [...lock.files].filter(([path, base]) => {
    const theirs = rendered.get(path)
    if (ours.has(path)) return false
    // What is locked goes back to its place, changed or not.
    if (theirs?.locked !== undefined) return true
    return base.policy === "merge" && (theirs === undefined || !sameFile(base, fingerprint(theirs)))
  })
  if (missing.length === 0) return []
  const kinds = new Set(missing.map(([path]) => kindOf(path)))
  return filesBelow(fs, root).filter((path) => kinds.has(kindOf(path)) && !lock.files.has(path) && !rendered.has(path))
}

/** The project's files, without those that tools make. */
export function filesBelow(fs: FileSystem, root: string): RelPath[] {
  const found: RelPath[] = []
  const folders = [root]
  for (let folder = folders.pop(); folder !== undefined && found.length < MOST_FILES; folder = folders.pop()) {
    for (const name of fs.list(folder)) {
      const path = join(folder, name)
      const kind = fs.stat(path)?.kind
      if (kind === "directory" && !GENERATED.has(name)) folders.push(path)
      const relPath = relative(root, path).split(sep).join("/")
      if (kind === "file" && pathProblem(relPath) === undefined) found.push(relPath as RelPath)
    }
  }
  return found.toSorted()
}

/** Files of one kind: of the same extension, or of the same name where it has none. */
function kindOf(path: string): string {
  return extension(path) || baseName(path)
}
