import type { LineMatch } from "./match.ts"
import { longestCommonSubsequence } from "./myers.ts"
import { slideHunks } from "./slide-hunks.ts"

/** Matches the lines of two texts, with as few changed lines as possible. */
export function matchLines(a: readonly string[], b: readonly string[]): LineMatch {
  const [aIds, bIds] = numberLines(a, b)
  const match = new Int32Array(a.length).fill(-1)

  let start = 0
  while (start < a.length && start < b.length && aIds[start] === bIds[start]) match[start] = start++
  let aEnd = a.length
  let bEnd = b.length
  while (aEnd > start && bEnd > start && aIds[aEnd - 1] === bIds[bEnd - 1]) match[--aEnd] = --bEnd

  // A line that the other side does not have can match nothing. Without these, two texts with little in common, which
  // cost Myers' algorithm the most, become nearly empty.
  const aRest = sharedIndices(aIds, start, aEnd, new Set(bIds))
  const bRest = sharedIndices(bIds, start, bEnd, new Set(aIds))
  const pairs = longestCommonSubsequence(
    aRest.map((index) => aIds[index]!),
    bRest.map((index) => bIds[index]!),
  )
  pairs.forEach((target, index) => {
    if (target >= 0) match[aRest[index]!] = bRest[target]!
  })
  return slideHunks(match, aIds, bIds)
}

/** Equal lines get equal numbers: comparing numbers is what the algorithm spends its time on. */
function numberLines(a: readonly string[], b: readonly string[]): readonly [Int32Array, Int32Array] {
  const numbers = new Map<string, number>()
  const number = (line: string): number => {
    const known = numbers.get(line)
    if (known !== undefined) return known
    numbers.set(line, numbers.size)
    return numbers.size - 1
  }
  return [Int32Array.from(a, number), Int32Array.from(b, number)]
}

function sharedIndices(ids: Int32Array, start: number, end: number, other: ReadonlySet<number>): Int32Array {
  const indices: number[] = []
  for (let index = start; index < end; index++) if (other.has(ids[index]!)) indices.push(index)
  return Int32Array.from(indices)
}
