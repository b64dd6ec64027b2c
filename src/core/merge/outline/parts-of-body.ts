import type { RelPath } from "../../model/path.ts"
import type { Part } from "../formats/part.ts"
import type { FileRules } from "../rules/merge-rules.ts"
import { linesOfEntry, Unreadable, type Entry } from "./outline.ts"
import type { OutlineLanguage } from "./outline-format.ts"

/** What a text of such a language says; undefined for one that cannot be read. */
export function partsOfBody(
  language: OutlineLanguage,
  text: string,
  path: RelPath,
  rules: FileRules,
): readonly Part[] | undefined {
  const partOf = (entry: Entry, repeated: ReadonlySet<string>): Part => {
    const { id, alias, line, canon } = entry
    const part = {
      id: alias !== undefined && repeated.has(id) ? `${id} ${alias}` : id,
      name: language.nameOf?.(entry) ?? id,
      lines: [line, line + linesOfEntry(entry).length - 1] as const,
    }
    const parts = entry.list === undefined ? entry.body && partsOf(entry.body.entries) : itemsOf(entry)
    if (parts === undefined) return { ...part, canon, text: entry.value, comment: entry.after }
    const inside = parts.map((each) => `${each.id}=${each.canon}`)
    return {
      ...part,
      canon: entry.list === undefined ? JSON.stringify(inside.toSorted()) : canon,
      text: "",
      parts,
    }
  }
  const partsOf = (entries: readonly Entry[]): readonly Part[] => {
    // Of a block that is there once, what it is called inside may change.
    const seen = new Set<string>()
    const repeated = new Set(entries.flatMap(({ id }) => (seen.has(id) ? id : (seen.add(id), []))))
    return entries.map((entry) => partOf(entry, repeated))
  }
  try {
    return partsOf(language.parse(text, path, rules).entries)
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

/** undefined for a list that looks like a value: one word without brackets, or nothing in them. */
function itemsOf({ list, body, line, value }: Entry): readonly Part[] | undefined {
  if (list!.items.length === 0 || (list!.items.length === 1 && value === list!.items[0]!.text)) return undefined
  return list!.items.map(({ id, text, canon }, index): Part => {
    const at = body?.entries[index]?.line ?? line
    return { id, name: `[${text.includes(id) ? id : text}]`, canon, text, lines: [at, at] }
  })
}
