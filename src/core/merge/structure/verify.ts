import { Unreadable, type Node, type Tree } from "./model.ts"
import { commentsIn, type Sides } from "./sides.ts"

/**
 * Whether a merged text means what was decided, and has all that ours wrote around the values. This is what makes a bug
 * of the merge a needless conflict, and not a wrong file.
 */
export function isSound(sides: Sides, text: string, canons: readonly string[]): boolean {
  const result = read(sides, text)
  return (
    result !== undefined &&
    result.docs.length === canons.length &&
    result.docs.every((node, index) => node.canon === canons[index]) &&
    keepsComments(sides, text) &&
    keepsReferences(sides, result)
  )
}

/** Whether a text that was merged line by line is still one of the format, with no key twice that was there once. */
export function isReadable(sides: Sides, text: string): boolean {
  const result = read(sides, text)
  const most = Math.max(...[sides.ours, sides.theirs].map(countOdd))
  return result !== undefined && keepsReferences(sides, result) && countOdd(result) <= most
}

function read({ adapter }: Sides, text: string): Tree | undefined {
  try {
    return adapter.parse(text)
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

function keepsReferences({ adapter, base, ours, theirs }: Sides, result: Tree): boolean {
  return adapter.keepsReferences?.(base, ours, theirs, result) ?? true
}

/** How much of a text cannot be looked into, or is there twice. */
export function countOdd({ docs }: Tree): number {
  const inNode = ({ kind, items }: Node): number =>
    items.reduce(
      (sum, { node, repeated }) => sum + (repeated === true ? 1 : 0) + inNode(node),
      kind === "opaque" ? 1 : 0,
    )
  return docs.reduce((sum, node) => sum + inNode(node), 0)
}

/** Comments that only ours has, as often as ours has them, and those that all sides have. */
function keepsComments({ base, ours, theirs }: Sides, text: string): boolean {
  const [was, is, will, now] = [base.text, ours.text, theirs.text, text].map(count)
  return [...is!].every(([comment, times]) => {
    const [before, after] = [was!.get(comment) ?? 0, now!.get(comment) ?? 0]
    return after >= times - before && (after > 0 || before === 0 || !will!.has(comment))
  })
}

function count(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const comment of commentsIn(text)) counts.set(comment, (counts.get(comment) ?? 0) + 1)
  return counts
}
