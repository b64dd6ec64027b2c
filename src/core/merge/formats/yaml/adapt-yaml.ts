import { linesWithEnds } from "../../structure/layout.ts"
import type { Item, Node, Range, Tree } from "../../structure/model.ts"
import { isComment } from "./comment.ts"

/** Text of one YAML file in the indentation of another: container by container, since lists and maps may differ. */
export function adaptYaml(
  from: Tree,
  [start, end]: Range,
  node: Node,
  into: Tree,
  [was, is]: readonly [number, number],
): string {
  const lines = linesWithEnds(from.text.slice(start, end))
  const starts: number[] = []
  lines.reduce((at, line) => {
    starts.push(at)
    return at + line.length
  }, start)
  const shifts = lines.map(() => is - was)
  const shiftRange = (range: Range, by: number): void => {
    for (let index = 0; index < lines.length; index++) {
      if (starts[index]! >= range[0] && starts[index]! < range[1]) shifts[index] = by
    }
  }
  const walk = (value: Node, parentWas: number, parentIs: number, behindDash: boolean): void => {
    if (value.layout !== "line" || value.items.length === 0) return
    const column = parentIs + innerColumn(value, value.indent - parentWas, behindDash, from, into)
    shiftRange([value.body![0], value.body![1]], column - value.indent)
    for (const item of value.items) walk(item.node, value.indent, column, value.kind === "seq")
  }
  walk(node, was, is, false)
  const whole = start === 0 || from.text[start - 1] === "\n"
  return lines.map((line, index) => (index === 0 && !whole ? line : shiftLine(line, shifts[index]!, was))).join("")
}

/** How deep items stand in their container's parent, in ours' style. */
function innerColumn(value: Node, width: number, behindDash: boolean, from: Tree, into: Tree): number {
  if (!value.items[0]!.own || behindDash) return width
  if (value.kind === "seq") return into.style.seqOffset >= 0 ? into.style.seqOffset : width
  return into.style.unit > 0 && width === from.style.unit ? into.style.unit : width
}

function shiftLine(line: string, by: number, was: number): string {
  if (line.trim() === "") return line
  const width = /^ */.exec(line)![0].length
  // A comment further left than all of it is not part of the indentation.
  if (isComment(line) && width < was) return line
  return " ".repeat(Math.max(0, width + by)) + line.slice(width)
}

/** An item as it stands in a flow collection; undefined for what takes several lines. */
export function flowItem(from: Tree, item: Item): string | undefined {
  const { node } = item
  const text = from.text.slice(item.start, node.end)
  if (text.includes("\n") || node.block !== undefined || (node.layout === "line" && node.items.length > 0))
    return undefined
  if (!item.inLines) return text
  const value = from.text.slice(node.start, node.end)
  const head =
    item.key === null
      ? from.text.slice(node.propsStart ?? node.start, node.start)
      : from.text.slice(item.start, node.start)
  if (node.kind !== "scalar" || node.quote !== "" || !/[,[\]{}]/.test(value)) return head + value
  return node.canon.startsWith(`${node.props}s:`) ? head + JSON.stringify(value) : undefined
}

/** An item of a flow collection as a line of a block; undefined for what takes several lines. */
export function blockItem(from: Tree, item: Item, column: number): string | undefined {
  const text = from.text.slice(item.start, item.node.end)
  return text.includes("\n") ? undefined : `${" ".repeat(column)}${item.key === null ? "- " : ""}${text}\n`
}
