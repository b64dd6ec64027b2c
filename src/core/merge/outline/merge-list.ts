import type { Body, Entry, ListItem, ListValue } from "./outline.ts"
import { EMPTY_BODY, indentOf } from "./outline.ts"

/** Three lists in the layout of ours'. */
export type ListSides =
  | {
      readonly layout: "inline"
      readonly base: readonly ListItem[]
      readonly ours: readonly ListItem[]
      readonly theirs: readonly ListItem[]
    }
  | { readonly layout: "lines"; readonly base: Body; readonly ours: Body; readonly theirs: Body }

/** undefined where a list only makes sense as a whole, or is laid out in a way that cannot be edited. */
export function listSides(base: Entry | undefined, ours: Entry, theirs: Entry): ListSides | undefined {
  if (ours.list === undefined || theirs.list === undefined) return undefined
  // Two lists that both added stand together where their items have names, such as packages.
  const before = base === undefined && isNamed(ours.list) && isNamed(theirs.list) ? [] : base?.list?.items
  if (before === undefined) return undefined
  const items = { base: before, ours: ours.list.items, theirs: theirs.list.items }
  if (!isSet(items.base, items.ours, items.theirs, ours.list.independent === true)) return undefined
  if (ours.list.layout === "inline") return { layout: "inline", ...items }
  const indent = ours.body!.entries[0] === undefined ? `${indentOf(ours)}  ` : indentOf(ours.body!.entries[0])
  const comma = ours.list.comma ? "," : ""
  return {
    layout: "lines",
    base: base === undefined ? EMPTY_BODY : asLines(base, indent, comma),
    ours: ours.body!,
    theirs: asLines(theirs, indent, comma),
  }
}

function isNamed({ items }: ListValue): boolean {
  return items.every(({ id, canon }) => id !== canon)
}

/** The items of theirs' list as lines of a list like ours'. */
function asLines({ body, list, line }: Entry, indent: string, comma: string): Body {
  if (body !== undefined && list!.comma === (comma !== "")) return body
  const entry = (item: ListItem): Entry => {
    return { id: item.id, lead: [], before: indent, value: item.text, after: comma, canon: item.canon, line }
  }
  return { header: [], entries: list!.items.map(entry), foot: [] }
}

/**
 * Whether the changes of both sides may be applied item by item: ids must be unique, no item replaced by both in
 * different ways, no side with an altogether other list, and no bounds of a range, which say something only together.
 */
function isSet(
  base: readonly ListItem[],
  ours: readonly ListItem[],
  theirs: readonly ListItem[],
  independent: boolean,
): boolean {
  const [b, o, t] = [base, ours, theirs].map((items) => new Set(items.map(({ id }) => id)))
  if (b!.size < base.length || o!.size < ours.length || t!.size < theirs.length) return false
  if ([...base, ...ours, ...theirs].some(({ canon }) => /^["']?\s*[<>=!~^]/.test(canon))) return false
  const gone = [...b!].some((id) => !o!.has(id) && !t!.has(id))
  const [byOurs, byTheirs] = [added(b!, o!, t!), added(b!, t!, o!)]
  // What ours took out does not come back as something else.
  if (independent) return !(gone && byTheirs)
  const swapped = (side: ReadonlySet<string>, news: boolean): boolean =>
    news && b!.size > 0 && base.every(({ id }) => !side.has(id))
  if (swapped(o!, byOurs) || swapped(t!, byTheirs)) return false
  return !(gone && byOurs && byTheirs)
}

function added(base: ReadonlySet<string>, side: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...side].some((id) => !base.has(id) && !other.has(id))
}

/** The items of the merged list; undefined when an item was changed by both, or changed by one and removed by the other. */
export function mergeItems(
  base: readonly ListItem[],
  ours: readonly ListItem[],
  theirs: readonly ListItem[],
): readonly ListItem[] | undefined {
  const find = (items: readonly ListItem[], id: string): ListItem | undefined => items.find((item) => item.id === id)
  // What theirs dropped keeps its place for what came in its stead.
  const merged: { readonly item: ListItem; readonly state: "own" | "shared" | "dropped" }[] = []
  for (const mine of ours) {
    const before = find(base, mine.id)
    const other = find(theirs, mine.id)
    if (other === undefined) {
      if (before !== undefined && before.canon !== mine.canon) return undefined
      merged.push({ item: mine, state: before === undefined ? "own" : "dropped" })
    } else if (mine.canon === other.canon || before?.canon === other.canon) merged.push({ item: mine, state: "shared" })
    else if (before?.canon === mine.canon) merged.push({ item: other, state: "shared" })
    else return undefined
  }
  let at = 0
  let found = false
  for (const item of theirs) {
    const place = merged.findIndex((each) => each.item.id === item.id)
    if (place >= 0) {
      at = place + 1
      found = false
    } else if (find(base, item.id) === undefined) {
      if (!found) {
        const next = merged.findIndex(({ state }, index) => index >= at && state === "shared")
        const run = merged.slice(at, next < 0 ? merged.length : next)
        const dropped = run.findLastIndex(({ state }) => state === "dropped")
        // Behind what ours added there.
        at += dropped < 0 ? run.length : dropped + 1
      }
      merged.splice(at++, 0, { item, state: "shared" })
      found = true
    } else if (find(base, item.id)!.canon !== item.canon) return undefined
  }
  return merged.filter(({ state }) => state !== "dropped").map(({ item }) => item)
}

/** An inline list written like ours'. */
export function joinInline(list: ListValue, items: readonly ListItem[]): string {
  return list.open + items.map(({ text }) => text).join(list.separator) + list.close
}
