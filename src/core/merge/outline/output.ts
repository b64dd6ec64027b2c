import type { MergeSegment } from "../formats/merge-format.ts"
import { textOf } from "../text/lines.ts"
import { indentOf, linesOfEntry, type Entry } from "./outline.ts"

/** Collects the result of a merge. */
export interface Output {
  agreed(lines: readonly string[]): void
  conflict(base: readonly string[], ours: readonly string[], theirs: readonly string[], line: number): void
  segments(): readonly MergeSegment[]
}

export function output(): Output {
  const segments: MergeSegment[] = []
  return {
    agreed: (lines) => {
      if (lines.length === 0) return
      const last = segments.at(-1)
      const text = textOf(lines)
      if (last?.kind === "agreed") segments[segments.length - 1] = { ...last, text: last.text + text }
      else segments.push({ kind: "agreed", text })
    },
    conflict: (base, ours, theirs, line) =>
      void segments.push({ kind: "conflict", base: textOf(base), ours: textOf(ours), theirs: textOf(theirs), line }),
    segments: () => segments,
  }
}

/** Lines of an entry of theirs, indented as `indent` says. */
export function shiftedLines(entry: Entry, indent: string): readonly string[] {
  return shifted(linesOfEntry(entry), indentOf(entry), indent)
}

export function shifted(lines: readonly string[], from: string, to: string): readonly string[] {
  if (from === to) return lines
  return lines.map((line) => (line.startsWith(from) && line.trim() !== "" ? to + line.slice(from.length) : line))
}

/** Whether two entries are written alike, however deep they stand. */
export function sameWriting(a: Entry, b: Entry): boolean {
  return textOf(shiftedLines(a, "")) === textOf(shiftedLines(b, ""))
}

/** Whether two entries differ in blanks at most. */
export function sameButBlanks(a: Entry, b: Entry): boolean {
  return squeezed(a) === squeezed(b)
}

function squeezed(entry: Entry): string {
  return linesOfEntry(entry)
    .map((line) => line.replace(/\s+/g, ""))
    .join("\n")
}

/** The words of a text: what a merge may put together in another way, but must not lose. */
export function wordsOf(text: string): readonly string[] {
  return text.match(/[^\s"'`,;:=()[\]{}]+/g) ?? []
}
