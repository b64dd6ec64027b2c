import { isAbsolute, join, relative, sep } from "node:path"
import type { ObstacleKind } from "../../core/model/conflict.ts"
import type { FileSystem } from "../ports/file-system.ts"

export interface FolderProblem {
  readonly kind: ObstacleKind
  readonly reason: string
}

/** Why nothing can be put into `folder`, a path below `root` (real); undefined where it is a folder or can be made. */
export function folderProblem(fs: FileSystem, root: string, folder: string): FolderProblem | undefined {
  const path = join(root, folder)
  const kind = fs.stat(path)?.kind
  if (kind === undefined || kind === "directory") return undefined
  if (kind !== "link") return { kind, reason: `${folder} is a ${kind}` }
  const real = fs.realPath(path)
  if (real === null || fs.stat(real)?.kind !== "directory")
    return { kind, reason: `${folder} is a link that leads to no folder` }
  const inside = relative(root, real)
  const segments = inside.split(sep)
  if (isAbsolute(inside) || segments[0] === "..") return { kind, reason: `${folder} is a link that leaves the project` }
  return segments.includes(".git") ? { kind, reason: `${folder} is a link into git's folder` } : undefined
}
