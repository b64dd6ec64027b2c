import type { ListValue } from "../../outline/outline.ts"

/** Words with blanks between, each standing for itself; undefined where the blanks differ, or a word is there twice. */
export function wordList(value: string, idOf: (word: string) => string): ListValue | undefined {
  const separator = /\s+/.exec(value)?.[0] ?? " "
  const words = value.split(/\s+/).filter((word) => word !== "")
  if (words.join(separator) !== value || new Set(words.map(idOf)).size < words.length) return undefined
  const items = words.map((text) => ({ id: idOf(text), text, canon: text }))
  const written = { open: "", separator, close: "", trailing: true, comma: false }
  return { layout: "inline", items, ...written, independent: true }
}
