import { join, relative, sep } from "node:path"
import { pathProblem, type RelPath } from "../core/model/path.ts"
import type { FileSystem } from "./ports/file-system.ts"

/** Names of folders that hold nothing a team wrote. */
export const GENERATED: ReadonlySet<string> = new Set([
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
/** The project's files, at most about so many of them, without those that tools have made. */
export function filesBelow(fs: FileSystem, root: string, most = Infinity): RelPath[] {
  const found: RelPath[] = []
  const folders = [root]
  for (let folder = folders.pop(); folder !== undefined && found.length < most; folder = folders.pop()) {
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
