import type { MergeSegment } from "./merge-format.ts"

/** The text of segments with every conflict settled as ours. */
export function settledAsOurs(segments: readonly MergeSegment[]): string {
  return segments.map((segment) => (segment.kind === "agreed" ? segment.text : segment.ours)).join("")
}

export function isClean(segments: readonly MergeSegment[]): boolean {
  return segments.every(({ kind }) => kind === "agreed")
}
