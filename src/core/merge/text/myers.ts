/**
 * A longest common subsequence of two number lists: for each item of `a` the index of its partner in `b`, or -1.
 * Linear space: E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986), section 4b. Where
 * several are equally long it is the one that git finds, so that texts merge as people are used to.
 */
export function longestCommonSubsequence(a: Int32Array, b: Int32Array): Int32Array {
  const match = new Int32Array(a.length).fill(-1)
  const size = a.length + b.length + 3
  const reached: Reached = { forward: new Int32Array(size), backward: new Int32Array(size), zero: b.length + 1 }
  // A list instead of recursion: the depth can reach the number of differences.
  const open: Box[] = [{ aStart: 0, aEnd: a.length, bStart: 0, bEnd: b.length }]
  for (let box = open.pop(); box !== undefined; box = open.pop()) {
    let { aStart, aEnd, bStart, bEnd } = box
    while (aStart < aEnd && bStart < bEnd && a[aStart] === b[bStart]) match[aStart++] = bStart++
    while (aStart < aEnd && bStart < bEnd && a[aEnd - 1] === b[bEnd - 1]) match[--aEnd] = --bEnd
    if (aStart === aEnd || bStart === bEnd) continue
    const [aMiddle, bMiddle] = middle(a, b, { aStart, aEnd, bStart, bEnd }, reached)
    open.push({ aStart, aEnd: aMiddle, bStart, bEnd: bMiddle })
    open.push({ aStart: aMiddle, aEnd, bStart: bMiddle, bEnd })
  }
  return match
}

interface Box {
  readonly aStart: number
  readonly aEnd: number
  readonly bStart: number
  readonly bEnd: number
}

/** The farthest place in `a`, by diagonal (place in `a` minus place in `b`, plus `zero`), from either corner of a box. */
interface Reached {
  readonly forward: Int32Array
  readonly backward: Int32Array
  readonly zero: number
}

const BEFORE_ALL = -1
const BEHIND_ALL = 0x7fff_ffff

/** Where a shortest edit passes the middle of the box: searched from both corners at once, high diagonals first. */
function middle(a: Int32Array, b: Int32Array, box: Box, { forward, backward, zero }: Reached): [number, number] {
  const { aStart, aEnd, bStart, bEnd } = box
  const [lowest, highest] = [aStart - bEnd + zero, aEnd - bStart + zero]
  const [first, last] = [aStart - bStart + zero, aEnd - bEnd + zero]
  const odd = ((first - last) & 1) !== 0
  let [fMin, fMax, bMin, bMax] = [first, first, last, last]
  forward[first] = aStart
  backward[last] = aEnd
  for (;;) {
    // One more diagonal on each side; at the border of the box one less, since they come in steps of two.
    if (fMin > lowest) forward[--fMin - 1] = BEFORE_ALL
    else fMin++
    if (fMax < highest) forward[++fMax + 1] = BEFORE_ALL
    else fMax--
    for (let k = fMax; k >= fMin; k -= 2) {
      let x = Math.max(forward[k - 1]! + 1, forward[k + 1]!)
      let y = x - k + zero
      while (x < aEnd && y < bEnd && a[x] === b[y]) [x, y] = [x + 1, y + 1]
      forward[k] = x
      if (odd && k >= bMin && k <= bMax && backward[k]! <= x) return [x, y]
    }
    if (bMin > lowest) backward[--bMin - 1] = BEHIND_ALL
    else bMin++
    if (bMax < highest) backward[++bMax + 1] = BEHIND_ALL
    else bMax--
    for (let k = bMax; k >= bMin; k -= 2) {
      let x = Math.min(backward[k - 1]!, backward[k + 1]! - 1)
      let y = x - k + zero
      while (x > aStart && y > bStart && a[x - 1] === b[y - 1]) [x, y] = [x - 1, y - 1]
      backward[k] = x
      if (!odd && k >= fMin && k <= fMax && x <= forward[k]!) return [x, y]
    }
  }
}
