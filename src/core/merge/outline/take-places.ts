import type { RelPath } from "../../model/path.ts"
import type { Places } from "../formats/merge-format.ts"
import { DEFAULT_RULES } from "../rules/merge-rules.ts"
import { joinSteps } from "../structure/key-path.ts"
import { textOf } from "../text/lines.ts"
import { indentOf, linesOfBody, Unreadable, type Body, type Entry, type ListItem, type ListValue } from "./outline.ts"
import type { OutlineLanguage } from "./outline-format.ts"
import { shifted, shiftedLines } from "./output.ts"

/** Ours with what theirs has at these places, as MergeFormat.takePlaces says. */
export function takePlacesOfBody(
  language: OutlineLanguage,
  { path, ours, theirs }: { readonly path: RelPath; readonly ours: string; readonly theirs: string },
  places: Places,
): string | undefined {
  const nameOf = (entry: Entry): string => language.nameOf?.(entry) ?? entry.id

  const withinBody = (mine: Body, its: Body | undefined, names: readonly string[]): Body => {
    const other = new Map(its?.entries.map((entry) => [keyOf(entry), entry]))
    const known = new Set(mine.entries.map(keyOf))
    const indent = mine.entries[0] && indentOf(mine.entries[0])
    const placeOf = (entry: Entry): string => joinSteps([...names, nameOf(entry)])
    const kept = mine.entries.flatMap((entry) => entryOf(entry, other.get(keyOf(entry)), [...names, nameOf(entry)]))
    const added = (its?.entries ?? []).filter((entry) => {
      return !known.has(keyOf(entry)) && (places.has(placeOf(entry)) || places.isAbove(placeOf(entry)))
    })
    return { ...mine, entries: inserted(kept, its?.entries ?? [], added, indent) }
  }

  const entryOf = (entry: Entry, other: Entry | undefined, names: readonly string[]): readonly Entry[] => {
    const at = joinSteps(names)
    if (places.has(at)) return other === undefined ? [] : [replaced(entry, other)]
    if (!places.isAbove(at)) return [entry]
    if (entry.list !== undefined) return [withItems(entry, entry.list, other?.list?.items ?? [], names)]
    return entry.body === undefined ? [entry] : [{ ...entry, body: withinBody(entry.body, other?.body, names) }]
  }

  /** A list, item by item; the items of one in lines are its body too. */
  const withItems = (entry: Entry, list: ListValue, its: readonly ListItem[], names: readonly string[]): Entry => {
    const placeOf = ({ id, text }: ListItem): string => joinSteps([...names, `[${text.includes(id) ? id : text}]`])
    const other = new Map(its.map((item) => [item.id, item]))
    const known = new Set(list.items.map(({ id }) => id))
    const added = its.filter((item) => !known.has(item.id) && places.has(placeOf(item)))
    if (entry.body !== undefined) {
      const [first] = entry.body.entries
      const entries = entry.body.entries.flatMap((line, index): readonly Entry[] => {
        const item = list.items[index]!
        if (!places.has(placeOf(item))) return [line]
        const wanted = other.get(item.id)
        return wanted === undefined ? [] : [{ ...line, value: wanted.text }]
      })
      const news = first === undefined ? [] : added.map(({ text }): Entry => ({ ...first, lead: [], value: text }))
      return { ...entry, body: { ...entry.body, entries: [...entries, ...news] } }
    }
    const items = list.items.flatMap((item) => (places.has(placeOf(item)) ? (other.get(item.id) ?? []) : [item]))
    const value = list.open + [...items, ...added].map(({ text }) => text).join(list.separator) + list.close
    return { ...entry, value }
  }

  try {
    const rules = DEFAULT_RULES.at(path)
    const [mine, its] = [language.parse(ours, path, rules), language.parse(theirs, path, rules)]
    return textOf(linesOfBody(withinBody(mine, its, [])))
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

function keyOf({ id, alias = "" }: Entry): string {
  return `${id} ${alias}`
}

/** Ours' entry with theirs' value. */
function replaced(ours: Entry, theirs: Entry): Entry {
  const isLeaf = (entry: Entry): boolean => entry.body === undefined || entry.list !== undefined
  if (!isLeaf(ours) || !isLeaf(theirs)) return { ...written(theirs, indentOf(ours)), lead: ours.lead }
  const { body: _, close: __, ...entry } = ours
  const { value, canon, list, body, close } = theirs
  return {
    ...entry,
    value,
    canon,
    ...(list && { list }),
    ...(body && { body }),
    ...(close === undefined ? {} : { close }),
  }
}

/** New entries of theirs, each behind the nearest one in front of it that is there. */
function inserted(
  kept: readonly Entry[],
  its: readonly Entry[],
  added: readonly Entry[],
  indent: string | undefined,
): readonly Entry[] {
  const entries = [...kept]
  for (const entry of added) {
    const before = its.slice(0, its.indexOf(entry)).map(keyOf)
    const anchor = entries.findLastIndex((each) => before.includes(keyOf(each)))
    const place = anchor >= 0 || before.length === 0 ? anchor + 1 : entries.length
    entries.splice(place, 0, written(entry, indent ?? indentOf(entry)))
  }
  return entries
}

/** An entry of theirs as lines of ours. */
function written(entry: Entry, indent: string): Entry {
  const lines = shiftedLines(entry, indent).join("\n")
  const { id, alias, line } = entry
  return {
    id,
    ...(alias === undefined ? {} : { alias }),
    lead: shifted(entry.lead, indentOf(entry), indent),
    before: lines,
    value: "",
    after: "",
    canon: "",
    line,
  }
}
