import { addToGroup } from "../../groups.ts"
import { matchLines } from "../text/line-diff.ts"
import { renamedPairs } from "./align-renamed.ts"
import type { Item, KeyPath, Node, StructureAdapter } from "./model.ts"

/** The members of a container on the three sides, by ids that are the same where the member is the same. */
export interface Aligned {
  readonly base: readonly string[]
  readonly ours: readonly string[]
  readonly theirs: readonly string[]
  /** Whether keys or identities told the members apart, and not only their values and order. */
  readonly keyed: boolean
}

export interface Members {
  readonly items: readonly Item[]
  /** Key or identity of each. */
  readonly names: readonly (string | null)[]
}

/** Finds out which members of a container are the same on the three sides. */
export function align(
  adapter: StructureAdapter,
  path: KeyPath,
  base: Node | undefined,
  ours: Node,
  theirs: Node,
): Aligned {
  const [b, o, t] = [membersOf(adapter, path, base), membersOf(adapter, path, ours), membersOf(adapter, path, theirs)]
  const keyed = [b, o, t].every(
    ({ names }) => names.every((name) => name !== null) && new Set(names).size === names.length,
  )
  const ids = keyed ? b.names.map((name) => `=${name}`) : b.items.map((_, index) => `#${index}`)
  const [toOurs, toTheirs] = keyed ? [pairByName(b, o), pairByName(b, t)] : [pairInOrder(b, o), pairInOrder(b, t)]
  const otherwise = { ours: partners(b, t, toTheirs), theirs: partners(b, o, toOurs) }
  renamedPairs(b, o, toOurs, otherwise.ours, keyed)
  renamedPairs(b, t, toTheirs, otherwise.theirs, keyed)
  if (keyed) agree(o, toOurs, t, toTheirs)
  return { base: ids, ours: idsOf(o, toOurs, ids, keyed), theirs: idsOf(t, toTheirs, ids, keyed), keyed }
}

function membersOf(adapter: StructureAdapter, path: KeyPath, node: Node | undefined): Members {
  const items = node?.items ?? []
  const nameOf = (item: Item): string | null => {
    if (node!.kind !== "map") return adapter.identity(path, item)
    return adapter.keyName ? adapter.keyName(path, item) : item.key
  }
  return { items, names: items.map(nameOf) }
}

/** A name that both sides have is one thing: renamed from the same on both, though only one may show it, or new on both. */
function agree(ours: Members, toOurs: number[], theirs: Members, toTheirs: number[]): void {
  const places = new Map(theirs.names.map((name, index) => [name, index]))
  ours.names.forEach((name, index) => {
    const other = places.get(name)
    if (other === undefined || toOurs[index] === toTheirs[other]) return
    const [mine, its] = [toOurs[index]!, toTheirs[other]!]
    const from = its < 0 && !toTheirs.includes(mine) ? mine : mine < 0 && !toOurs.includes(its) ? its : -1
    toOurs[index] = from
    toTheirs[other] = from
  })
}

/** For each member of `side` the index of its partner in the base, or -1. */
function pairByName(base: Members, side: Members): number[] {
  const places = new Map(base.names.map((name, index) => [name, index]))
  return side.names.map((name) => places.get(name) ?? -1)
}

/** For each member of the base what `side` made of it. */
function partners(base: Members, side: Members, pairs: readonly number[]): readonly (Item | undefined)[] {
  const found = base.items.map((): Item | undefined => undefined)
  pairs.forEach((from, index) => {
    if (from >= 0) found[from] = side.items[index]
  })
  return found
}

/** Without unique names: equal members in order, then members of the same name in order. */
function pairInOrder(base: Members, side: Members): number[] {
  const canonOf = ({ key, node }: Item): string => `${key ?? ""} ${node.canon}`
  const match = matchLines(base.items.map(canonOf), side.items.map(canonOf))
  const pairs = side.items.map(() => -1)
  match.forEach((to, from) => {
    if (to >= 0) pairs[to] = from
  })
  const used = new Set(pairs)
  const free = new Map<string, number[]>()
  for (let place = base.names.length - 1; place >= 0; place--) {
    const name = base.names[place]!
    if (name !== null && !used.has(place)) addToGroup(free, name, place)
  }
  side.names.forEach((name, index) => {
    if (name !== null && pairs[index]! < 0) pairs[index] = free.get(name)?.pop() ?? -1
  })
  return pairs
}

/** Members without a partner in the base get an id of their own, the same on both sides when they are the same. */
function idsOf(side: Members, pairs: readonly number[], baseIds: readonly string[], keyed: boolean): readonly string[] {
  const counts = new Map<string, number>()
  return side.items.map(({ key, node }, index) => {
    const partner = pairs[index]!
    if (partner >= 0) return baseIds[partner]!
    if (keyed) return `=${side.names[index]}`
    const name = `+${side.names[index] ?? ""} ${key ?? ""} ${node.canon}`
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return `${name} ${count}`
  })
}
