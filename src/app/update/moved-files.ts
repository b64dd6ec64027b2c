import { fingerprint, sameFile } from "../../core/hash.ts"
import type { Lock } from "../../core/model/lock.ts"
import { baseName, extension } from "../../core/merge/tree/path-parts.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { RenderedTree } from "../../core/model/template.ts"
import type { Tree } from "../../core/model/tree.ts"
import type { FileSystem } from "../ports/file-system.ts"
import { filesBelow } from "../project-files.ts"

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
  return filesBelow(fs, root, MOST_FILES).filter(
    (path) => kinds.has(kindOf(path)) && !lock.files.has(path) && !rendered.has(path),
  )
}

/** Files of one kind: of the same extension, or of the same name where it has none. */
function kindOf(path: string): string {
  return extension(path) || baseName(path)
}
