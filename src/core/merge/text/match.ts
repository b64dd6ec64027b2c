/** For each line of `a` the index of its counterpart in `b`, or -1. Indices rise; counterparts are equal lines. */
export type LineMatch = Int32Array

/** A place where `b` differs from `a`: lines [aStart, aEnd) of `a` became lines [bStart, bEnd) of `b`. */
export interface Hunk {
  readonly aStart: number
  readonly aEnd: number
  readonly bStart: number
  readonly bEnd: number
}

/** The hunks of a match, in order; `bLength` is the number of lines of `b`. */
export function hunksOf(match: LineMatch, bLength: number): readonly Hunk[] {
  const hunks: Hunk[] = []
  let aStart = 0
  let bStart = 0
  for (let a = 0; a <= match.length; a++) {
    const b = a < match.length ? match[a]! : bLength
    if (b < 0) continue
    if (a > aStart || b > bStart) hunks.push({ aStart, aEnd: a, bStart, bEnd: b })
    aStart = a + 1
    bStart = b + 1
  }
  return hunks
}
