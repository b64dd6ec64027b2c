import { join } from "node:path"
import { type Diagnostic, problem } from "../../core/model/diagnostic.ts"
import type { Lock } from "../../core/model/lock.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { FileSystem } from "../ports/file-system.ts"

/** Each file in which an update left a conflict that nobody has resolved, and what to do. */
export function unresolvedConflicts(fs: FileSystem, root: string, lock: Lock): Diagnostic[] {
  return unresolvedPaths(fs, root, lock).map((path) =>
    problem("unresolved", `${path} still has the conflict of the last update`, {
      file: path,
      hint: "decide, remove the markers (or the .theirs file), and commit; `meshwright update --abort` undoes it",
    }),
  )
}

function unresolvedPaths(fs: FileSystem, root: string, lock: Lock): RelPath[] {
  const noted = [...lock.files.values()].flatMap((file) => file.unresolved ?? [])
  return noted.filter((path) => showsConflict(fs, root, path))
}

/** Conflicts show by markers in the file, or by the template's version beside it. */
export function showsConflict(fs: FileSystem, root: string, path: RelPath): boolean {
  return fs.stat(join(root, `${path}.theirs`)) !== null || hasMarkers(fs, join(root, path))
}

function hasMarkers(fs: FileSystem, path: string): boolean {
  const file = fs.read(path)
  if (!file || file.mode === "link") return false
  const text = Buffer.from(file.bytes).toString("latin1")
  return /^<{7} /m.test(text) && /^>{7} /m.test(text)
}
