import { bothComments } from "../text/both-comments.ts"
import { diff3 } from "../text/diff3.ts"
import { sameLines } from "../text/lines.ts"
import { plain, type Rope } from "./rope.ts"

/**
 * Merges blank lines and comments, given as lines of the three sides without indentation. `written` is what ours has
 * there byte for byte. Comments never block a merge: one that both sides rewrote stays ours'.
 */
export function mergeTrivia(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
  written: string,
  indent: string,
): Rope {
  const [b, o, t] = [base, ours, theirs].map((lines) => lines.map((line) => `${line}\n`).join(""))
  if (b === t || o === t) return plain(written)
  const render = (lines: readonly string[]): Rope =>
    plain(lines.map((line) => (line === "" ? "\n" : `${indent}${line}\n`)).join(""))
  if (b === o) return render(theirs)
  const merged = diff3(base, ours, theirs).flatMap((region) => {
    const [was, mine, other] = [
      base.slice(region.base.start, region.base.end),
      ours.slice(region.ours.start, region.ours.end),
      theirs.slice(region.theirs.start, region.theirs.end),
    ]
    if (region.kind === "conflict") return bothComments(was, mine, other) ?? mine
    return region.kind === "theirs" ? other : mine
  })
  return sameLines(merged, ours) ? plain(written) : render(merged)
}

/** Lines of trivia, trimmed. */
export function triviaLines(text: string): readonly string[] {
  return text === ""
    ? []
    : text
        .replace(/\n$/, "")
        .split("\n")
        .map((line) => line.trim())
}

/** Merges a comment behind a value, given with the blanks in front of it. */
export function mergeTail(base: string | undefined, ours: string, theirs: string): string {
  const same = base === undefined || base.trim() === theirs.trim() || ours.trim() === theirs.trim()
  if (same || base.trim() !== ours.trim()) return ours
  return theirs.trim() === "" ? "" : theirs.trimEnd()
}
