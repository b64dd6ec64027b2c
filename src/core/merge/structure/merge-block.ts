import { diff3 } from "../text/diff3.ts"
import { linesOf, textOf } from "../text/lines.ts"
import type { Block } from "./model.ts"

/** Merges texts of several lines within a file line by line; undefined where they conflict. */
export function mergeBlock(
  base: Block,
  ours: Block,
  theirs: Block,
): { readonly text: string; readonly block: Block } | undefined {
  if (base.header !== theirs.header && ours.header !== base.header && ours.header !== theirs.header) return undefined
  const header = base.header === ours.header ? theirs.header : ours.header
  // An explicit indentation in the header counts columns: with another one the lines would have to move.
  if (/\d/.test(header)) return undefined
  const [b, o, t] = [linesOf(base.body), linesOf(ours.body), linesOf(theirs.body)]
  const regions = diff3(b, o, t)
  if (regions.some(({ kind }) => kind === "conflict")) return undefined
  const lines = regions.flatMap((region) =>
    region.kind === "theirs"
      ? t.slice(region.theirs.start, region.theirs.end)
      : o.slice(region.ours.start, region.ours.end),
  )
  const indent = " ".repeat(ours.indent)
  const body = lines.map((line) => (line.trim() === "" ? line : indent + line))
  return { text: [header, ...body].join("\n"), block: { ...ours, header, body: textOf(lines) } }
}
