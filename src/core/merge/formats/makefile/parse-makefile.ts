import { bodyBuilder } from "../../outline/build-body.ts"
import { RepeatedKey, Unreadable, type Body, type Entry, type ListItem } from "../../outline/outline.ts"
import { linesOf } from "../../text/lines.ts"

const VARIABLE = /^((?:(?:export|override|private)\s+)*([\w.%$(){}-]+)\s*(?:[:?+!]|::)?=)/
const RULE = /^([^\s:=#][^:=#]*?)\s*::?(?![:=])/
// Lists of targets, which come as one line or as a line for each target.
const TARGETS = /^(\.(?:PHONY|SECONDARY|PRECIOUS|INTERMEDIATE|SILENT|IGNORE)\s*:[ \t]*)([^#\n]*?)([ \t]*(?:#.*)?)$/
const WHOLE_LINE = /^(?:-?include|sinclude|export|unexport|vpath)\b/

/** Reads a Makefile as variables and rules. Throws `Unreadable` for conditionals and other things that span rules. */
export function parseMakefile(text: string): Body {
  const builder = bodyBuilder()
  const lines = linesOf(text)
  const rules = new Set<string>()
  for (let index = 0; index < lines.length; index++) {
    const first = lines[index]!
    if (/^\s*(?:#.*)?$/.test(first)) {
      builder.trivia(first)
      continue
    }
    const start = index
    index = lastLineOf(lines, start)
    const written = lines.slice(start, index + 1).join("\n")
    const entry = entryOf(written)
    if (entry.id.startsWith("rule ") && !/^[^\n]*?::/.test(written)) {
      if (written.includes("\n\t") && rules.has(entry.id)) throw new RepeatedKey(entry.id)
      if (written.includes("\n\t")) rules.add(entry.id)
    }
    builder.entry({ ...entry, line: start + 1 })
  }
  return builder.build()
}

/** The last line of what starts on line `start`: a backslash goes on, and a recipe, with the blanks and comments in it. */
function lastLineOf(lines: readonly string[], start: number): number {
  let last = start
  while (lines[last]!.endsWith("\\") && last + 1 < lines.length) last++
  if (VARIABLE.test(lines[start]!) || !RULE.test(lines[start]!)) return last
  for (let index = last + 1; index < lines.length; index++) {
    const line = lines[index]!
    if (line.startsWith("\t") || lines[last]!.endsWith("\\")) last = index
    else if (!/^\s*(?:#.*)?$/.test(line)) break
  }
  return last
}

function entryOf(written: string): Omit<Entry, "lead" | "line"> {
  const targets = TARGETS.exec(written)
  if (targets !== null) return targetsOf(targets as unknown as readonly string[])
  const variable = VARIABLE.exec(written)
  const rule = variable === null ? RULE.exec(written) : null
  const [head, name] = variable === null ? [rule?.[0], rule?.[1]] : [variable[1], variable[2]]
  if (head === undefined || name === undefined) {
    if (!WHOLE_LINE.test(written)) throw new Unreadable(written)
    return { id: written, before: written, value: "", after: "", canon: "" }
  }
  const value = written.slice(head.length)
  const id = `${variable === null ? "rule" : "variable"} ${name.split(/\s+/).join(" ")}`
  return { id, before: head, value, after: "", canon: value.trim() }
}

function targetsOf([, before, value, after]: readonly string[]): Omit<Entry, "lead" | "line"> {
  const items = value!.split(/\s+/).map((text): ListItem => ({ id: text, text, canon: text }))
  const list = { layout: "inline", items, open: "", separator: " ", close: "", trailing: true, comma: true } as const
  const place = { id: before!.trim(), alias: value!, before: before!, value: value!, after: after! }
  return { ...place, canon: items.map(({ canon }) => canon).join(" "), list }
}
