import { columnOf, lineStart, shiftLines, withoutTrailingBlanks } from "./layout.ts"
import type { FileRules } from "../rules/merge-rules.ts"
import type { Item, Node, StructureAdapter, Tree } from "./model.ts"

/** What a merge works on. */
export interface Sides {
  readonly adapter: StructureAdapter
  readonly base: Tree
  readonly ours: Tree
  readonly theirs: Tree
  readonly rules: FileRules
}

/** This place cannot be merged by structure. Its nearest item becomes a conflict. */
export class Doubt extends Error {}

/** One member, or one value, on the three sides. */
export interface Three<T> {
  readonly base: T | undefined
  readonly ours: T
  readonly theirs: T
}

const texts = new WeakMap<Item, string>()

/** The item's text without the indentation it happens to have: equal for items that are written alike. */
export function itemText(tree: Tree, item: Item): string {
  let text = texts.get(item)
  if (text === undefined) {
    text = withoutTrailingBlanks(exactText(tree, item))
    texts.set(item, text)
  }
  return text
}

/** Whether two items are written alike, whatever their indentation. */
export function isWrittenAlike(tree: Tree, item: Item, otherTree: Tree, other: Item): boolean {
  return isSame(tree, item, otherTree, other) || itemText(tree, item) === itemText(otherTree, other)
}

/** As `isWrittenAlike`, down to the blanks at the ends of lines. */
export function isExactlyAlike(tree: Tree, item: Item, otherTree: Tree, other: Item): boolean {
  if (isSame(tree, item, otherTree, other)) return true
  return isWrittenAlike(tree, item, otherTree, other) && exactText(tree, item) === exactText(otherTree, other)
}

function isSame(tree: Tree, item: Item, otherTree: Tree, other: Item): boolean {
  return (
    item.end - item.start === other.end - other.start &&
    columnOf(tree.text, item.start) === columnOf(otherTree.text, other.start) &&
    tree.text.slice(item.start, item.end) === otherTree.text.slice(other.start, other.end)
  )
}

function exactText(tree: Tree, item: Item): string {
  return shiftLines(tree.text.slice(item.start, item.end), columnOf(tree.text, item.start), 0, false)
}

/** Theirs' (or the base's) item as whole lines, or as the rest of a line, in ours' indentation. */
export function adaptedItem(sides: Sides, from: "base" | "theirs", item: Item, column: number, own: boolean): string {
  const tree = sides[from]
  const start = item.own ? lineStart(tree.text, item.start) : item.start
  const text = sides.adapter.adapt(tree, [start, item.end], item.node, sides.ours, [
    columnOf(tree.text, item.start),
    column,
  ])
  if (own === item.own) return text
  return own ? " ".repeat(column) + text : text.trimStart()
}

export function isContainer(node: Node): boolean {
  return node.kind === "map" || node.kind === "seq"
}

/** Nothing in it, or not even a value. */
export function isEmpty(node: Node): boolean {
  return node.kind === "null" || (isContainer(node) && node.items.length === 0)
}

/** The comments in a piece of text of a side. A safety net: a `#` in a block text looks like one. */
export function commentsIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/(?:^|\s)((?:#|\/\/|\/\*|;).*)$/gm), (match) => match[1]!.trim())
}

export function hasNewComments(before: string, after: string): boolean {
  const known = new Set(commentsIn(before))
  return commentsIn(after).some((comment) => !known.has(comment))
}
