import { sameLines } from "./lines.ts"

type Lines = readonly string[]

/**
 * Puts together comment and blank lines that both sides changed at one place, where neither speaks against the other:
 * new lines of both, or lines that one side only put something around. undefined where both rewrote the same.
 */
export function bothComments(base: Lines, ours: Lines, theirs: Lines): Lines | undefined {
  if ([base, ours, theirs].every((lines) => lines.every(isBlank))) return ours
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
    return [...ours.slice(0, gap), ...added, ...ours.slice(gap)]
  }
  if (!theirs.every(isBlank) && placeOf(theirs, ours) >= 0) return ours
  const inOurs = placeOf(base, ours)
  if (inOurs >= 0) return [...ours.slice(0, inOurs), ...theirs, ...ours.slice(inOurs + base.length)]
  const inTheirs = placeOf(base, theirs)
  if (inTheirs < 0) return undefined
  // Ours may have them already.
  const [head, tail] = [theirs.slice(0, inTheirs), theirs.slice(inTheirs + base.length)]
  const hasHead = sameLines(ours.slice(0, head.length), head)
  const hasTail = sameLines(ours.slice(Math.max(0, ours.length - tail.length)), tail)
  return [...(hasHead ? [] : head), ...ours, ...(hasTail ? [] : tail)]
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
