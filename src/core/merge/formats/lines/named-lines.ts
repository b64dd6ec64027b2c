import type { RelPath } from "../../../model/path.ts"
import { bodyBuilder } from "../../outline/build-body.ts"
import { RepeatedKey, Unreadable, type Body } from "../../outline/outline.ts"
import { outlineFormat } from "../../outline/outline-format.ts"
import { linesOf } from "../../text/lines.ts"
import type { MergeFormat } from "../merge-format.ts"

/** Environment files (.env, .env.example) and .npmrc: `NAME=value` lines. A value of several lines is not understood. */
export const envFormat = namedLines(
  "env",
  /(?:^|\/)(?:\.env(?:\.[\w.-]+)?|[\w-]+\.env|\.npmrc)$/,
  /^(?<before>\s*(?:export\s+)?(?<name>[\w.:@/-]+)\s*=[ \t]*)(?<value>(?!["'])\S*(?:\s+(?!#)\S+)*|"(?:\\.|[^"\\])*"|'[^']*')(?<after>\s*(?:#.*)?)$/,
)

/** The versions of asdf and mise: a tool and its versions a line. */
export const toolVersionsFormat = namedLines(
  "tool-versions",
  /(?:^|\/)\.tool-versions$/,
  /^(?<before>\s*(?<name>[\w./@:-]+)\s+)(?<value>\S+(?:\s+(?!#)\S+)*)(?<after>\s*(?:#.*)?)$/,
)

/** A format in which each line has a name and a value: the groups of `line`. */
function namedLines(name: string, paths: RegExp, line: RegExp): MergeFormat {
  return outlineFormat({ name, matches: (path: RelPath) => paths.test(path), parse: (text) => parse(text, line) })
}

function parse(text: string, pattern: RegExp): Body {
  const builder = bodyBuilder()
  const seen = new Set<string>()
  linesOf(text).forEach((line, index) => {
    if (/^\s*(?:#|;|$)/.test(line)) return builder.trivia(line)
    const groups = pattern.exec(line)?.groups
    if (groups === undefined) throw new Unreadable(`line ${index + 1}`)
    const { name: id, before, value, after } = groups as Record<"name" | "before" | "value" | "after", string>
    if (seen.has(id)) throw new RepeatedKey(id)
    seen.add(id)
    builder.entry({ id, before, value, after, canon: value, line: index + 1 })
  })
  return builder.build()
}
