import type { Scalar } from "yaml"
import { lineEnd, linesWithEnds } from "../../structure/layout.ts"
import { Unreadable, type Block, type Node } from "../../structure/model.ts"
import { scalarCanon } from "./scalar-canon.ts"

export function buildScalar(text: string, scalar: Scalar.Parsed): Node {
  const token = scalar.srcToken
  if (token === undefined) throw new Unreadable("no source")
  const [start, end] = scalar.range
  if (token.type === "block-scalar") return buildBlock(text, start, end)
  const quote = token.type === "single-quoted-scalar" ? "'" : token.type === "double-quoted-scalar" ? '"' : ""
  const source = text.slice(start, end)
  // A text over several lines is the string that it folds to.
  const value = quote === "" && !source.includes("\n") ? source : (scalar.source ?? String(scalar.value))
  return scalarNode(start, end, quote, value)
}

/** A scalar that is no block text; `quote` is the quote around it, or "". */
export function scalarNode(start: number, end: number, quote: string, value: string): Node {
  const canon = scalarCanon(value, quote !== "")
  return { kind: "scalar", layout: "inline", start, end, items: [], indent: 0, props: "", quote, canon }
}

/** Canon of a block text: that of the string it is, so that a text that was only folded anew stays the same. */
export function blockCanon({ header, body }: Block): string {
  const style = header.replace(/\s.*$/, "")
  // With an indentation of its own the body holds it too.
  if (/\d/.test(style)) return `b:${style.replace(/\d/, "")}\n${style.includes("+") ? body : body.trimEnd()}`
  const text = body.trimEnd()
  const written = style.startsWith(">") ? folded(text.split("\n")) : text
  const ending = style.includes("+") ? body.slice(text.length) : style.includes("-") || text === "" ? "" : "\n"
  return scalarCanon(written + ending, true)
}

/** YAML's folding: a line end is a blank, except around blank lines and lines that are indented further. */
function folded(lines: readonly string[]): string {
  const isDeeper = (line: string): boolean => /^[ \t]/.test(line)
  let text = ""
  let [before, blanks] = [undefined as string | undefined, 0]
  for (const line of lines) {
    if (line === "") {
      blanks++
      continue
    }
    if (before === undefined) text = "\n".repeat(blanks)
    else if (isDeeper(before) || isDeeper(line)) text += "\n".repeat(blanks + 1)
    else text += blanks === 0 ? " " : "\n".repeat(blanks)
    text += line
    ;[before, blanks] = [line, 0]
  }
  return text
}

/** A block text that starts with its header; `rangeEnd` may be anywhere in the blank lines behind it. */
export function buildBlock(text: string, start: number, rangeEnd: number): Node {
  const bodyStart = lineEnd(text, start)
  const header = text.slice(start, bodyStart).trimEnd()
  const keeps = header.replace(/\s.*$/, "").includes("+")
  const raw = text.slice(bodyStart, Math.max(bodyStart, rangeEnd))
  // Blank lines behind the text mean nothing, except with `+`: they set the next key apart.
  const written = keeps ? raw.replace(/\n$/, "") : raw.trimEnd()
  const end = written === "" ? start + header.length : bodyStart + written.length
  const lines = linesWithEnds(`${written}\n`)
  const columns = lines.filter((line) => line.trim() !== "").map((line) => /^ */.exec(line)![0].length)
  const explicit = /\d/.exec(header.replace(/\s.*$/, "")) !== null
  const indent = columns.length === 0 || explicit ? 0 : columns.reduce((a, b) => Math.min(a, b))
  const body = written === "" ? "" : lines.map((line) => (line.trim() === "" ? "\n" : line.slice(indent))).join("")
  const block = { header, body, indent }
  return {
    kind: "scalar",
    layout: "inline",
    start,
    end,
    items: [],
    indent: 0,
    props: "",
    block,
    canon: blockCanon(block),
  }
}
