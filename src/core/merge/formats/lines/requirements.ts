import { bodyBuilder } from "../../outline/build-body.ts"
import type { Body, Entry } from "../../outline/outline.ts"
import { outlineFormat } from "../../outline/outline-format.ts"
import { linesOf } from "../../text/lines.ts"
import type { MergeFormat } from "../merge-format.ts"
import { splitRequirement } from "./requirement-name.ts"

/** Lists of Python packages: requirements.txt, constraints.txt and what pip-compile reads. */
export const requirementsFormat: MergeFormat = outlineFormat({
  name: "requirements",
  matches: (path) =>
    /(?:^|\/)(?:(?:[\w.-]*requirements|constraints)[\w.-]*|requirements\/[\w.-]+)\.(?:txt|in)$/.test(path),
  parse,
})

function parse(text: string): Body {
  const builder = bodyBuilder()
  const lines = linesOf(text)
  for (let index = 0; index < lines.length; index++) {
    const first = lines[index]!
    if (first.trim() === "" || first.trimStart().startsWith("#")) {
      builder.trivia(first)
      continue
    }
    const start = index
    // A backslash at the end goes on, usually with hashes.
    while (lines[index]!.endsWith("\\") && index + 1 < lines.length) index++
    builder.entry({ ...entryOf(lines.slice(start, index + 1).join("\n")), line: start + 1 })
  }
  return builder.build()
}

function entryOf(text: string): Omit<Entry, "lead" | "line"> {
  const comment = /(?<!\s)(?:\s+#[^\n]*|\s+)$/.exec(text)?.[0] ?? ""
  const written = text.slice(0, text.length - comment.length)
  const { id, name, rest } = splitOption(written) ?? splitRequirement(written)
  return { id, before: name, value: rest, after: comment, canon: rest.replace(/\s+/g, "") }
}

// Options that come once have a value that can change; `-r`, `-e`, `--extra-index-url` and others come as often as needed.
const ONCE = /^(\s*(-i|--index-url|--no-index|--prefer-binary|--pre|--require-hashes)(?:[\s=]+|$))(.*)$/s

function splitOption(text: string): { readonly id: string; readonly name: string; readonly rest: string } | undefined {
  const once = ONCE.exec(text)
  if (once !== null) return { id: once[2] === "-i" ? "--index-url" : once[2]!, name: once[1]!, rest: once[3]! }
  return text.trimStart().startsWith("-") ? { id: text.trim().replace(/\s+/g, " "), name: text, rest: "" } : undefined
}
