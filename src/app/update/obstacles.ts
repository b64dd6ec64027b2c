import { join } from "node:path"
import type { Obstacle } from "../../core/merge/tree/blocked.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { FileSystem } from "../ports/file-system.ts"
import { ancestors } from "../transaction/ancestors.ts"
import { folderProblem } from "../transaction/folder-problem.ts"

// A folder with more files than this is no leftover of the template's that an update could empty.
const MOST_FILES = 1000

/** What stands where these paths, or the folders that they need, would have to be. */
export function obstaclesFor(fs: FileSystem, root: string, paths: Iterable<RelPath>): ReadonlyMap<RelPath, Obstacle> {
  const real = fs.realPath(root) ?? root
  const folders = new Map<RelPath, Obstacle | undefined>()
  const inFolder = (folder: RelPath): Obstacle | undefined => {
    if (!folders.has(folder)) {
      const kind = folderProblem(fs, real, folder)?.kind
      folders.set(folder, kind && { path: folder, kind, holds: [folder] })
    }
    return folders.get(folder)
  }
  const found = new Map<RelPath, Obstacle>()
  for (const path of paths) {
    const obstacle =
      ancestors(path)
        .map(inFolder)
        .find((each) => each !== undefined) ?? atPath(fs, root, path)
    if (obstacle !== undefined) found.set(path, obstacle)
  }
  return found
}

function atPath(fs: FileSystem, root: string, path: RelPath): Obstacle | undefined {
  const kind = fs.stat(join(root, path))?.kind
  if (kind === "directory") return { path, kind: "folder", holds: filesIn(fs, root, path) }
  return kind === "other" ? { path, kind, holds: [path] } : undefined
}

function filesIn(fs: FileSystem, root: string, folder: RelPath): readonly RelPath[] {
  const found: RelPath[] = []
  const waiting: string[] = [folder]
  for (let path = waiting.pop(); path !== undefined && found.length < MOST_FILES; path = waiting.pop()) {
    if (fs.stat(join(root, path))?.kind !== "directory") found.push(path as RelPath)
    else for (const name of fs.list(join(root, path))) waiting.push(`${path}/${name}`)
  }
  return found
}
