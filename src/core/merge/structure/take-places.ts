import { stepTo, showPath } from "./key-path.ts"
import { columnOf, indentOf, lineStart } from "./layout.ts"
import { emitDelim } from "./emit-delim.ts"
import { emitLines } from "./emit-lines.ts"
import { insertNew } from "./insert-new.ts"
import type { Entry, Membership } from "./members.ts"
import { delimItem, oursAt } from "./merged.ts"
import { Unreadable, type Item, type KeyPath, type Node, type Range, type StructureAdapter } from "./model.ts"
import { oursText, plain, type Rope } from "./rope.ts"
import { adaptedItem, Doubt, isContainer, type Sides } from "./sides.ts"
import { takeValue } from "./take-value.ts"
import { DEFAULT_RULES } from "../rules/merge-rules.ts"
import type { RelPath } from "../../model/path.ts"
import type { Places } from "../formats/merge-format.ts"

/** Ours with what theirs has at these places, as MergeFormat.takePlaces says. */
export function takePlacesOfTree(
  adapter: StructureAdapter,
  texts: { readonly path: RelPath; readonly ours: string; readonly theirs: string },
  places: Places,
): string | undefined {
  try {
    const [ours, theirs] = [adapter.parse(texts.ours), adapter.parse(texts.theirs)]
    const [o, t] = [ours.docs[0], theirs.docs[0]]
    if (o === undefined || t === undefined || ours.docs.length + theirs.docs.length > 2) return undefined
    if (!isContainer(o) || o.kind !== t.kind || o.items.length === 0) return undefined
    // Nothing is merged, so theirs is the base: what differs is ours' doing.
    const sides = { adapter, base: theirs, ours, theirs, rules: DEFAULT_RULES.at(texts.path) }
    const [start, end] = rangeOf(o)
    const inner = oursText(withinMembers(sides, [], o, t, places))
    const written = inner === "" ? `${adapter.emptyText(o.kind === "map" ? "map" : "seq")}\n` : inner
    return texts.ours.slice(0, start) + written + texts.ours.slice(end)
  } catch (error) {
    if (error instanceof Unreadable || error instanceof Doubt) return undefined
    throw error
  }
}

function withinMembers(sides: Sides, path: KeyPath, ours: Node, theirs: Node | undefined, places: Places): Rope {
  const other = theirs !== undefined && theirs.kind === ours.kind ? theirs : nothingLike(ours)
  const [mine, its] = [stepsOf(sides, path, ours), stepsOf(sides, path, other)]
  const [byOurs, byTheirs] = [index(mine, ours.items), index(its, other.items)]
  const common = mine.filter((step) => byTheirs.has(step))
  const members: Membership = {
    sides,
    ids: { base: common, ours: mine, theirs: its, keyed: true },
    base: index(
      common,
      common.map((step) => byTheirs.get(step)!),
    ),
    ours: byOurs,
    theirs: byTheirs,
    nodes: { base: undefined, ours, theirs: other },
  }
  const entries = ours.items.map((item, at): Entry => {
    const step = mine[at]!
    return memberOfOurs(sides, [...path, step], step, item, byTheirs.get(step), places)
  })
  const news = its.flatMap((step): (readonly [string, Entry])[] => {
    const at = showPath([...path, step])
    if (byOurs.has(step) || !(places.has(at) || places.isAbove(at))) return []
    const item = byTheirs.get(step)!
    return [[step, { kind: "theirs", id: step, item, key: item.key, canon: item.node.canon }]]
  })
  const all = insertNew(members, entries, new Map(news))
  return ours.layout === "line" ? emitLines(sides, members.nodes, all) : emitDelim(sides, members.nodes, all)
}

function memberOfOurs(
  sides: Sides,
  path: KeyPath,
  id: string,
  item: Item,
  theirs: Item | undefined,
  places: Places,
): Entry {
  const entry = { id, item, key: item.key, canon: item.node.canon }
  const at = showPath(path)
  if (places.has(at)) {
    if (theirs !== undefined) return { ...entry, kind: "ours", rope: taken(sides, item, theirs) }
    // Comments that stand apart from it were not about it.
    return { ...entry, kind: "gone", base: { ...item, lead: 0, start: 0 } }
  }
  if (!places.isAbove(at) || !isContainer(item.node))
    return { ...entry, kind: "ours", rope: oursAt(sides, [item.lead, item.end]) }
  const inner = withinMembers(sides, path, item.node, theirs?.node, places)
  return { ...entry, kind: "ours", rope: around(sides, item, inner) }
}

/** The item of ours with theirs' value, and ours' comments where they can stay. */
function taken(sides: Sides, ours: Item, theirs: Item): Rope {
  try {
    return [...oursAt(sides, [ours.lead, ours.slot]), ...takeValue(sides, { base: theirs, ours, theirs })]
  } catch (error) {
    if (!(error instanceof Doubt)) throw error
  }
  const { text } = sides.ours
  const start = ours.own ? lineStart(text, ours.start) : ours.start
  const item = ours.inLines
    ? adaptedItem(sides, "theirs", theirs, columnOf(text, ours.start), ours.own)
    : delimItem(sides, "theirs", theirs, indentOf(text, ours.start))
  return [...oursAt(sides, [ours.lead, start]), ...plain(item)]
}

/** The item of ours with other members. */
function around(sides: Sides, item: Item, inner: Rope): Rope {
  const { node } = item
  const [start, end] = rangeOf(node)
  if (node.layout !== "line" || oursText(inner) !== "")
    return [...oursAt(sides, [item.lead, start]), ...inner, ...oursAt(sides, [end, item.end])]
  const empty = sides.adapter.emptyText(node.kind === "map" ? "map" : "seq")
  const tail = sides.ours.text.slice(...item.tail).trimEnd()
  return [...oursAt(sides, [item.lead, item.slot]), ...plain(` ${empty}${tail}\n`)]
}

function rangeOf(node: Node): Range {
  if (node.layout === "line" && node.body !== undefined) return [(node.head ?? node.body)[0], node.body[1]]
  return [node.start, node.end]
}

/** Steps to the members, as they are shown; where they are not unique, by number. */
function stepsOf({ adapter }: Sides, path: KeyPath, node: Node): readonly string[] {
  const steps = node.items.map((item, at) => {
    return stepTo(item.key, node.kind === "map" ? null : adapter.identity(path, item), at)
  })
  return new Set(steps).size === steps.length ? steps : node.items.map((_, at) => `[${at}]`)
}

function index(steps: readonly string[], items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(steps.map((step, at) => [step, items[at]!]))
}

function nothingLike({ head: _, foot: __, body: ___, ...node }: Node): Node {
  return { ...node, layout: "inline", items: [] }
}
