import { bodyBuilder } from "../../outline/build-body.ts"
import type { Body } from "../../outline/outline.ts"
import { linesOf } from "../../text/lines.ts"

const HEADING = /^ {0,3}(#{1,6}(?:[ \t].*|))$/
const FENCE = /^ {0,3}(`{3,}|~{3,})/
const DOCS = /^\s*\{%-?\s*docs\s+(\w+)/
const END_OF_DOCS = /\{%-?\s*enddocs\s*-?%\}/

/** Cuts Markdown at headings and at docs blocks of dbt; headings in code and in docs blocks are text. */
export function parseMarkdown(text: string): Body {
  const builder = bodyBuilder()
  let section: { readonly id: string; readonly lines: string[]; readonly line: number } | undefined
  let fence: string | undefined
  let docs = false
  const close = (): void => {
    if (section === undefined) return
    const { id, lines, line } = section
    const end = lines.findLastIndex((each) => each.trim() !== "") + 1
    const content = lines.slice(0, end).join("\n")
    const cut = /^[^\n]*/.exec(content)![0].length
    const value = content.slice(cut)
    builder.entry({ id, before: content.slice(0, cut), value, after: "", canon: value, line })
    for (const blank of lines.slice(end)) builder.trivia(blank)
    section = undefined
  }
  linesOf(text).forEach((line, index) => {
    const id = fence === undefined && !docs ? startOf(line) : undefined
    if (id !== undefined || (section === undefined && line.trim() !== "")) {
      close()
      section = { id: id ?? "", lines: [], line: index + 1 }
    }
    if (section === undefined) builder.trivia(line)
    else section.lines.push(line)
    if (DOCS.test(line)) docs = true
    if (END_OF_DOCS.test(line)) docs = false
    const mark = FENCE.exec(line)?.[1]
    if (fence === undefined) fence = mark
    else if (mark !== undefined && mark.startsWith(fence) && line.trim() === mark) fence = undefined
  })
  close()
  return builder.build()
}

function startOf(line: string): string | undefined {
  const heading = HEADING.exec(line)?.[1]
  if (heading !== undefined) return heading.trimEnd().replace(/\s+/g, " ").toLowerCase()
  const name = DOCS.exec(line)?.[1]
  return name === undefined ? undefined : `docs ${name}`
}
