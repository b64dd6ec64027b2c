import { mergeTail } from "./merge-trivia.ts"
import { columnOf, indentOf } from "./layout.ts"
import { oursAt } from "./merged.ts"
import type { Item, Node, Range } from "./model.ts"
import { plain, type Rope } from "./rope.ts"
import { Doubt, hasNewComments, itemText, type Sides, type Three } from "./sides.ts"

/** The item of ours from its slot on, with theirs' value and ours' way to write it. */
export function takeValue(sides: Sides, items: Three<Item>): Rope {
  const { base, ours, theirs } = items
  const [o, t] = [ours.node, theirs.node]
  if (isShort(o) && isShort(t)) return takeShort(sides, items)
  if (!ours.inLines || !theirs.inLines) throw new Doubt("lines do not go between commas")
  if (!isShort(o) && base !== undefined && hasNewComments(itemText(sides.base, base), itemText(sides.ours, ours)))
    throw new Doubt("a comment of ours in what theirs replaces")
  const tail = tailOf(sides, items)
  if (isShort(t)) {
    const value = valueText(sides, items)
    return [...plain(value === "" ? "" : ` ${value}`), ...plain(`${tail}\n`)]
  }
  const adapt = (range: Range): string =>
    sides.adapter.adapt(sides.theirs, range, t, sides.ours, [
      columnOf(sides.theirs.text, theirs.start),
      columnOf(sides.ours.text, ours.start),
    ])
  if (t.block !== undefined) {
    if (tail.trim() !== "") throw new Doubt("a comment on the line of a text block")
    return [...plain(adapt([theirs.slot, theirs.end]))]
  }
  const compact = t.items[0]?.own === false
  if (compact) {
    if (tail.trim() !== "") throw new Doubt("a comment behind the dash")
    return plain(adapt([theirs.slot, theirs.end]))
  }
  return [
    ...plain(sides.theirs.text.slice(theirs.slot, theirs.tail[0])),
    ...plain(`${tail}\n`),
    ...plain(adapt([theirs.tail[1] + 1, theirs.end])),
  ]
}

/** Not spread over lines of its own. */
function isShort(node: Node): boolean {
  return node.block === undefined && (node.layout !== "line" || node.items.length === 0)
}

function tailOf(sides: Sides, { base, ours, theirs }: Three<Item>): string {
  const text = (tree: { text: string }, item: Item): string => tree.text.slice(...item.tail).trimEnd()
  return mergeTail(base && text(sides.base, base), text(sides.ours, ours), text(sides.theirs, theirs))
}

function takeShort(sides: Sides, items: Three<Item>): Rope {
  const { ours } = items
  const { text } = sides.ours
  const start = ours.node.propsStart ?? ours.node.start
  const value = valueText(sides, items)
  const gap = text.slice(ours.slot, start)
  const tail = ours.inLines ? tailOf(sides, items) : ""
  const between =
    value === "" ? "" : gap === "" && ours.slot > ours.start && /\S/.test(text[ours.slot - 1]!) ? " " : gap
  return [...plain(between), ...plain(value), ...plain(tail), ...oursAt(sides, [ours.tail[1], ours.end])]
}

/**
 * A list that ours only wrote in another way, and of which theirs changed items: the new ones in the places of the old
 * ones, each as ours writes it. undefined where that is not all that theirs did.
 */
export function takeItems(sides: Sides, items: Three<Item>): Rope | undefined {
  const { base, ours, theirs } = items
  const [b, o, t] = [base?.node, ours.node, theirs.node]
  const alike = b?.canon === o.canon && b.props === t.props && o.items.length === t.items.length
  if (!alike || ![...b.items, ...o.items, ...t.items].every(isPlain)) return undefined
  if (hasNewComments(itemText(sides.base, base!), itemText(sides.theirs, theirs))) return undefined
  const rope: Rope[] = []
  let at = ours.slot
  for (const [index, item] of o.items.entries()) {
    const other = t.items[index]!
    if (item.node.canon === other.node.canon) continue
    // Bare text of a line can mean something else between commas.
    if (o.layout === "delim" && t.layout !== "delim" && !other.node.quote) return undefined
    const value = valueText(sides, { base: b.items[index], ours: item, theirs: other })
    rope.push(oursAt(sides, [at, item.node.start]), plain(value))
    at = item.node.end
  }
  return [...rope.flat(), ...oursAt(sides, [at, ours.end])]
}

function isPlain({ node }: Item): boolean {
  return node.kind === "scalar" && node.layout === "inline" && node.block === undefined && node.props === ""
}

/** Theirs' value with ours' quotes, where both mean the same. */
function valueText(sides: Sides, { base, ours, theirs }: Three<Item>): string {
  const [o, t] = [ours.node, theirs.node]
  const range: Range = [t.propsStart ?? t.start, t.end]
  const text = sides.adapter.adapt(sides.theirs, range, t, sides.ours, [
    indentOf(sides.theirs.text, theirs.start),
    indentOf(sides.ours.text, ours.start),
  ])
  if (o.quote === t.quote || t.props !== "") return text
  if (!o.quote) {
    const unquoted = base?.node.canon === o.canon && base.node.quote === t.quote && o.canon.startsWith("s:")
    return unquoted && sides.adapter.isBareString?.(text.slice(1, -1)) === true ? text.slice(1, -1) : text
  }
  // Quotes that ours put around a string go around the next one; quotes that theirs took away stay away.
  const isBare = !t.quote
  if (isBare && (base === undefined || base.node.quote !== t.quote || !t.canon.startsWith("s:"))) return text
  const inner = isBare ? text : text.slice(1, -1)
  return /["'\\\n]/.test(inner) ? text : o.quote + inner + o.quote
}
