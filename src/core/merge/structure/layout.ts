import type { Item, Node, Range } from "./model.ts"

/** Offset of the first byte of the line that `at` is in. */
export function lineStart(text: string, at: number): number {
  const near = Math.max(0, at - LONG_LINE)
  const newline = text.slice(near, at).lastIndexOf("\n")
  if (newline >= 0) return near + newline + 1
  return near === 0 ? 0 : startOfLongLine(text, at)
}

const LONG_LINE = 500

/** Generated JSON is one line of a megabyte, in which place after place is asked for: on three sides by turns. */
const longLines: { text: string; start: number; end: number }[] = []

function startOfLongLine(text: string, at: number): number {
  const known = longLines.find((line) => line.start <= at && at <= line.end && line.text === text)
  if (known !== undefined) return known.start
  const end = text.indexOf("\n", at)
  const line = { text, start: text.lastIndexOf("\n", at - 1) + 1, end: end < 0 ? text.length : end }
  longLines.unshift(line)
  longLines.length = Math.min(longLines.length, 4)
  return line.start
}

/** Offset behind the newline of the line that `at` is in. */
export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf("\n", at)
  return newline < 0 ? text.length : newline + 1
}

export function columnOf(text: string, at: number): number {
  return at - lineStart(text, at)
}

/** Width of the indentation of the line that `at` is in. */
export function indentOf(text: string, at: number): number {
  const start = lineStart(text, at)
  let end = start
  while (text[end] === " " || text[end] === "\t") end++
  return end - start
}

/** The lines of a text, with their newlines. */
export function linesWithEnds(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** The text without blanks at the ends of its lines. */
export function withoutTrailingBlanks(text: string): string {
  // Looked for where a run of blanks starts only: else each blank of a long run is a start of its own.
  return text.replace(/(?<![ \t])[ \t]+$/gm, "")
}

/** Moves all lines but the first (which continues a line) from one indentation to another; blank lines stay. */
export function shiftLines(text: string, from: number, to: number, firstToo: boolean): string {
  if (from === to) return text
  const shifted = linesWithEnds(text).map((line, index) => {
    if ((index === 0 && !firstToo) || line.trim() === "") return line
    const width = /^[ \t]*/.exec(line)![0].length
    if (width < from) return line
    return to > from ? " ".repeat(to - from) + line : line.slice(from - to)
  })
  return shifted.join("")
}

/** Sets the canon of a container whose items are complete, and returns the node. */
export function finishNode(node: Node): Node {
  const { kind, items, props } = node
  const entries = items.map((item) => ({ key: item.key, canon: item.node.canon }))
  node.canon = containerCanon(kind === "map" ? "map" : "seq", entries, props)
  return node
}

/** Built by appending, since text that is appended is only copied when somebody looks at it. */
export function containerCanon(
  kind: "map" | "seq",
  entries: readonly { readonly key: string | null; readonly canon: string }[],
  props: string,
): string {
  let canon = props + (kind === "map" ? "{" : "[")
  // Keys are unique, so their order is that of the entries.
  const ordered = kind === "map" ? entries.toSorted(byKey) : entries
  for (const entry of ordered) {
    if (entry.key !== null) canon += quoted(entry.key)
    canon += entry.canon
    canon += ","
  }
  return canon + (kind === "map" ? "}" : "]")
}

function byKey(a: { readonly key: string | null }, b: { readonly key: string | null }): number {
  return (a.key ?? "") < (b.key ?? "") ? -1 : 1
}

/** As JSON, which for most keys is easily told. */
function quoted(key: string): string {
  return /^[\w+./ -]*$/.test(key) ? `"${key}":` : `${JSON.stringify(key)}:`
}

/** The canon of an opaque node at a column: its lines, without that indentation and without blanks at the ends. */
export function opaqueCanon(text: string, column: number): string {
  return `opaque ${JSON.stringify(shiftLines(withoutTrailingBlanks(text), column, 0, false).trimEnd())}`
}

/**
 * Makes the keys of a map's items unique, given their names: the second `a` is `a (2)`. False when that is the name of
 * another one.
 */
export function nameItems(items: readonly Item[], names: readonly string[]): boolean {
  const counts = new Map<string, number>()
  items.forEach((item, index) => {
    const count = (counts.get(names[index]!) ?? 0) + 1
    counts.set(names[index]!, count)
    if (count === 1) return
    item.key = `${item.key} (${count})`
    item.repeated = true
  })
  return new Set(items.map(({ key }) => key)).size === items.length
}

/** An item as far as an adapter knows it. */
export function newItem(key: string | null, keyRange: Range | null, node: Node, start: number, slot: number): Item {
  const nothing: Range = [node.end, node.end]
  const trivia = { inLines: true, own: false, lead: start, glued: start, tail: nothing, end: node.end }
  return { key, keyRange, node, start, slot, ...trivia }
}
