import { bodyBuilder, type BodyBuilder } from "../../outline/build-body.ts"
import type { Body, Entry } from "../../outline/outline.ts"
import { outlineFormat } from "../../outline/outline-format.ts"
import { linesOf } from "../../text/lines.ts"
import type { MergeFormat } from "../merge-format.ts"
import { doubtfulRules } from "./doubtful-rules.ts"
import { wordList } from "./word-list.ts"

/** CODEOWNERS of GitHub and GitLab: a pattern and its owners a line, the last match wins. */
export const codeownersFormat: MergeFormat = outlineFormat({
  name: "codeowners",
  matches: (path) => /(?:^|\/)CODEOWNERS$/.test(path),
  ordered: true,
  parse,
  nameOf: ({ before }) => before.trim(),
  doubtful: (base, ours, theirs, result) =>
    doubtfulRules(base, ours, theirs, result, ({ id, canon }) => ({ pattern: id, says: canon })),
})

// GitLab: `[Name]`, optional `^`, approvals `[2]`, and default owners for the rules below.
const SECTION = /^(\s*\^?\[([^\]]+)\](?:\[\d+\])?)((?:[^#]*[^#\s])?)(\s*(?:#.*)?)$/
// A blank in a pattern is escaped. `#` behind blanks starts a comment.
const RULE = /^(\s*((?:\\.|[^\s\\])+))((?:\s+(?!#)\S+)*)(\s*(?:#[^\n]*)?)$/

function parse(text: string): Body {
  const root = bodyBuilder()
  let section:
    | { readonly entry: Omit<Entry, "lead" | "body">; readonly lead: readonly string[]; readonly rules: BodyBuilder }
    | undefined
  const close = (): readonly string[] => {
    if (section === undefined) return []
    const rest = section.rules.takeTrivia()
    for (const line of section.lead) root.trivia(line)
    root.entry({ ...section.entry, body: section.rules.build() })
    return rest
  }
  linesOf(text).forEach((line, index) => {
    const rules = section?.rules ?? root
    if (line.trim() === "" || line.trimStart().startsWith("#")) return rules.trivia(line)
    const head = SECTION.exec(line)
    if (head === null) return rules.entry(ruleOf(line, index + 1))
    const lead = section === undefined ? root.takeTrivia() : close()
    const entry = {
      id: `[${head[2]!.trim().toLowerCase()}]`,
      ...ownersOf(head[1]!, head[3]!, head[4]!),
      line: index + 1,
    }
    section = { entry, lead, rules: bodyBuilder() }
  })
  for (const line of close()) root.trivia(line)
  return root.build()
}

function ruleOf(line: string, number: number): Omit<Entry, "lead"> {
  const [, before, pattern, owners, after] = RULE.exec(line) ?? [line, line, line.trim(), "", ""]
  // `docs/` and `/docs` are hardly two things; which of them is meant shows in `before`.
  const id = pattern!.replace(/^\/(?=.)/, "").replace(/(?<=.)\/$/, "")
  const rule = { id, ...ownersOf(before!, owners!, after!), line: number }
  const list = wordList(rule.value, (owner) => owner)
  return list === undefined ? rule : { ...rule, list }
}

function ownersOf(head: string, owners: string, after: string): Pick<Entry, "before" | "value" | "after" | "canon"> {
  const value = owners.trimStart()
  const before = head + owners.slice(0, owners.length - value.length)
  const canon = value.split(/\s+/).toSorted().join(" ")
  return { before, value, after, canon }
}
