import { rulesOf, type MergeTexts } from "./formats/merge-format.ts"
import { formatOf } from "./formats/index.ts"
import type { Part } from "./formats/part.ts"
import { linesInOurs, type OpenPlace } from "./settle-segments.ts"
import { joinSteps } from "./structure/key-path.ts"
import { linesOf } from "./text/lines.ts"

// A place that touches more than these is better told by its lines.
const MOST_NAMES = 3

/**
 * Where a place is, in words: the key path that the merge knows, or the names of what ours has there (theirs, where ours
 * has nothing), or its lines.
 */
export function namePlace(texts: MergeTexts, { lines, segment }: OpenPlace): string {
  if (segment.at !== undefined && segment.at !== "") return segment.at
  const format = formatOf(texts.path)
  const [side, span] =
    segment.ours.trim() === ""
      ? (["theirs", linesOfText(texts.theirs, segment.theirs)] as const)
      : (["ours", linesInOurs(segment)] as const)
  const parts = span && format.partsOf?.(texts[side], texts.path, rulesOf(texts))
  const names = parts ? namesOfLines(parts, span) : []
  if (names.length > 0 && names.length <= MOST_NAMES && !names.includes("")) return names.join(", ")
  return `lines ${lines[0]}-${lines[1]}`
}

/** What is in these lines: as deep as they are inside of something. */
function namesOfLines(
  parts: readonly Part[],
  [first, last]: OpenPlace["lines"],
  path: readonly string[] = [],
): readonly string[] {
  return parts.flatMap(({ name, lines, parts: inner }) => {
    if (lines[0] > last || lines[1] < first) return []
    const deeper = inner !== undefined && lines[0] < first ? namesOfLines(inner, [first, last], [...path, name]) : []
    return deeper.length > 0 ? deeper : [joinSteps([...path, name])]
  })
}

/** Where `part` stands in `text`, indented in whatever way; undefined when it stands there more than once. */
function linesOfText(text: string, part: string): OpenPlace["lines"] | undefined {
  const [all, wanted] = [linesOf(text), linesOf(part)].map((lines) => lines.map((line) => line.trim()))
  const starts = all!.flatMap((_, start) => (wanted!.every((line, at) => all![start + at] === line) ? [start] : []))
  return starts.length === 1 && wanted!.length > 0 ? [starts[0]! + 1, starts[0]! + wanted!.length] : undefined
}
