import type { RelPath } from "../../../model/path.ts"
import { bodyBuilder, type BodyBuilder } from "../../outline/build-body.ts"
import { RepeatedKey, Unreadable, type Body, type Entry } from "../../outline/outline.ts"
import { linesOf } from "../../text/lines.ts"
import { continuedValue, inlineValue } from "./ini-values.ts"

interface Section {
  readonly head: Omit<Entry, "lead" | "body">
  readonly lead: readonly string[]
  readonly builder: BodyBuilder
}

/**
 * Reads an INI file by the rules of configparser: `#` and `;` start a comment only at the start of a line, a line that is
 * indented deeper than its key goes on with the value, and what is set twice is an error.
 */
export function parseIni(text: string, path: RelPath): Body {
  const lines = linesOf(text)
  const root = bodyBuilder()
  const seen = new Set<string>()
  const rules = rulesOf(path)
  let section: Section | undefined
  const close = (): readonly string[] => {
    if (section === undefined) return root.takeTrivia()
    const rest = section.builder.takeTrivia()
    for (const comment of section.lead) root.trivia(comment)
    root.entry({ ...section.head, body: section.builder.build() })
    return rest
  }
  const once = (key: string): void => {
    if (seen.has(key)) throw new RepeatedKey(key)
    seen.add(key)
  }
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!
    const builder = section?.builder ?? root
    const name = /^\s*\[(.+)\]\s*(?:[#;].*)?$/.exec(line)?.[1]
    if (isTrivia(line)) builder.trivia(line)
    else if (name !== undefined) {
      once(JSON.stringify([name]))
      const behind = line.lastIndexOf("]") + 1
      const at = { before: line.slice(0, behind), value: "", after: line.slice(behind), line: index + 1 }
      section = { lead: close(), head: { id: `[${name}]`, canon: "{}", ...at }, builder: bodyBuilder() }
    } else {
      if (section === undefined && !rules.beforeSections) throw new Unreadable("a key in front of all sections")
      const last = lastLineOf(lines, index)
      const entry = entryOf(lines.slice(index, last + 1), index + 1, rules)
      once(JSON.stringify([section?.head.id ?? "", entry.id]))
      builder.entry(entry)
      index = last
    }
  }
  for (const comment of close()) root.trivia(comment)
  return root.build()
}

interface Rules {
  readonly delimiter: RegExp
  readonly fold: boolean
  readonly beforeSections: boolean
}

function rulesOf(path: RelPath): Rules {
  const name = path.slice(path.lastIndexOf("/") + 1)
  return {
    // SQLFluff reads `=` alone, and minds the case.
    delimiter:
      name === ".sqlfluff"
        ? /^(\s*([^=\s](?:[^=]*[^=\s])?)\s*=[ \t]*)/
        : /^(\s*([^=:\s](?:[^=:]*[^=:\s])?)\s*[=:][ \t]*)/,
    fold: name === "setup.cfg" || name === "tox.ini",
    beforeSections: name === ".editorconfig",
  }
}

/** The last line of the value that starts on line `first`: blank and comment lines belong to it when it goes on behind. */
function lastLineOf(lines: readonly string[], first: number): number {
  const depth = indentWidth(lines[first]!)
  let last = first
  for (let index = first + 1; index < lines.length; index++) {
    if (isTrivia(lines[index]!)) continue
    if (indentWidth(lines[index]!) <= depth) break
    last = index
  }
  return last
}

function entryOf(lines: readonly string[], line: number, { delimiter, fold }: Rules): Omit<Entry, "lead"> {
  const head = delimiter.exec(lines[0]!)
  if (head === null) throw new Unreadable("a key without a value")
  const id = fold ? head[2]!.toLowerCase() : head[2]!
  const first = lines[0]!.slice(head[0].length)
  if (lines.length > 1) return { id, line, ...continuedValue(id, head[1]!, first, lines.slice(1), line + 1) }
  const value = first.trimEnd()
  return { id, line, before: head[1]!, after: first.slice(value.length), ...inlineValue(value) }
}

function isTrivia(line: string): boolean {
  return /^\s*(?:[#;]|$)/.test(line)
}

function indentWidth(line: string): number {
  return line.length - line.trimStart().length
}
