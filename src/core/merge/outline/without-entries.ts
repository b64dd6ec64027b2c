import type { RelPath } from "../../model/path.ts"
import { selectPaths, type Pruned } from "../formats/pruned.ts"
import type { FileRules } from "../rules/merge-rules.ts"
import { joinSteps } from "../structure/key-path.ts"
import { textOf } from "../text/lines.ts"
import type { OutlineLanguage } from "./outline-format.ts"
import { type Body, type Entry, linesOfBody, type ListItem, Unreadable } from "./outline.ts"

/**
 * A text without the entries at these keys, and without the comments directly above them; everything else keeps its
 * bytes. undefined where the text cannot be read.
 */
export function withoutEntries(
  language: OutlineLanguage,
  text: string,
  path: RelPath,
  rules: FileRules,
  keys: readonly string[],
): Pruned | undefined {
  try {
    const body = language.parse(text, path, rules)
    const paths: string[] = []
    eachEntry(language, body, [], (at) => {
      paths.push(at)
      return true
    })
    const selected = selectPaths(keys, paths)
    const found = new Set(selected.values())
    if (selected.size === 0) return { text, found }
    const result = textOf(linesOfBody(eachEntry(language, body, [], (at) => !selected.has(at))))
    language.parse(result, path, rules)
    return { text: result, found }
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

/** The body with the entries and list items that `keeps` says yes to, asked with the path that is shown for each. */
function eachEntry(
  language: OutlineLanguage,
  body: Body,
  path: readonly string[],
  keeps: (at: string) => boolean,
): Body {
  let left: readonly string[] = []
  const entries = body.entries.flatMap((entry, index): Entry[] => {
    const at = [...path, language.nameOf?.(entry) ?? entry.id]
    const lead = joined(left, entry.lead)
    if (!keeps(joinSteps(at))) {
      const next = body.entries[index + 1]
      // Rules, not settings: a comment stands above a group of them.
      const isHeading = entry.before === "" && entry.body === undefined && next?.lead.length === 0
      left = isHeading ? lead : lead.slice(0, lead.findLastIndex((line) => line.trim() === "") + 1)
      return []
    }
    left = []
    const inner = entry.list === undefined ? entry.body && eachEntry(language, entry.body, at, keeps) : undefined
    return [{ ...withItems(entry, at, keeps), lead, ...(inner === undefined ? {} : { body: inner }) }]
  })
  return { ...body, entries, foot: joined(left, body.foot) }
}

/** What is left in front of an entry that is gone goes in front of the next one, without a second blank line. */
function joined(left: readonly string[], lead: readonly string[]): readonly string[] {
  return left.at(-1)?.trim() === "" && lead[0]?.trim() === "" ? [...left.slice(0, -1), ...lead] : [...left, ...lead]
}

function withItems(entry: Entry, path: readonly string[], keeps: (at: string) => boolean): Entry {
  const { list, body } = entry
  if (list === undefined) return entry
  const kept = list.items.map((item) => keeps(joinSteps([...path, nameOf(item)])))
  if (kept.every(Boolean)) return entry
  const items = list.items.filter((_, index) => kept[index])
  if (body !== undefined)
    return {
      ...entry,
      list: { ...list, items },
      body: { ...body, entries: body.entries.filter((_, index) => kept[index]) },
    }
  const inner = items.map(({ text }) => text).join(list.separator)
  const value = items.length === 0 ? list.open.trim() + list.close.trim() : list.open + inner + list.close
  return { ...entry, list: { ...list, items }, value }
}

/** As in partsOfBody. */
function nameOf({ id, text }: ListItem): string {
  return `[${text.includes(id) ? id : text}]`
}
