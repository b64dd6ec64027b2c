import { bodyBuilder } from "../../outline/build-body.ts"
import type { Body, Entry } from "../../outline/outline.ts"
import { outlineFormat } from "../../outline/outline-format.ts"
import { linesOf, sameLines } from "../../text/lines.ts"
import type { MergeFormat } from "../merge-format.ts"
import { doubtfulRules } from "./doubtful-rules.ts"

/** Lists of paths to ignore (.gitignore, .sqlfluffignore, .dockerignore, …): a pattern a line, the last match wins. */
export const ignoreFormat: MergeFormat = outlineFormat({
  name: "ignore",
  matches: (path) => /(?:^|\/)\.[\w-]*ignore$/.test(path),
  ordered: true,
  // Without exceptions the team's order is as good. Where its list is as it was, the template's order comes along.
  anyOrder: (base, ours, theirs) =>
    [base, ours, theirs].every(({ entries }) => entries.every(({ value }) => !value.startsWith("!"))) &&
    !sameLines(patternsOf(base), patternsOf(ours)),
  parse,
  doubtful: (base, ours, theirs, result) => doubtfulRules(base, ours, theirs, result, ruleOf),
})

function patternsOf({ entries }: Body): readonly string[] {
  return entries.map(({ value }) => value)
}

function parse(text: string): Body {
  const builder = bodyBuilder()
  linesOf(text).forEach((line, index) => {
    // A comment starts the line: behind a pattern, `#` is a part of it.
    if (line.trim() === "" || line.startsWith("#")) return builder.trivia(line)
    const pattern = line.trimEnd()
    const [before, value, after] = ["", pattern, line.slice(pattern.length)]
    builder.entry({ id: pattern, before, value, after, canon: pattern, line: index + 1 })
  })
  return builder.build()
}

function ruleOf({ value }: Entry): { readonly pattern: string; readonly says: string } {
  return value.startsWith("!") ? { pattern: value.slice(1), says: "keep" } : { pattern: value, says: "ignore" }
}
