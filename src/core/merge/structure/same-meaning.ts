import { Unreadable, type StructureAdapter } from "./model.ts"
import { commentsIn } from "./sides.ts"
import { countOdd } from "./verify.ts"

/** Whether two texts differ in their layout at most: the same values, the same comments. */
export function sameMeaning(adapter: StructureAdapter, a: string, b: string): boolean {
  try {
    const [left, right] = [adapter.parse(a), adapter.parse(b)]
    const values = ({ docs }: typeof left): string => JSON.stringify(docs.map(({ canon }) => canon))
    // What cannot be looked into may mean something else with other blanks.
    if (countOdd(left) + countOdd(right) > 0) return false
    return values(left) === values(right) && asides(a) === asides(b)
  } catch (error) {
    if (error instanceof Unreadable) return false
    throw error
  }
}

/** Comments, wherever they stand, and directives. */
function asides(text: string): string {
  return JSON.stringify([commentsIn(text).toSorted(), text.match(/^%.*$/gm)])
}
