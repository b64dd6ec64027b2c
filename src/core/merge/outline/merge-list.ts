import { addToGroup } from "../../groups.ts"
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
  const [inBase, inOurs, inTheirs] = [byId(base), byId(ours), byId(theirs)]
  // What theirs dropped keeps its place for what came in its stead.
  const merged: { readonly item: ListItem; readonly state: "own" | "shared" | "dropped" }[] = []
  for (const mine of ours) {
    const before = inBase.get(mine.id)
    const other = inTheirs.get(mine.id)
    if (other === undefined) {
      if (before !== undefined && before.canon !== mine.canon) return undefined
      merged.push({ item: mine, state: before === undefined ? "own" : "dropped" })
    } else if (mine.canon === other.canon || before?.canon === other.canon) merged.push({ item: mine, state: "shared" })
    else if (before?.canon === mine.canon) merged.push({ item: other, state: "shared" })
    else return undefined
  }
  // What is new in theirs, by the item that it follows.
  const news = new Map<string | undefined, ListItem[]>()
  let anchor: string | undefined
  for (const item of theirs) {
    const before = inBase.get(item.id)
    if (inOurs.has(item.id)) anchor = item.id
    else if (before === undefined) addToGroup(news, anchor, item)
    else if (before.canon !== item.canon) return undefined
  }
  const result: ListItem[] = []
  let run: typeof merged = []
  const close = (behind: string | undefined): void => {
    // Behind what ours added there, but in the place of what theirs dropped.
    const dropped = run.findLastIndex(({ state }) => state === "dropped")
    const cut = dropped < 0 ? run.length : dropped + 1
    run.forEach(({ item, state }, index) => {
      if (index === cut) for (const each of news.get(behind) ?? []) result.push(each)
      if (state !== "dropped") result.push(item)
    })
    if (cut === run.length) for (const each of news.get(behind) ?? []) result.push(each)
    run = []
  }
  let last: string | undefined
  for (const each of merged) {
    if (each.state !== "shared") run.push(each)
    else {
      close(last)
      result.push(each.item)
      last = each.item.id
    }
  }
  close(last)
  return result
}

function byId(items: readonly ListItem[]): ReadonlyMap<string, ListItem> {
  return new Map(items.map((item) => [item.id, item]))
}

/** An inline list written like ours'. */
export function joinInline(list: ListValue, items: readonly ListItem[]): string {
  return list.open + items.map(({ text }) => text).join(list.separator) + list.close
}
