import { join } from "node:path"
import type { Lock } from "../core/model/lock.ts"
import type { FileSystem } from "./ports/file-system.ts"

/** Files in which an update left a conflict that nobody has resolved: markers in it, or the template's version beside it. */
export function unresolvedPaths(fs: FileSystem, root: string, lock: Lock): string[] {
  return [...lock.files.values()]
    .flatMap((file) => file.unresolved ?? [])
    .filter((path) => fs.stat(join(root, `${path}.theirs`)) !== null || hasMarkers(fs, join(root, path)))
}

function hasMarkers(fs: FileSystem, path: string): boolean {
  const file = fs.read(path)
  if (!file || file.mode === "link") return false
  const text = Buffer.from(file.bytes).toString("latin1")
  return /^<{7} /m.test(text) && /^>{7} /m.test(text)
}
