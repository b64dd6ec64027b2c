import { pairDocuments } from "./pair-documents.ts"
import { newItem } from "./layout.ts"
import { mergeItem } from "./merge-item.ts"
import { mergeMembers } from "./merge-members.ts"
import type { Merged } from "./merged.ts"
import { mergeValue } from "./merge-value.ts"
import type { Item, Node, Range, Tree } from "./model.ts"
import { plain, type Rope } from "./rope.ts"
import { Doubt, type Sides } from "./sides.ts"

interface MergedDocuments {
  readonly rope: Rope
  readonly canons: readonly string[]
}

/** Merges the documents of a file, and what stands between them. */
export function mergeDocuments(sides: Sides): MergedDocuments {
  const { base, ours, theirs } = sides
  const isNew = base.docs.length === 0
  const alike = ours.docs.length === theirs.docs.length && (isNew || ours.docs.length === base.docs.length)
  if (!alike) return mergeMovedDocuments(sides)
  const gaps = [base, ours, theirs].map(gapsOf)
  const rope: Rope[] = [mergeGap(isNew ? undefined : gaps[0]![0], gaps[1]![0]!, gaps[2]![0]!)]
  const canons = ours.docs.map((node, index) => {
    const merged = mergeDocument(sides, index, base.docs[index], node, theirs.docs[index]!)
    rope.push(merged.rope)
    rope.push(mergeGap(isNew ? undefined : gaps[0]![index + 1], gaps[1]![index + 1]!, gaps[2]![index + 1]!))
    return merged.canon
  })
  return { rope: rope.flat(), canons }
}

/** Documents that a side added or took out: those that are still there are merged, each with the gap in front of it. */
function mergeMovedDocuments(sides: Sides): MergedDocuments {
  const { base, ours, theirs } = sides
  const lines = [base, ours, theirs].every(
    ({ docs }) => docs.length > 0 && docs.every(({ body }) => body !== undefined),
  )
  const pairs = lines ? pairDocuments(base.docs, ours.docs, theirs.docs) : undefined
  if (pairs === undefined) throw new Doubt("documents")
  const gaps = { base: gapsOf(base), ours: gapsOf(ours), theirs: gapsOf(theirs) }
  const rope: Rope[] = []
  const canons: string[] = []
  for (const { base: b, ours: o, theirs: t } of pairs) {
    if (o === undefined) {
      const node = theirs.docs[t!]!
      rope.push(plain(gaps.theirs[t!]! + theirs.text.slice(...rootRange(node))))
      canons.push(node.canon)
      continue
    }
    const [node, gap] = [ours.docs[o]!, gaps.ours[o]!]
    if (t === undefined) {
      if (b !== undefined && (base.docs[b]!.canon !== node.canon || gap.trim() !== gaps.base[b]!.trim()))
        throw new Doubt("a document that theirs dropped")
      if (b !== undefined) continue
      rope.push(plain(gap + ours.text.slice(...rootRange(node))))
      canons.push(node.canon)
      continue
    }
    const merged = mergeDocument(sides, o, b === undefined ? undefined : base.docs[b], node, theirs.docs[t]!)
    rope.push(mergeGap(b === undefined ? undefined : gaps.base[b], gap, gaps.theirs[t]!), merged.rope)
    canons.push(merged.canon)
  }
  rope.push(mergeGap(gaps.base.at(-1), gaps.ours.at(-1)!, gaps.theirs.at(-1)!))
  return { rope: rope.flat(), canons }
}

function mergeDocument(sides: Sides, index: number, base: Node | undefined, ours: Node, theirs: Node): Merged {
  const items = { base: base && rootItem(base), ours: rootItem(ours), theirs: rootItem(theirs) }
  const path = sides.ours.docs.length === 1 ? [] : [`[document ${index + 1}]`]
  return mergeValue(sides, path, items, (nodes) => mergeMembers(sides, path, nodes, mergeItem))
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
