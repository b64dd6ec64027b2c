import { bodyBuilder } from "../../outline/build-body.ts"
import type { Entry, ListItem } from "../../outline/outline.ts"
import { canonOfItems } from "../../outline/parse-list.ts"
import { splitRequirement } from "../lines/requirement-name.ts"

// Values of several lines that are a sequence of steps, not a set.
const STEPS = /command|script|addopts|description/i
const PACKAGES = /requires?$|deps$|dependencies|^(?:dev|test|tests|docs?|all)$/

const WORDS = /^[\w.*@/-]+(?:[ \t]*,[ \t]*[\w.*@/-]+)*$/

/** A value on one line; words with commas between are a list. */
export function inlineValue(value: string): Pick<Entry, "value" | "canon" | "list"> {
  if (!WORDS.test(value)) return { value, canon: value.replace(/\s+/g, " ") }
  const items = value.split(/\s*,\s*/).map((text): ListItem => ({ id: text, text, canon: text }))
  const separator = /[ \t]*,[ \t]*/.exec(value)?.[0] ?? ", "
  const list = { layout: "inline" as const, items, open: "", separator, close: "", trailing: true, comma: true }
  return { value, canon: canonOfItems(items), list }
}

type Written = Pick<Entry, "before" | "value" | "after" | "canon" | "body" | "list">

/** A value that goes on behind its first line: a list with an item a line, or just text. */
export function continuedValue(
  id: string,
  before: string,
  first: string,
  rest: readonly string[],
  line: number,
): Written {
  const items = first.trim() === "" && !STEPS.test(id) ? itemsOf(id, rest) : undefined
  if (items === undefined) {
    const value = [first, ...rest].join("\n")
    const canon = [first, ...rest].map((each) => each.trim()).join("\n")
    return { before: before.trimEnd(), value: before.slice(before.trimEnd().length) + value, after: "", canon }
  }
  const comma = items.filter(({ after }) => after.startsWith(",")).length > 0
  const trailing = !comma || items.at(-1)!.after.startsWith(",")
  const builder = bodyBuilder()
  let next = 0
  rest.forEach((text, index) => {
    if (/^\s*[#;]/.test(text)) return builder.trivia(text)
    const item = items[next++]!
    const after = comma && !item.after.startsWith(",") ? `,${item.after}` : item.after
    const indent = text.slice(0, text.length - text.trimStart().length)
    builder.entry({ ...item, before: indent, value: item.text, after, line: line + index })
  })
  const list = { layout: "lines" as const, items, open: "", separator: ", ", close: "", trailing, comma }
  return { before: before + first, value: "", after: "", canon: canonOfItems(items), body: builder.build(), list }
}

type LineItem = ListItem & { readonly after: string }

/** undefined when the lines are not a plain list: a blank line, lines of other depth, commas behind some. */
function itemsOf(id: string, lines: readonly string[]): readonly LineItem[] | undefined {
  const items: LineItem[] = []
  const depths = new Set<number>()
  for (const line of lines) {
    if (/^\s*[#;]/.test(line)) continue
    if (line.trim() === "") return undefined
    depths.add(line.length - line.trimStart().length)
    const written = line.trim()
    const text = written.endsWith(",") ? written.slice(0, -1).trimEnd() : written
    const after = line.trimStart().slice(text.length)
    items.push({ id: itemId(id, text), text, canon: text.replace(/\s+/g, " "), after })
  }
  const commas = items.slice(0, -1).filter(({ after }) => after.trim() === ",").length
  const even = commas === 0 ? items.at(-1)!.after.trim() === "" : commas === items.length - 1
  return depths.size === 1 && even && new Set(items.map((item) => item.id)).size === items.length ? items : undefined
}

/** `name = value` is named, a package too; anything else is itself. */
function itemId(key: string, text: string): string {
  const named = /^([\w.*/-]+)\s*=(?!=)/.exec(text)?.[1]
  if (named !== undefined) return named
  if (!PACKAGES.test(key)) return text
  const { id, rest } = splitRequirement(text)
  return rest === "" ? id : id + (/;.*$/.exec(rest)?.[0] ?? "").replace(/\s+/g, "")
}
