import type { MergeSegment } from "../formats/merge-format.ts"
import { linesOf } from "../text/lines.ts"

/** A result under construction: text that is settled, and places that a person has to settle. */
export type Rope = readonly Chunk[]
export type Chunk = TextChunk | OpenChunk

export interface TextChunk {
  readonly kind: "text"
  readonly text: string
}

/** The sides of an open place are no whole lines yet: `segmentsOf` fills them up. */
export interface OpenChunk {
  readonly kind: "open"
  readonly ours: string
  readonly base: string
  readonly theirs: string
  readonly at: string
  /** It only makes sense with the next open place: the two are one conflict. */
  readonly joined?: boolean
}

export function plain(text: string): Rope {
  return text === "" ? [] : [{ kind: "text", text }]
}

/** The text with ours at all open places. */
export function oursText(rope: Rope): string {
  return rope.map((chunk) => (chunk.kind === "text" ? chunk.text : chunk.ours)).join("")
}

/** Cuts blanks, and blank lines, off the front. */
export function trimFront(rope: Rope, pattern: RegExp): Rope {
  const [first, ...rest] = rope
  if (first === undefined || first.kind !== "text") return rope
  const text = first.text.replace(pattern, "")
  if (text === "") return trimFront(rest, pattern)
  return [{ ...first, text }, ...rest]
}

interface Draft {
  joined: boolean
  ours: string
  base: string
  theirs: string
  at: string[]
}

/** The rope as whole lines. What stands on one line with an open place becomes part of it; two on a line become one. */
export function segmentsOf(rope: Rope): readonly MergeSegment[] {
  const segments: MergeSegment[] = []
  let settled = ""
  let draft: Draft | undefined
  let line = 1
  const settle = (): void => {
    if (settled !== "") segments.push({ kind: "agreed", text: settled })
    line += linesOf(settled).length
    settled = ""
  }
  const close = (): void => {
    if (draft === undefined) return
    const { ours, base, theirs, at } = draft
    const sides = { ours: wholeLines(ours), base: wholeLines(base), theirs: wholeLines(theirs) }
    segments.push({ kind: "conflict", ...sides, line, at: at.join(", ") })
    line += linesOf(ours).length
    draft = undefined
  }
  for (const chunk of rope) {
    if (chunk.kind === "open") {
      if (draft === undefined) {
        const cut = settled.lastIndexOf("\n") + 1
        const prefix = settled.slice(cut)
        settled = settled.slice(0, cut)
        settle()
        draft = { joined: false, ours: prefix, base: prefix, theirs: prefix, at: [] }
      }
      draft.ours += chunk.ours
      draft.base += chunk.base
      draft.theirs += chunk.theirs
      draft.joined = chunk.joined === true
      if (!draft.at.includes(chunk.at)) draft.at.push(chunk.at)
      if (!draft.joined && endsLine(draft.ours) && endsLine(draft.base) && endsLine(draft.theirs)) close()
      continue
    }
    if (draft === undefined) {
      settled += chunk.text
      continue
    }
    const cut = draft.joined ? 0 : chunk.text.indexOf("\n") + 1
    const suffix = cut === 0 ? chunk.text : chunk.text.slice(0, cut)
    draft.ours += suffix
    draft.base += suffix
    draft.theirs += suffix
    if (cut > 0) {
      close()
      settled = chunk.text.slice(cut)
    }
  }
  close()
  settle()
  return segments
}

function endsLine(text: string): boolean {
  return text === "" || text.endsWith("\n")
}

/** A side that holds nothing but the blanks in front of the place holds nothing. */
function wholeLines(text: string): string {
  const last = text.lastIndexOf("\n") + 1
  const lines = text.slice(last).trim() === "" ? text.slice(0, last) : `${text}\n`
  return lines.trim() === "" ? "" : lines
}
