import { newItem } from "./layout.ts"
import { mergeItem } from "./merge-item.ts"
import { mergeMembers } from "./merge-members.ts"
import { mergeValue } from "./merge-value.ts"
import type { Item, Node, Range, Tree } from "./model.ts"
import { plain, type Rope } from "./rope.ts"
import { Doubt, type Sides } from "./sides.ts"

/** Merges the documents of a file, which have to be as many on all sides, and what stands between them. */
export function mergeDocuments(sides: Sides): { readonly rope: Rope; readonly canons: readonly string[] } {
  const { base, ours, theirs } = sides
  const isNew = base.docs.length === 0
  if (ours.docs.length !== theirs.docs.length || (!isNew && ours.docs.length !== base.docs.length))
    throw new Doubt("documents")
  const gaps = [base, ours, theirs].map(gapsOf)
  const rope: Rope[] = [mergeGap(isNew ? undefined : gaps[0]![0], gaps[1]![0]!, gaps[2]![0]!)]
  const canons = ours.docs.map((node, index) => {
    const root = base.docs[index]
    const items = { base: root && rootItem(root), ours: rootItem(node), theirs: rootItem(theirs.docs[index]!) }
    const path = ours.docs.length === 1 ? [] : [`[document ${index + 1}]`]
    const merged = mergeValue(sides, path, items, (nodes) => mergeMembers(sides, path, nodes, mergeItem))
    rope.push(merged.rope)
    rope.push(mergeGap(isNew ? undefined : gaps[0]![index + 1], gaps[1]![index + 1]!, gaps[2]![index + 1]!))
    return merged.canon
  })
  return { rope: rope.flat(), canons }
}

function rootRange(node: Node): Range {
  return node.body === undefined ? [node.start, node.end] : [node.head![0], node.body[1]]
}

/** The document's value as a member of nothing. */
function rootItem(node: Node): Item {
  const [start, end] = rootRange(node)
  return { ...newItem(null, null, node, start, start), inLines: false, end, tail: [end, end] }
}

/** The text before, between and behind the documents. */
function gapsOf({ text, docs }: Tree): readonly string[] {
  const ranges = docs.map(rootRange)
  return [...ranges, [text.length, text.length] as const].map(([start], index) =>
    text.slice(ranges[index - 1]?.[1] ?? 0, start),
  )
}

function mergeGap(base: string | undefined, ours: string, theirs: string): Rope {
  if (base === undefined || base.trim() === theirs.trim() || ours.trim() === theirs.trim()) return plain(ours)
  if (base.trim() !== ours.trim()) throw new Doubt("around the documents")
  return plain(theirs)
}
