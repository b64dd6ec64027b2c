import type { MergedPiece } from "../model/change.ts"
import type { ConflictSegment, MergeResult, MergeSegment } from "./formats/merge-format.ts"
import { linesOf } from "./text/lines.ts"
import type { ConflictStyle, MergeLabels } from "./merge-input.ts"

/** A merged text, with the places worth telling: what came in, and what is still open. */
export interface SettledText {
  readonly text: string
  readonly merged: readonly MergedPiece[]
  /** Empty with the styles "ours" and "theirs", which leave nothing open. */
  readonly open: readonly OpenPlace[]
}

export interface OpenPlace {
  readonly at: string
  readonly segment: ConflictSegment
}

/**
 * Makes one text of segments. Conflicts become markers with base (the form of git's zdiff3), or with the styles "ours"
 * and "theirs" that side. For "sidecar" the text is of no use, but the open places name lines of ours.
 */
export function settleSegments(
  { segments, pieces, kept = [] }: MergeResult,
  style: ConflictStyle,
  labels: MergeLabels,
): SettledText {
  const merged: MergedPiece[] = [...kept, ...(pieces ?? [])]
  const open: OpenPlace[] = []
  let text = ""
  let line = 1
  for (const segment of segments) {
    const piece = settledPiece(segment, style, labels)
    const count = linesOf(piece).length
    if (segment.kind === "conflict") {
      const place = segment.at ?? (style === "sidecar" ? placeInOurs(segment) : lineSpan(line, count))
      if (style === "ours" || style === "theirs") merged.push({ at: place, from: style })
      else open.push({ at: place, segment })
    } else if (segment.from === "theirs" && pieces === undefined) {
      merged.push({ at: lineSpan(line, count), from: "theirs" })
    }
    text += piece
    line += count
  }
  return { text, merged, open }
}

function settledPiece(segment: MergeSegment, style: ConflictStyle, labels: MergeLabels): string {
  if (segment.kind === "agreed") return segment.text
  if (style === "ours" || style === "theirs") return segment[style]
  const base = segment.base === null ? "" : `||||||| ${labels.base}\n${segment.base}`
  return `<<<<<<< ${labels.ours}\n${segment.ours}${base}=======\n${segment.theirs}>>>>>>> ${labels.theirs}\n`
}

function placeInOurs(segment: ConflictSegment): string {
  return lineSpan(segment.line, linesOf(segment.ours).length)
}

/** `lines 12-14`; for no lines at all, the line that the place is in front of. */
function lineSpan(first: number, count: number): string {
  return `lines ${first}-${first + Math.max(count, 1) - 1}`
}
