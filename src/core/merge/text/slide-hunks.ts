import { hunksOf, type LineMatch } from "./match.ts"

/**
 * Moves every pure insertion and deletion down as far as equal lines allow, as git does: where a block repeats the
 * lines around it, several places are equally right, and both sides of a merge have to mean the same one.
 */
export function slideDown(match: LineMatch, a: Int32Array, b: Int32Array): LineMatch {
  const slid = match.slice()
  for (const hunk of hunksOf(match, b.length)) {
    let { aStart, aEnd, bStart, bEnd } = hunk
    if (aStart === aEnd) {
      while (aEnd < a.length && slid[aEnd] === bEnd && b[bStart] === b[bEnd]) {
        slid[aEnd++] = bStart++
        bEnd++
      }
    } else if (bStart === bEnd) {
      while (aEnd < a.length && slid[aEnd] === bEnd && a[aStart] === a[aEnd]) {
        slid[aStart++] = bEnd++
        slid[aEnd++] = -1
      }
    }
  }
  return slid
}
