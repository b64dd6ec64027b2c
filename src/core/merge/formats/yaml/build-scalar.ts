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
  const value = quote === "" ? source.replace(/[ \t]*\n\s*/g, "\n") : String(scalar.value)
  const common = { start, end, items: [], indent: 0, props: "", quote }
  return { kind: "scalar", layout: "inline", ...common, canon: scalarCanon(value, quote !== "") }
}

/** Canon of a block text: how lines and end are treated, and the lines. */
export function blockCanon({ header, body }: Block): string {
  const keeps = header.includes("+")
  return `b:${header.replace(/\s.*$/, "").replace(/\d/, "")}\n${keeps ? body : body.trimEnd()}`
}

function buildBlock(text: string, start: number, rangeEnd: number): Node {
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
