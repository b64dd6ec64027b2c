import { lineStart } from "../../structure/layout.ts"
import type { Node } from "../../structure/model.ts"
import { isComment } from "./comment.ts"

/** Where the lines of a document's root begin: with the comments and blank lines above it, but not before `limit`. */
export function rootStart(text: string, root: Node, limit: number): number {
  let start = lineStart(text, root.items[0]!.start)
  while (start > limit) {
    const before = lineStart(text, start - 1)
    const line = text.slice(before, start)
    if (before < limit || (!isComment(line) && line.trim() !== "")) break
    start = before
  }
  return start
}
