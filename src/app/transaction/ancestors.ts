import { relPathOf, type RelPath } from "../../core/model/path.ts"

/** The folders that a path lies in, outermost first, without the root: `a/b/c` gives `a` and `a/b`. */
export function ancestors(path: RelPath): readonly RelPath[] {
  const segments = path.split("/").slice(0, -1)
  return segments.map((_segment, index) => relPathOf(segments.slice(0, index + 1).join("/")))
}
