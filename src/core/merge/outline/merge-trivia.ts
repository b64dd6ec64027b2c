import { diff3, type LineRange } from "../text/diff3.ts"
import { sameLines } from "../text/lines.ts"
import type { Output } from "./output.ts"

type Lines = readonly string[]

/** Merges the blank and comment lines at one place. `line` is the number in ours of the place. */
export function mergeTrivia(base: Lines, ours: Lines, theirs: Lines, line: number, out: Output): void {
  if (sameLines(ours, theirs) || sameLines(base, theirs)) return out.agreed(ours, author(base, ours, "ours"))
  if (sameLines(base, ours)) return out.agreed(theirs, "theirs")
  for (const region of diff3(base, ours, theirs)) {
    const [b, o, t] = [cut(base, region.base), cut(ours, region.ours), cut(theirs, region.theirs)]
    if (region.kind === "theirs") out.agreed(t, "theirs")
    else if (region.kind !== "conflict") out.agreed(o, region.kind === "same" ? undefined : region.kind)
    else mergeClash(b, o, t, line + region.ours.start, out)
  }
}

/** Comments that the team wrote above an entry that goes. */
export function addedComments(base: Lines, ours: Lines): Lines {
  return ours.filter((line) => line.trim() !== "" && !base.includes(line))
}

function mergeClash(base: Lines, ours: Lines, theirs: Lines, line: number, out: Output): void {
  if ([base, ours, theirs].every((lines) => lines.every(isBlank))) return out.agreed(ours, "ours")
  if (base.every(isBlank)) {
    // Both added: neither comment speaks against the other. A blank line of theirs would only part them.
    out.agreed(
      theirs.filter((comment) => !isBlank(comment) && !ours.includes(comment)),
      "theirs",
    )
    return out.agreed(ours, "ours")
  }
  const inOurs = placeOf(base, ours)
  const inTheirs = placeOf(base, theirs)
  if (inOurs >= 0) {
    out.agreed(ours.slice(0, inOurs), "ours")
    out.agreed(theirs, "theirs")
    return out.agreed(ours.slice(inOurs + base.length), "ours")
  }
  if (inTheirs >= 0) {
    out.agreed(theirs.slice(0, inTheirs), "theirs")
    out.agreed(ours, "ours")
    return out.agreed(theirs.slice(inTheirs + base.length), "theirs")
  }
  return out.conflict(base, ours, theirs, line)
}

/** Where `part` stands in `whole`, line by line and without a gap; -1 when it does not. */
function placeOf(part: Lines, whole: Lines): number {
  for (let start = 0; start + part.length <= whole.length; start++) {
    if (part.every((line, index) => whole[start + index] === line)) return start
  }
  return -1
}

function author(base: Lines, lines: Lines, from: "ours"): "ours" | undefined {
  return sameLines(base, lines) ? undefined : from
}

function isBlank(line: string): boolean {
  return line.trim() === ""
}

function cut(lines: Lines, { start, end }: LineRange): Lines {
  return lines.slice(start, end)
}
