import { sameLines } from "./lines.ts"

type Lines = readonly string[]

export interface CommentPart {
  readonly lines: Lines
  readonly from: "ours" | "theirs"
}

/**
 * Puts together comment and blank lines that both sides changed at one place, where neither speaks against the other:
 * new lines of both, or lines that one side only put something around. undefined where both rewrote the same.
 */
export function bothComments(base: Lines, ours: Lines, theirs: Lines): readonly CommentPart[] | undefined {
  const part = (lines: Lines, from: "ours" | "theirs"): CommentPart => ({ lines, from })
  if ([base, ours, theirs].every((lines) => lines.every(isBlank))) return [part(ours, "ours")]
  if (base.every(isBlank)) {
    // A blank line of theirs would only part the comments; one that both begin with stays in front of them.
    const gap =
      theirs.findIndex((line) => !isBlank(line)) > 0
        ? Math.max(
            0,
            ours.findIndex((line) => !isBlank(line)),
          )
        : 0
    const added = theirs.filter((comment) => !isBlank(comment) && !ours.includes(comment))
    return [part(ours.slice(0, gap), "ours"), part(added, "theirs"), part(ours.slice(gap), "ours")]
  }
  const inOurs = placeOf(base, ours)
  if (inOurs >= 0)
    return [part(ours.slice(0, inOurs), "ours"), part(theirs, "theirs"), part(ours.slice(inOurs + base.length), "ours")]
  const inTheirs = placeOf(base, theirs)
  if (inTheirs < 0) return undefined
  return [
    part(theirs.slice(0, inTheirs), "theirs"),
    part(ours, "ours"),
    part(theirs.slice(inTheirs + base.length), "theirs"),
  ]
}

/** Where `part` stands in `whole`, line by line and without a gap; -1 when it does not. */
function placeOf(part: Lines, whole: Lines): number {
  for (let start = 0; start + part.length <= whole.length; start++) {
    if (sameLines(whole.slice(start, start + part.length), part)) return start
  }
  return -1
}

function isBlank(line: string): boolean {
  return line.trim() === ""
}
