import { matchLines } from "./line-diff.ts"
import { hunksOf } from "./match.ts"
import type { LineEnd, TextFile } from "./text-file.ts"

/**
 * Puts merged lines into the form of the team's file. A line of theirs keeps its end, a line that replaces one takes
 * over its end, and a new one gets the end that most of their lines have (of the template's, where they have none).
 */
export function inFormOf(ours: TextFile, lines: readonly string[], finalNewline: boolean, theirs: TextFile): TextFile {
  const usual = usualEnd(ours.ends) ?? usualEnd(theirs.ends) ?? "\n"
  const mixed = ours.ends.includes("\n") && ours.ends.includes("\r\n")
  const kept = mixed ? keptEnds(ours, lines) : []
  const ends = lines.map((_, index): LineEnd => kept[index] || usual)
  if (!finalNewline && ends.length > 0) ends[ends.length - 1] = ""
  return { encoding: ours.encoding, bom: ours.bom, lines, ends }
}

function usualEnd(ends: readonly LineEnd[]): LineEnd | undefined {
  const windows = ends.filter((end) => end === "\r\n").length
  const unix = ends.filter((end) => end === "\n").length
  if (windows + unix === 0) return undefined
  return windows > unix ? "\r\n" : "\n"
}

function keptEnds(ours: TextFile, lines: readonly string[]): readonly (LineEnd | undefined)[] {
  const match = matchLines(ours.lines, lines)
  const ends: (LineEnd | undefined)[] = []
  match.forEach((target, index) => {
    if (target >= 0) ends[target] = ours.ends[index]
  })
  for (const { aStart, aEnd, bStart, bEnd } of hunksOf(match, lines.length)) {
    for (let step = 0; step < Math.min(aEnd - aStart, bEnd - bStart); step++) {
      ends[bStart + step] = ours.ends[aStart + step]
    }
  }
  return ends
}
