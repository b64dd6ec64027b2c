import type { Membership } from "./members.ts"
import { Doubt } from "./sides.ts"

/**
 * In a list of plain values of which nothing is known, order and neighbours may matter: when both sides changed it, and
 * not both by adding only, nor at places apart from each other, a person has to look.
 */
export function checkList(members: Membership): void {
  const { ids, base, ours, theirs, nodes } = members
  const scalars = [nodes.base, nodes.ours, nodes.theirs].every(
    (node) => node?.items.every(({ node: value, key }) => key === null && value.items.length === 0) ?? true,
  )
  if (!scalars || nodes.ours.canon === nodes.theirs.canon) return
  if (nodes.base === undefined) throw new Doubt("two lists without a base")
  const [oursChanged, theirsChanged] = [nodes.ours, nodes.theirs].map(({ canon }) => canon !== nodes.base!.canon)
  if (!oursChanged || !theirsChanged) return
  const retold = ids.base.some((id) => !ours.has(id) || !theirs.has(id))
  const replaced = ids.base.some((id) =>
    [ours, theirs].some((side) => side.get(id)?.node.canon !== base.get(id)!.node.canon),
  )
  if (retold ? !areApart(members) : replaced && !ids.keyed) throw new Doubt("a list of values that both sides changed")
}

/** What a side put between items `from` and `to` of the base, of which it keeps none. */
interface Addition {
  readonly from: number
  readonly to: number
}

/** Whether both sides only took out and put in items, neither in the place of the other. */
function areApart({ ids, base, ours, theirs, nodes }: Membership): boolean {
  // The bounds of a range say something only together.
  const isBound = [nodes.base!, nodes.ours, nodes.theirs].some(({ items }) =>
    items.some(({ node }) => /^["']?\s*[<>=!~^]/.test(node.canon)),
  )
  const changed = [ours, theirs].some((side) =>
    [...side].some(([id, { node }]) => base.has(id) && base.get(id)!.node.canon !== node.canon),
  )
  const [mine, others] = [additions(ids.base, ids.ours), additions(ids.base, ids.theirs)]
  if (isBound || changed || mine === undefined || others === undefined) return false
  const gone = ids.base.some((id) => !ours.has(id) && !theirs.has(id))
  if (gone && mine.length + others.length > 0) return false
  return mine.every((a) => others.every((b) => a.to <= b.from || b.to <= a.from) && !others.some((b) => isSame(a, b)))
}

function isSame(a: Addition, b: Addition): boolean {
  return a.from === b.from && a.to === b.to
}

/** undefined where the side has another order. */
function additions(base: readonly string[], side: readonly string[]): readonly Addition[] | undefined {
  const places = new Map(base.map((id, index) => [id, index]))
  const found: Addition[] = []
  let from = 0
  let added = false
  for (const place of [...side.map((id) => places.get(id)), base.length]) {
    if (place === undefined) {
      added = true
      continue
    }
    if (place < from) return undefined
    if (added) found.push({ from, to: place })
    from = place + 1
    added = false
  }
  return found
}
