import type { Aligned } from "./align.ts"
import { openItem, type MergeItem } from "./merged.ts"
import type { Item, KeyPath, Node } from "./model.ts"
import { plain, type OpenChunk, type Rope } from "./rope.ts"
import type { Replaced } from "./replaced.ts"
import { hasNewComments, type Sides, type Three } from "./sides.ts"
import { similarity } from "./similar.ts"

/** A container's members by id. */
export interface Membership {
  readonly sides: Sides
  readonly ids: Aligned
  readonly base: ReadonlyMap<string, Item>
  readonly ours: ReadonlyMap<string, Item>
  readonly theirs: ReadonlyMap<string, Item>
  readonly nodes: Three<Node>
}

interface AnyEntry {
  readonly id: string
  readonly key: string | null
  readonly canon: string
}

/** A member of the result, in its order. */
export type Entry =
  /** A member of ours; the rope has its lead. */
  | (AnyEntry & { readonly kind: "ours"; readonly item: Item; readonly rope: Rope })
  /** Ours changed what theirs removed. */
  | (AnyEntry & { readonly kind: "clash"; readonly item: Item; readonly open: OpenChunk })
  /** Theirs removed it; the lead may hold comments to keep. */
  | (AnyEntry & { readonly kind: "gone"; readonly item: Item; readonly base: Item })
  /** A new member of theirs. */
  | (AnyEntry & { readonly kind: "theirs"; readonly item: Item })
  /** Theirs changed what ours removed or wrote anew. */
  | (AnyEntry & { readonly kind: "open"; readonly base: Item; readonly item: Item; readonly path: KeyPath })

/** What becomes of a member of ours. */
export function decideOurs(members: Membership, path: KeyPath, id: string, mergeItem: MergeItem): Entry | undefined {
  const { sides } = members
  const item = members.ours.get(id)!
  const [base, theirs] = [members.base.get(id), members.theirs.get(id)]
  const entry = { id, item, key: item.key, canon: item.node.canon }
  if (theirs !== undefined) return { ...entry, kind: "ours", ...mergeItem(sides, path, { base, ours: item, theirs }) }
  if (base === undefined) {
    return {
      ...entry,
      kind: "ours",
      rope: plain(sides.ours.text.slice(item.lead, item.end)),
    }
  }
  const text = (side: "base" | "ours", from: Item, start: number): string => sides[side].text.slice(start, from.end)
  const commented = hasNewComments(text("base", base, base.lead), text("ours", item, item.glued))
  if (base.node.canon === item.node.canon && base.key === item.key && !commented) {
    return { ...entry, kind: "gone", base }
  }
  return { ...entry, kind: "clash", open: openItem(sides, path, { base, ours: item, theirs: undefined }) }
}

/** One item, for which both sides have another one now. */
export function decideReplaced(members: Membership, path: KeyPath, { base, ours, theirs }: Replaced): Entry {
  const item = members.ours.get(ours)!
  const sides = { base: members.base.get(base), ours: item, theirs: members.theirs.get(theirs) }
  const open = openItem(members.sides, path, sides)
  return { kind: "clash", id: ours, item, key: item.key, canon: item.node.canon, open }
}

/** What becomes of a member of theirs that ours does not have. What ours removed stays away. */
export function decideTheirs(members: Membership, path: KeyPath, id: string): Entry | undefined {
  const item = members.theirs.get(id)!
  const base = members.base.get(id)
  const entry = { id, item, key: item.key, canon: item.node.canon }
  if (base === undefined) return { ...entry, kind: "theirs" }
  if (base.node.canon === item.node.canon) return undefined
  if (!mayBeRewritten(members, base)) return undefined
  return { ...entry, kind: "open", base, path }
}

/** Ours has a new member that could be the missing one under another name: then theirs' change may belong there. */
function mayBeRewritten({ base, ours, theirs, nodes }: Membership, missing: Item): boolean {
  return [...ours].some(([id, { node }]) => {
    if (base.has(id) || theirs.has(id) || node.kind !== missing.node.kind) return false
    if (nodes.ours.kind === "seq" || node.canon === missing.node.canon) return true
    return node.items.length > 0 && similarity(node, missing.node) > 0.3
  })
}
