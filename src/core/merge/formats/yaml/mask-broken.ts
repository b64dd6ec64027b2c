import type { Range } from "../../structure/model.ts"

/** A text with something harmless, of the same length, in the places of values that cannot be read. */
export interface Masked {
  readonly text: string
  readonly places: readonly Range[]
}

const KEY = /^(?:[\w.+@/-]+|"[^"\n]*"|'[^'\n]*')[ \t]*:(?=\s)/
const BORDER = /^(?:---|\.\.\.)(?:\s|$)/

/**
 * Masks the values of top-level keys that break the text, such as Jinja without quotes; the other keys can be read then.
 * undefined where that is not all that is broken.
 */
export function maskBroken(text: string, isBroken: (part: string) => boolean): Masked | undefined {
  const places = keysOf(text).flatMap((key): readonly Range[] => {
    const part = text.slice(key.start, key.end)
    return isBroken(part) ? [valueOf(text, key)] : []
  })
  if (places.length === 0 || places.some(([start, end]) => !isIndented(text, start, end))) return undefined
  let masked = ""
  let at = 0
  for (const [start, end] of places) {
    masked += text.slice(at, start) + text.slice(start, end).replace(/\S/g, "_")
    at = end
  }
  return { text: masked + text.slice(at), places }
}

interface Part {
  readonly start: number
  /** Behind the colon. */
  readonly value: number
  readonly end: number
}

/** The top-level keys of a text, each with all lines up to the next one. */
function keysOf(text: string): readonly Part[] {
  const parts: Part[] = []
  let open: Omit<Part, "end"> | undefined
  let start = 0
  const close = (): void => {
    if (open !== undefined) parts.push({ ...open, end: start })
    open = undefined
  }
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const key = KEY.exec(line)
    if (key !== null || BORDER.test(line)) close()
    if (key !== null) open = { start, value: start + key[0].length }
    start += line.length
  }
  close()
  return parts
}

/** Where the value is, without the comments and blank lines in front of the next key. */
function valueOf(text: string, { value, end }: Part): Range {
  const lines = text.slice(value, end).split("\n")
  while (lines.length > 1 && /^(?:#|\s*$)/.test(lines.at(-1)!)) lines.pop()
  const written = lines.join("\n")
  const start = value + written.length - written.trimStart().length
  return [start, Math.max(start, value + written.trimEnd().length)]
}

/** Whether the value stands behind its key: what starts a line may be about the keys below. */
function isIndented(text: string, start: number, end: number): boolean {
  return end > start && text[start - 1] !== "\n" && !/\n\S/.test(text.slice(start, end))
}
