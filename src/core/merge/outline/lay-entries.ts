import type { RelPath } from "../../model/path.ts"
import type { FileRules } from "../rules/merge-rules.ts"
import { textOf } from "../text/lines.ts"
import type { OutlineLanguage } from "./outline-format.ts"
import { type Body, type Entry, linesOfBody, Unreadable } from "./outline.ts"

/**
 * A text of rules, of which the last one that fits counts, with those of another text on top: a rule that both have in its
 * place, as `above` has it, and the others behind all of `below`. undefined where one of them cannot be read.
 */
export function layEntries(
  language: OutlineLanguage,
  below: string,
  above: string,
  path: RelPath,
  rules: FileRules,
): string | undefined {
  try {
    const [lower, upper] = [below, above].map((text) => language.parse(text, path, rules))
    return textOf(linesOfBody(laid(lower!, upper!)))
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

function laid(below: Body, above: Body): Body {
  const known = new Set(below.entries.map(({ id }) => id))
  const entries = below.entries.map((entry): Entry => {
    const own = above.entries.findLast(({ id }) => id === entry.id)
    if (own === undefined) return entry
    const body = entry.body && own.body ? laid(entry.body, own.body) : (own.body ?? entry.body)
    return { ...own, lead: entry.lead, ...(body === undefined ? {} : { body }) }
  })
  const [first, ...more] = above.entries.filter(({ id }) => !known.has(id))
  if (first === undefined) return { ...below, entries }
  // What speaks of the other file as a whole says nothing here.
  const isHeading = first === above.entries[0] && !above.header.some((line) => line.trim() === "")
  const lead = [...(isHeading ? above.header : []), ...first.lead]
  const behind = below.foot.length > 0 ? below.foot : lead.length > 0 && lead[0]!.trim() !== "" ? [""] : []
  return { ...below, entries: [...entries, { ...first, lead: [...behind, ...lead] }, ...more], foot: above.foot }
}
