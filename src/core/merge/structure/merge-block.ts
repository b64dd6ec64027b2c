import { diff3, type LineRange } from "../text/diff3.ts"
import { linesOf, textOf } from "../text/lines.ts"
import type { Block } from "./model.ts"
import { plain, type Chunk, type Rope } from "./rope.ts"

/**
 * Merges texts of several lines within a file line by line; `at` is their place. The rope is whole lines from the header
 * on, the block what they say with ours where lines clash. undefined where the texts are of different kinds.
 */
export function mergeBlock(
  base: Block,
  ours: Block,
  theirs: Block,
  at: string,
): { readonly rope: Rope; readonly block: Block } | undefined {
  if (base.header !== theirs.header && ours.header !== base.header && ours.header !== theirs.header) return undefined
  const header = base.header === ours.header ? theirs.header : ours.header
  // An explicit indentation in the header counts columns: with another one the lines would have to move.
  if (/\d/.test(header)) return undefined
  const [b, o, t] = [linesOf(base.body), linesOf(ours.body), linesOf(theirs.body)]
  const indent = " ".repeat(ours.indent)
  const cut = (lines: readonly string[], { start, end }: LineRange): readonly string[] => lines.slice(start, end)
  const written = (lines: readonly string[]): string =>
    textOf(lines.map((line) => (line.trim() === "" ? line : indent + line)))
  const merged: string[] = []
  const chunks = diff3(b, o, t).map((region): Chunk => {
    const [was, mine, other] = [cut(b, region.base), cut(o, region.ours), cut(t, region.theirs)]
    const lines = region.kind === "theirs" ? other : mine
    merged.push(...lines)
    return region.kind === "conflict"
      ? { kind: "open", base: written(was), ours: written(mine), theirs: written(other), at }
      : { kind: "text", text: written(lines) }
  })
  const rope = [...plain(`${header}\n`), ...chunks]
  return { rope, block: { ...ours, header, body: textOf(merged) } }
}
