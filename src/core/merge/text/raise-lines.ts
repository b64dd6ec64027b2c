import { pinOf, staysRaised, type Pin } from "../rules/version-pin.ts"

interface PinnedLine {
  readonly line: string
  readonly pin: Pin
}

/**
 * The lines of the base with the versions set to what theirs lowers them to, wherever ours raised them, so that only ours
 * is a change. Lines that differ in their versions alone are one line; where such a line is there several times, all
 * sides must have it equally often.
 */
export function raiseLines(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
): readonly string[] {
  const [inOurs, inTheirs] = [pinnedLines(ours), pinnedLines(theirs)]
  const result = [...base]
  for (const [shape, lines] of pinnedLines(base)) {
    const [mine, other] = [inOurs.get(shape) ?? [], inTheirs.get(shape) ?? []]
    if (mine.length !== lines.length || other.length !== lines.length) continue
    lines.forEach(({ line, pin, at }, index) => {
      const [o, t] = [mine[index]!, other[index]!]
      if (line === o.line || line === t.line || o.line === t.line) return
      if (staysRaised(pin, o.pin, t.pin)) result[at] = t.line
    })
  }
  return result
}

/** The lines with versions, by all the rest of them. */
function pinnedLines(lines: readonly string[]): ReadonlyMap<string, readonly (PinnedLine & { readonly at: number })[]> {
  const found = new Map<string, (PinnedLine & { readonly at: number })[]>()
  lines.forEach((line, at) => {
    const pin = pinOf(line)
    if (pin === undefined) return
    found.set(pin.shape, [...(found.get(pin.shape) ?? []), { line, pin, at }])
  })
  return found
}
