import { bodyBuilder } from "../../outline/build-body.ts"
import { Unreadable, type Body, type Entry, type ListItem } from "../../outline/outline.ts"
import { outlineFormat } from "../../outline/outline-format.ts"
import { linesOf } from "../../text/lines.ts"
import type { MergeFormat } from "../merge-format.ts"
import { doubtfulRules } from "./doubtful-rules.ts"

/** .gitattributes: a pattern and its attributes a line; of one attribute the last match wins. */
export const attributesFormat: MergeFormat = outlineFormat({
  name: "attributes",
  matches: (path) => /(?:^|\/)\.gitattributes$/.test(path),
  ordered: true,
  parse,
  doubtful: (base, ours, theirs, result) =>
    doubtfulRules(base, ours, theirs, result, ({ id, value }) => ({ pattern: id, says: value }), setApart),
})

const RULE = /^(\s*("(?:\\.|[^"\\])*"|\S+))(\s+)(\S+(?:\s+\S+)*)(\s*)$/

function parse(text: string): Body {
  const builder = bodyBuilder()
  linesOf(text).forEach((line, index) => {
    if (/^\s*(?:#|$)/.test(line)) return builder.trivia(line)
    const found = RULE.exec(line)
    if (found === null) throw new Unreadable(`line ${index + 1}`)
    const [, head, pattern, gap, value, after] = found as unknown as readonly string[]
    builder.entry({ id: pattern!, before: head! + gap!, after: after!, line: index + 1, ...attributes(value!) })
  })
  return builder.build()
}

function attributes(value: string): Pick<Entry, "value" | "canon" | "list"> {
  const items = value.split(/\s+/).map((text): ListItem => ({ id: nameOf(text), text, canon: text }))
  const list = { layout: "inline", items, open: "", separator: " ", close: "", trailing: true, comma: true } as const
  return { value, canon: items.map(({ canon }) => canon).join(" "), list }
}

/** `text`, `-text`, `!text` and `text=auto` are one attribute. */
function nameOf(attribute: string): string {
  return attribute.replace(/^[-!]/, "").replace(/=.*$/s, "")
}

/** Whether two rules give the same attribute another value. */
function setApart(first: string, last: string): boolean {
  const [a, b] = [settings(first), settings(last)]
  return [...a].some(([name, value]) => b.has(name) && b.get(name) !== value)
}

function settings(value: string): ReadonlyMap<string, string> {
  // What git has built in.
  const words = value.split(/\s+/).flatMap((word) => (word === "binary" ? ["-diff", "-merge", "-text"] : [word]))
  return new Map(words.map((word) => [nameOf(word), word]))
}
