import { columnOf, indentOf, lineStart } from "./layout.ts"
import { mergeMembers } from "./merge-members.ts"
import { mergeTrivia, triviaLines } from "./merge-trivia.ts"
import { mergeValue } from "./merge-value.ts"
import { delimItem, oursAt, openItem, type MergedItem } from "./merged.ts"
import type { Item, KeyPath, Tree } from "./model.ts"
import { plain, type Rope } from "./rope.ts"
import { adaptedItem, Doubt, isExactlyAlike, isWrittenAlike, type Sides, type Three } from "./sides.ts"
import { styleWithin } from "./style.ts"

/** Merges a member that ours and theirs have. The rope is the item of ours, with its lead. */
export function mergeItem(sides: Sides, path: KeyPath, items: Three<Item>): MergedItem {
  const lead = items.ours.own ? mergeLead(sides, items) : []
  try {
    const { rope, canon, key } = mergeBody(sides, path, items)
    return { rope: [...lead, ...rope], canon, key }
  } catch (error) {
    if (!(error instanceof Doubt)) throw error
    return { rope: [...lead, openItem(sides, path, items)], canon: items.ours.node.canon, key: items.ours.key }
  }
}

function mergeLead(sides: Sides, { base, ours, theirs }: Three<Item>): Rope {
  const line = lineStart(sides.ours.text, ours.start)
  const written = sides.ours.text.slice(ours.lead, line)
  if (base?.own !== true || !theirs.own) return plain(written)
  const [b, o, t] = [leadLines(sides.base, base), leadLines(sides.ours, ours), leadLines(sides.theirs, theirs)]
  return mergeTrivia(b, o, t, written, sides.ours.text.slice(line, ours.start))
}

function leadLines(tree: Tree, item: Item): readonly string[] {
  return triviaLines(tree.text.slice(item.lead, lineStart(tree.text, item.start)))
}

function mergeBody(sides: Sides, path: KeyPath, items: Three<Item>): MergedItem {
  const { base, ours, theirs } = items
  const start = ours.own ? lineStart(sides.ours.text, ours.start) : ours.start
  if (
    (base !== undefined && isWrittenAlike(sides.base, base, sides.theirs, theirs)) ||
    isWrittenAlike(sides.ours, ours, sides.theirs, theirs)
  )
    return { rope: oursAt(sides, [start, ours.end]), canon: ours.node.canon, key: ours.key }
  // Not even blanks at the end of a line: they are ours' to take away.
  if (base !== undefined && ours.inLines === theirs.inLines && isExactlyAlike(sides.base, base, sides.ours, ours)) {
    const text = ours.inLines
      ? adaptedItem(inStyleOf(sides, ours), "theirs", theirs, columnOf(sides.ours.text, ours.start), ours.own)
      : delimItem(sides, "theirs", theirs, indentOf(sides.ours.text, ours.start))
    return { rope: plain(text), canon: theirs.node.canon, key: theirs.key }
  }
  const head = mergeKey(sides, items, start)
  const value = mergeValue(sides, path, items, (nodes) => mergeMembers(sides, path, nodes, mergeItem))
  return { rope: [...head.rope, ...value.rope], canon: value.canon, key: head.key }
}

/** Files can be of several styles: what ours has here says more than the rest. */
function inStyleOf(sides: Sides, item: Item): Sides {
  return { ...sides, ours: { ...sides.ours, style: styleWithin(sides.ours, item) } }
}

/** All before the value's place. A key that theirs renamed is written over; ours' value stays under it. */
function mergeKey(
  sides: Sides,
  { base, ours, theirs }: Three<Item>,
  start: number,
): { readonly rope: Rope; readonly key: string | null } {
  const as = (key: string | null): { readonly rope: Rope; readonly key: string | null } => ({
    rope: oursAt(sides, [start, ours.slot]),
    key,
  })
  if (base === undefined || theirs.key === base.key || theirs.key === ours.key) return as(ours.key)
  if (ours.key !== base.key || ours.keyRange === null || theirs.keyRange === null) throw new Doubt("two names")
  const rope = [
    ...oursAt(sides, [start, ours.keyRange[0]]),
    ...plain(sides.theirs.text.slice(...theirs.keyRange)),
    ...oursAt(sides, [ours.keyRange[1], ours.slot]),
  ]
  return { rope, key: theirs.key }
}
