import type { Item, Node } from "./model.ts"

/** What stands around a member between brackets. */
export interface DelimPart {
  /** Blanks and comments in front of it. */
  readonly before: string
  /** The comma, when there is one, and a comment on the same line. */
  readonly after: string
  /** `after` as it is written. */
  readonly written: string
  /** The comma does not follow the value at once. */
  readonly odd: boolean
}

/** Cuts the text between the members of a container; `end` is what follows the last, with the closing bracket. */
export function delimParts(text: string, node: Node): { readonly items: readonly DelimPart[]; readonly end: string } {
  let at = node.start + 1
  const items = node.items.map((item, index) => {
    const before = text.slice(at, item.start)
    const limit = node.items[index + 1]?.start ?? node.end - 1
    at = endOfPart(text, item.end, limit)
    // The comma comes first: what is in front of it is a comment at most.
    const written = text.slice(item.end, at)
    const after = /^[ \t]*,/.test(written) ? written.trimStart() : written
    const isLast = index === node.items.length - 1
    return { before, after, written, odd: !after.startsWith(",") && (!isLast || written.includes(",")) }
  })
  return { items, end: text.slice(at, node.end) }
}

/** The number of each member. */
export function placesOf({ items }: Node): ReadonlyMap<Item, number> {
  return new Map(items.map((item, index) => [item, index]))
}

/** Behind the comma and the comment that follows on its line, when the line ends there. */
function endOfPart(text: string, from: number, limit: number): number {
  const gap = text.slice(from, limit)
  const comma = /^(?:\s|\/\/[^\n]*\n|\/\*[^]*?\*\/|#[^\n]*\n)*?,/.exec(gap)
  const behind = comma === null ? 0 : comma[0].length
  const comment = /^[ \t]*(?:\/\/[^\n]*|#[^\n]*|\/\*(?:[^*\n]|\*(?!\/))*\*\/[ \t]*)(?=\n|$)/.exec(gap.slice(behind))
  return from + behind + (comment === null ? 0 : comment[0].length)
}
