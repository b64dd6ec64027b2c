import type { Part } from "../merge/formats/part.ts"
import { joinSteps } from "../merge/structure/key-path.ts"
import { stepsOf } from "./key-pattern.ts"

/** A place that is not as it should be. */
export interface PlaceDeviation {
  /** Key path as people read it. */
  readonly at: string
  readonly steps: readonly string[]
  /** Absent: it should not be there. */
  readonly expected?: Part
  /** Absent: it is not there. */
  readonly found?: Part
  /** Line in the text that was found: of the place, or of what it should be in. */
  readonly line?: number
}

export interface PlaceRules {
  /** Whether the place, or something that it is in, has to be as expected. */
  readonly isLocked: (steps: readonly string[], own: ReadonlySet<number>) => boolean
  /** What of a place that is wholly missing or too much is told apart: places of other groups. */
  readonly groupOf?: (steps: readonly string[]) => unknown
}

/** Where a place is in. */
interface Above {
  readonly names: readonly string[]
  /** Which of the steps are items that only the found side has. */
  readonly own: ReadonlySet<number>
  readonly line: number | undefined
}

interface Pair {
  readonly expected?: Part
  readonly found?: Part
}

/** The locked places in which what a file says differs from what it should say, as deep as they can be told. */
export function comparePlaces(
  expected: readonly Part[],
  found: readonly Part[],
  { isLocked, groupOf = () => undefined }: PlaceRules,
): readonly PlaceDeviation[] {
  return within(expected, found, { names: [], own: new Set(), line: undefined })

  function within(should: readonly Part[], is: readonly Part[], above: Above): readonly PlaceDeviation[] {
    return pairsOf(should, is).flatMap((pair) => at(pair, above))
  }

  function at(pair: Pair, above: Above): readonly PlaceDeviation[] {
    const [should, is] = [pair.expected, pair.found]
    if (should?.canon === is?.canon && should?.id === is?.id) return []
    const name = (is ?? should)!.name
    const names = [...above.names, name]
    const here = is?.lines[0] ?? above.line
    const steps = stepsOf(joinSteps(names))
    const isOwn = should === undefined && name.startsWith("[")
    const own = isOwn ? new Set([...above.own, steps.length - 1]) : above.own
    const inside = within(should?.parts ?? [], is?.parts ?? [], { names, own, line: here })
    if (!isLocked(steps, own)) return inside
    const place = { at: joinSteps(names), steps, ...pair, ...(here === undefined ? {} : { line: here }) }
    const isOnBoth = should?.parts !== undefined && is?.parts !== undefined && should.parts.length * is.parts.length > 0
    if (isOnBoth) return inside.length > 0 && !isReordered(should.parts, is.parts) ? inside : [place]
    const groups = new Set([groupOf(steps), ...inside.map((each) => groupOf(each.steps))])
    return groups.size > 1 ? inside : [place]
  }
}

/** Items of a list in another order are another list; keys may stand in any order. */
function isReordered(expected: readonly Part[], found: readonly Part[]): boolean {
  if (expected[0]?.name.startsWith("[") !== true || !isNamed(expected) || !isNamed(found)) return false
  const known = new Set(found.map(({ id }) => id))
  const common = expected.filter(({ id }) => known.has(id))
  const wanted = new Set(common.map(({ id }) => id))
  return found.filter(({ id }) => wanted.has(id)).some(({ id }, index) => common[index]!.id !== id)
}

function isNamed(parts: readonly Part[]): boolean {
  return parts.every(({ id }) => id !== "") && new Set(parts.map(({ id }) => id)).size === parts.length
}

/** By name; where nothing names them, or a name is there twice, by their order. */
function pairsOf(expected: readonly Part[], found: readonly Part[]): readonly Pair[] {
  if (!isNamed(expected) || !isNamed(found)) {
    const longest = expected.length > found.length ? expected : found
    return longest.map((_, index) => pairOf(expected[index], found[index]))
  }
  const [wanted, there] = [new Set(expected.map(({ id }) => id)), new Map(found.map((part) => [part.id, part]))]
  return [
    ...expected.map((part) => pairOf(part, there.get(part.id))),
    ...found.filter(({ id }) => !wanted.has(id)).map((part) => pairOf(undefined, part)),
  ]
}

function pairOf(expected: Part | undefined, found: Part | undefined): Pair {
  return { ...(expected && { expected }), ...(found && { found }) }
}
