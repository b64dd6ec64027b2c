import { showPath } from "./key-path.ts"
import { mergeBlock } from "./merge-block.ts"
import { mergeOpaque } from "./merge-opaque.ts"
import { mergeTail } from "./merge-trivia.ts"
import { oursAt, type Merged } from "./merged.ts"
import type { Item, KeyPath, Node, Range } from "./model.ts"
import { plain, type Rope } from "./rope.ts"
import { Doubt, isContainer, isEmpty, type Sides, type Three } from "./sides.ts"
import { settlePin } from "./settle-pin.ts"
import { takeItems, takeValue } from "./take-value.ts"

/**
 * Merges what stands behind a key or dash: value, comment, to the end of the item. Throws Doubt where both sides
 * changed what cannot be put together.
 */
export function mergeValue(
  sides: Sides,
  path: KeyPath,
  items: Three<Item>,
  mergeMembers: (nodes: Three<Node>) => Merged,
): Merged {
  const { base, ours, theirs } = items
  const [b, o, t] = [base?.node, ours.node, theirs.node]
  const whole = o.kind === "seq" && sides.adapter.isAtomic(path)
  const retaken = o.kind === "seq" && t.kind === "seq" && o.canon !== t.canon ? takeItems(sides, items) : undefined
  if (retaken !== undefined) return { rope: retaken, canon: t.canon }
  if (!whole && canMergeMembers(b, o, t)) {
    if (changedProps(b, o, t)) throw new Doubt("anchors or tags of a container")
    const { rope, canon } = mergeMembers({ base: b?.kind === o.kind ? b : undefined, ours: o, theirs: t })
    if (o.layout === "line" && isEmptied(rope)) {
      if (t.items.length === 0) return { rope: takeValue(sides, items), canon: t.canon }
      const [empty, tail] = [
        sides.adapter.emptyText(o.kind === "map" ? "map" : "seq"),
        sides.ours.text.slice(...ours.tail),
      ]
      return { rope: [...plain(` ${empty}`), ...plain(`${tail.trimEnd()}\n`)], canon }
    }
    return { rope: around(sides, items, rope), canon }
  }
  if (b?.canon === t.canon || o.canon === t.canon) return { rope: around(sides, items), canon: o.canon }
  if (b?.canon === o.canon) return { rope: takeValue(sides, items), canon: t.canon }
  const pin = b && settlePin(sides, path, items)
  if (pin !== undefined) return pin
  const block = b?.block && o.block && t.block && mergeBlock(b.block, o.block, t.block, showPath(path))
  // Lines are merged: the text has to end with one.
  if (block !== undefined && sides.ours.text.slice(o.end, ours.end) === "\n")
    return {
      rope: [...oursAt(sides, [ours.slot, o.start]), ...block.rope],
      canon: o.props + sides.adapter.blockCanon(block.block),
    }
  return mergeOpaque(sides, items)
}

function canMergeMembers(base: Node | undefined, ours: Node, theirs: Node): boolean {
  if (!isContainer(ours) || ours.kind !== theirs.kind || ours.items.length + theirs.items.length === 0) return false
  return base === undefined || base.kind === ours.kind || isEmpty(base)
}

function changedProps(base: Node | undefined, ours: Node, theirs: Node): boolean {
  return (base?.props ?? "") !== theirs.props && ours.props !== theirs.props
}

function isEmptied(rope: Rope): boolean {
  return rope.every((chunk) => chunk.kind === "text" && chunk.text === "")
}

/** The item of ours from its slot on, its comment merged, with `inner` in place of the container's own text. */
function around(sides: Sides, { base, ours, theirs }: Three<Item>, inner?: Rope): Rope {
  const { node } = ours
  const tail = (item: Item | undefined, text: string): string | undefined => item && text.slice(...item.tail)
  const merged = mergeTail(
    tail(base, sides.base.text),
    sides.ours.text.slice(...ours.tail),
    sides.theirs.text.slice(...theirs.tail),
  )
  const tailRope = ours.inLines ? plain(merged) : []
  const value: Range =
    node.layout === "line" && node.body !== undefined
      ? [(node.head ?? node.body)[0], node.body[1]]
      : [node.start, node.end]
  const at = ours.tail
  const middle = inner ?? oursAt(sides, value)
  if (at[1] <= value[0])
    return [
      ...oursAt(sides, [ours.slot, at[0]]),
      ...tailRope,
      ...oursAt(sides, [at[1], value[0]]),
      ...middle,
      ...oursAt(sides, [value[1], ours.end]),
    ]
  return [
    ...oursAt(sides, [ours.slot, value[0]]),
    ...middle,
    ...oursAt(sides, [value[1], at[0]]),
    ...tailRope,
    ...oursAt(sides, [at[1], ours.end]),
  ]
}
