/**
 * A longest common subsequence of two number lists: for each item of `a` the index of its partner in `b`, or -1.
 * Linear space: E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986), section 4b.
 */
export function longestCommonSubsequence(a: Int32Array, b: Int32Array): Int32Array {
  const match = new Int32Array(a.length).fill(-1)
  const size = a.length + b.length + 8
  const workspace = { forward: new Int32Array(size), backward: new Int32Array(size) }
  // A list instead of recursion: the depth can reach the number of differences.
  const open: Box[] = [{ aStart: 0, aEnd: a.length, bStart: 0, bEnd: b.length }]
  for (let box = open.pop(); box !== undefined; box = open.pop()) {
    let { aStart, aEnd, bStart, bEnd } = box
    while (aStart < aEnd && bStart < bEnd && a[aStart] === b[bStart]) match[aStart++] = bStart++
    while (aStart < aEnd && bStart < bEnd && a[aEnd - 1] === b[bEnd - 1]) match[--aEnd] = --bEnd
    if (aStart === aEnd || bStart === bEnd) continue
    const snake = middleSnake(a, b, { aStart, aEnd, bStart, bEnd }, workspace)
    for (let step = 0; step < snake.length; step++) match[snake.a + step] = snake.b + step
    open.push({ aStart, aEnd: snake.a, bStart, bEnd: snake.b })
    open.push({ aStart: snake.a + snake.length, aEnd, bStart: snake.b + snake.length, bEnd })
  }
  return match
}

interface Box {
  readonly aStart: number
  readonly aEnd: number
  readonly bStart: number
  readonly bEnd: number
}

interface Snake {
  readonly a: number
  readonly b: number
  readonly length: number
}

interface Workspace {
  readonly forward: Int32Array
  readonly backward: Int32Array
}

/** The run of equal items (maybe empty) in the middle of a shortest edit: searched from both ends at once. */
function middleSnake(a: Int32Array, b: Int32Array, box: Box, { forward, backward }: Workspace): Snake {
  const { aStart, aEnd, bStart, bEnd } = box
  const n = aEnd - aStart
  const m = bEnd - bStart
  const delta = n - m
  const odd = (delta & 1) !== 0
  const zero = ((n + m + 1) >> 1) + 2

  for (let d = 0; ; d++) {
    const lowest = d <= m ? -d : -m + ((d - m) & 1)
    const highest = d <= n ? d : n - ((d - n) & 1)
    for (const reached of [forward, backward]) {
      reached[zero - d - 1] = OUTSIDE
      reached[zero + d + 1] = OUTSIDE
      const ahead = reached === forward
      for (let k = lowest; k <= highest; k += 2) {
        const from = d === 0 ? 0 : stepInside(reached[zero + k - 1]!, reached[zero + k + 1]!, k, n, m)
        let x = from
        if (ahead) while (x >= 0 && x < n && x - k < m && a[aStart + x] === b[bStart + x - k]) x++
        else while (x >= 0 && x < n && x - k < m && a[aEnd - 1 - x] === b[bEnd - 1 - x + k]) x++
        reached[zero + k] = x
        const other = delta - k
        if (ahead && odd && Math.abs(other) < d && x + backward[zero + other]! >= n) {
          return { a: aStart + from, b: bStart + from - k, length: x - from }
        }
        if (!ahead && !odd && Math.abs(other) <= d && x + forward[zero + other]! >= n) {
          return { a: aEnd - x, b: bEnd - x + k, length: x - from }
        }
      }
    }
  }
}

/** Small enough that one step from it is still outside, and that no sum with it looks like a meeting point. */
const OUTSIDE = -2

/** The farthest point on diagonal `k` that one more insertion or deletion reaches without leaving the box. */
function stepInside(below: number, above: number, k: number, n: number, m: number): number {
  const right = below + 1 <= n ? below + 1 : OUTSIDE
  const down = above - k <= m ? above : OUTSIDE
  const from = Math.max(right, down)
  return from < 0 ? OUTSIDE : from
}
