import { Unreadable, type Tree } from "./model.ts"
import { commentsIn, type Sides } from "./sides.ts"

/**
 * Whether a merged text means what was decided, and has all that ours wrote around the values. This is what makes a bug
 * of the merge a needless conflict, and not a wrong file.
 */
export function isSound(sides: Sides, text: string, canons: readonly string[]): boolean {
  let result: Tree
  try {
    result = sides.adapter.parse(text)
  } catch (error) {
    if (error instanceof Unreadable) return false
    throw error
  }
  return (
    result.docs.length === canons.length &&
    result.docs.every((node, index) => node.canon === canons[index]) &&
    keepsComments(sides, text) &&
    (sides.adapter.keepsReferences?.(sides.base, sides.ours, sides.theirs, result) ?? true)
  )
}

/** Comments that ours has and the base has not, as often as ours has them. */
function keepsComments({ base, ours }: Sides, text: string): boolean {
  const [was, is, now] = [base.text, ours.text, text].map(count)
  return [...is!].every(([comment, times]) => (now!.get(comment) ?? 0) >= times - (was!.get(comment) ?? 0))
}

function count(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const comment of commentsIn(text)) counts.set(comment, (counts.get(comment) ?? 0) + 1)
  return counts
}
