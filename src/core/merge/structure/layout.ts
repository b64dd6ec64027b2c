import type { Item, Node, Range } from "./model.ts"

/** Offset of the first byte of the line that `at` is in. */
export function lineStart(text: string, at: number): number {
  // lastIndexOf takes a negative position for 0, and would find a newline there.
  return at <= 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1
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
  node.canon = containerCanon(
    node.kind === "map" ? "map" : "seq",
    node.items.map(({ key, node: value }) => [key, value.canon]),
    node.props,
  )
  return node
}

export function containerCanon(
  kind: "map" | "seq",
  entries: readonly (readonly [key: string | null, canon: string])[],
  props: string,
): string {
  const texts = entries.map(([key, canon]) => (key === null ? canon : `${JSON.stringify(key)}:${canon}`))
  return kind === "map" ? `${props}{${texts.toSorted().join(",")}}` : `${props}[${texts.join(",")}]`
}

/** The canon of an opaque node: its lines, without the indentation of the first and without blanks at the ends. */
export function opaqueCanon(text: string, start: number, end: number): string {
  const column = columnOf(text, start)
  return `opaque ${JSON.stringify(shiftLines(text.slice(start, end).replace(/[ \t]+$/gm, ""), column, 0, false).trimEnd())}`
}

/** An item as far as an adapter knows it. */
export function newItem(key: string | null, keyRange: Range | null, node: Node, start: number, slot: number): Item {
  const nothing: Range = [node.end, node.end]
  const trivia = { inLines: true, own: false, lead: start, glued: start, tail: nothing, end: node.end }
  return { key, keyRange, node, start, slot, ...trivia }
}
