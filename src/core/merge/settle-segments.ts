import type { ConflictSegment, MergeResult, MergeSegment } from "./formats/merge-format.ts"
import { linesOf } from "./text/lines.ts"
import type { ConflictStyle, MergeLabels } from "./merge-input.ts"

/** A merged text, with the places that are still open: none with the styles "ours" and "theirs". */
export interface SettledText {
  readonly text: string
  readonly open: readonly OpenPlace[]
}

export interface OpenPlace {
  /** First and last line, from 1: of the text with the markers, or with "sidecar" of ours. */
  readonly lines: readonly [first: number, last: number]
  readonly segment: ConflictSegment
}

/**
 * Makes one text of segments. Conflicts become markers with base (the form of git's zdiff3), or with the styles "ours"
 * and "theirs" that side. For "sidecar" the text is of no use, but the open places name lines of ours.
 */
export function settleSegments({ segments }: MergeResult, style: ConflictStyle, labels: MergeLabels): SettledText {
  const open: OpenPlace[] = []
  let text = ""
  let line = 1
  for (const segment of segments) {
    const piece = settledPiece(segment, style, labels)
    const count = linesOf(piece).length
    if (segment.kind === "conflict" && style !== "ours" && style !== "theirs") {
      const lines = style === "sidecar" ? linesInOurs(segment) : span(line, count)
      open.push({ lines, segment })
    }
    text += piece
    line += count
  }
  return { text, open }
}

/** The lines of the place in ours; where it has none, the line that the place is in front of. */
export function linesInOurs({ line, ours }: ConflictSegment): OpenPlace["lines"] {
  return span(line, linesOf(ours).length)
}

function settledPiece(segment: MergeSegment, style: ConflictStyle, labels: MergeLabels): string {
  if (segment.kind === "agreed") return segment.text
  if (style === "ours" || style === "theirs") return segment[style]
  const base = segment.base === null ? "" : `||||||| ${labels.base}\n${segment.base}`
  return `<<<<<<< ${labels.ours}\n${segment.ours}${base}=======\n${segment.theirs}>>>>>>> ${labels.theirs}\n`
}

function span(first: number, count: number): OpenPlace["lines"] {
  return [first, first + Math.max(count, 1) - 1]
}
