import { finishNode, lineEnd, newItem } from "../../structure/layout.ts"
import type { Item, Node, Tree } from "../../structure/model.ts"
import { assignTrivia } from "../../structure/trivia.ts"
import { buildBlock } from "./build-scalar.ts"
import { isComment } from "./comment.ts"
import { nothingAt } from "./leaf.ts"
import { moveNode } from "./move-node.ts"
import { flowNode } from "./plain-flow.ts"
import { Beyond, keyName, plainNode, quotedNode, quoteEnd, startsPlain } from "./plain-scalars.ts"
import { rootStart } from "./root-start.ts"
import { styleOf } from "../../structure/style.ts"

// Tabs, control characters and blanks beyond the space; marks between documents.
const UNUSUAL =
  /[^\n\x20-\x7e\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\ufffd]|^(?:---|\.\.\.)/m
const DEEPEST = 60

// A line with something else than blanks and a comment.
const CONTENT = /^ *(?=[^ \n#])/gm

const NEWLINE = 10
const SPACE = 32
const HASH = 35
const DASH = 45
const COLON = 58

/** Values of list items, by the lines that they were read from, and where these began. */
export type KnownItems = Map<string, { readonly node: Node; readonly at: number }>

/**
 * The layout tree of a YAML text that uses only what configuration files mostly use: one document of block maps and lists,
 * scalars on one line, flow collections on one line, block texts. undefined for everything else, and for all that is
 * doubtful: `parseYaml` reads that in full. Ten times faster than reading in full, with the same result.
 * @param known list items that were read already; those of this text are added
 */
export function parsePlainYaml(text: string, known: KnownItems = new Map()): Tree | undefined {
  if (!text.endsWith("\n") || UNUSUAL.test(text)) return undefined
  try {
    const root = new Reader(text, known).root()
    assignTrivia(text, root, rootStart(text, root, 0), text.length, -1, isComment)
    const docs = [root]
    return { text, docs, style: styleOf(docs) }
  } catch (error) {
    if (error instanceof Beyond) return undefined
    throw error
  }
}

/**
 * Reads line by line; searches are left to the engine, whose own are quick from the first line on. `line` is the start of
 * the next line with content, `column` where its content begins, `end` its newline.
 */
class Reader {
  private readonly text: string
  private readonly known: KnownItems
  private line = 0
  private column = 0
  private end = 0
  private depth = 0
  private comment = -1
  private isWithinKnown = false

  constructor(text: string, known: KnownItems) {
    this.text = text
    this.known = known
  }

  root(): Node {
    this.moveTo(0)
    if (this.ended()) throw new Beyond()
    const node = this.block()
    if (!this.ended()) throw new Beyond()
    // Which comments behind the last item belong to it is not easily told.
    if (this.text.slice(node.end).split("\n").slice(1).some(isComment)) throw new Beyond()
    return node
  }

  private ended(): boolean {
    return this.line >= this.text.length
  }

  /** To the first line with content from `at` on, which starts a line. */
  private moveTo(at: number): void {
    const { text } = this
    CONTENT.lastIndex = at
    if (CONTENT.test(text)) {
      const content = CONTENT.lastIndex
      this.line = text.lastIndexOf("\n", content - 1) + 1
      this.column = content - this.line
      this.end = text.indexOf("\n", content)
    } else {
      this.line = this.end = text.length
      this.column = -1
    }
  }

  /** Where a comment behind a value begins, with the blank in front of it, or else the line ends. */
  private endFrom(at: number): number {
    if (this.comment < at) {
      const found = this.text.indexOf(" #", at)
      this.comment = found < 0 ? this.text.length : found
    }
    return Math.min(this.comment, this.end)
  }

  /** The map or list that begins at the current line. */
  private block(): Node {
    const column = this.column
    return this.isDash(this.line + column) ? this.list(column) : this.map(this.line + column, column)
  }

  private isDash(at: number): boolean {
    if (this.text.charCodeAt(at) !== DASH) return false
    const next = this.text.charCodeAt(at + 1)
    return next === SPACE || next === NEWLINE
  }

  private list(column: number): Node {
    const items: Item[] = []
    const ends = new RegExp(`^ {0,${column}}[^ \\n#]`, "gm")
    while (this.column === column && this.isDash(this.line + column)) {
      const start = this.line + column
      const node = this.isWithinKnown ? this.listValue(start, column) : this.knownValue(start, column, ends)
      items.push(newItem(null, null, node, start, start + 1))
    }
    return this.container("seq", items, column)
  }

  /** Versions of a file have most items of their lists in common: these are read once. `ends` finds an item's end. */
  private knownValue(dash: number, column: number, ends: RegExp): Node {
    const at = this.line
    ends.lastIndex = this.end
    const end = ends.exec(this.text)?.index ?? this.text.length
    const lines = this.text.slice(at, end)
    const known = this.known.get(lines)
    if (known !== undefined) {
      this.moveTo(end)
      return moveNode(known.node, at - known.at)
    }
    this.isWithinKnown = true
    const node = this.listValue(dash, column)
    this.isWithinKnown = false
    if (this.line === end) this.known.set(lines, { node, at })
    return node
  }

  private listValue(dash: number, column: number): Node {
    const at = this.skipSpaces(dash + 1)
    if (this.isRestEmpty(at)) return this.below(dash + 1, at, column, false)
    if (this.isDash(at) || this.colonOf(at) < 0) return this.inline(at, column)
    return this.map(at, at - this.line)
  }

  /** The map whose first key stands at `first`, in `column`. */
  private map(first: number, column: number): Node {
    const items: Item[] = []
    const names = new Set<string>()
    for (let start = first; ; start = this.line + column) {
      const colon = this.colonOf(start)
      if (colon < 0 || this.isDash(start)) throw new Beyond()
      const name = keyName(this.text, start, colon)
      if (names.has(name)) throw new Beyond()
      names.add(name)
      const at = this.skipSpaces(colon + 1)
      const node = this.isRestEmpty(at) ? this.below(colon + 1, at, column, true) : this.inline(at, column)
      items.push(newItem(name, [start, colon], node, start, colon + 1))
      if (this.column < column) break
      if (this.column > column) throw new Beyond()
    }
    return this.container("map", items, column)
  }

  private container(kind: "map" | "seq", items: Item[], indent: number): Node {
    const [start, end] = [items[0]!.start, items.at(-1)!.node.end]
    return finishNode({ kind, layout: "line", start, end, items, indent, canon: "", props: "" })
  }

  /** What stands on the lines below a key or dash in `column`; `rest` is the end of what its own line says. */
  private below(slot: number, rest: number, column: number, isKey: boolean): Node {
    this.moveTo(lineEnd(this.text, rest))
    const deeper = this.column > column
    if (!deeper && !(isKey && this.column === column && this.isDash(this.line + column))) return nothingAt(slot)
    if (++this.depth > DEEPEST) throw new Beyond()
    const node = this.block()
    this.depth--
    // A line that is neither deeper nor as deep as those above it.
    if (this.column > column) throw new Beyond()
    return node
  }

  /** A value on the line of its key or dash in `column`. */
  private inline(at: number, column: number): Node {
    const { text } = this
    const code = text[at]!
    if (code === "|" || code === ">") return this.blockText(at, column)
    const node = this.inlineNode(at, code)
    const rest = this.skipSpaces(node.end)
    if (!this.isRestEmpty(rest)) throw new Beyond()
    this.moveTo(lineEnd(text, rest))
    // A deeper line would go on with a plain scalar.
    if (this.column > column) throw new Beyond()
    return node
  }

  private inlineNode(at: number, code: string): Node {
    if (code === "[" || code === "{") return flowNode(this.text, at)
    if (code === '"' || code === "'") return quotedNode(this.text, at, quoteEnd(this.text, at))
    return plainNode(this.text, at, this.plainEnd(at))
  }

  private plainEnd(at: number): number {
    const { text } = this
    if (!startsPlain(text, at) || this.colonBefore(this.end, at) >= 0) throw new Beyond()
    let end = this.endFrom(at)
    while (text.charCodeAt(end - 1) === SPACE) end--
    return end
  }

  private blockText(at: number, column: number): Node {
    const { text } = this
    const first = lineEnd(text, at)
    if (!/^[|>]-?(?: +#.*| *)\n$/.test(text.slice(at, first))) throw new Beyond()
    let indent = first
    while (text.charCodeAt(indent) === SPACE) indent++
    const width = indent - first
    if (width <= column || text.charCodeAt(indent) === NEWLINE || first >= text.length) throw new Beyond()
    let end = first
    for (let start = first; start < text.length;) {
      let content = start
      while (content < start + width && text.charCodeAt(content) === SPACE) content++
      const isBlank = text.charCodeAt(content) === NEWLINE
      if (!isBlank && content < start + width) break
      start = lineEnd(text, content)
      if (!isBlank) end = start
    }
    this.moveTo(end)
    if (this.column > column) throw new Beyond()
    return buildBlock(text, at, end)
  }

  private skipSpaces(from: number): number {
    let at = from
    while (this.text.charCodeAt(at) === SPACE) at++
    return at
  }

  /** Nothing but a comment from `at`, behind blanks, to the end of the line. */
  private isRestEmpty(at: number): boolean {
    const code = this.text.charCodeAt(at)
    return code === NEWLINE || at >= this.text.length || (code === HASH && this.text.charCodeAt(at - 1) === SPACE)
  }

  /** Where the colon behind the key at `at` stands; -1 when there is no key. */
  private colonOf(at: number): number {
    const { text } = this
    const quote = text[at]
    if (quote === '"' || quote === "'") {
      const end = quoteEnd(text, at)
      return text.charCodeAt(end) === COLON && isBlankAt(text, end + 1) ? end : -1
    }
    if (quote === "[" || quote === "{") return -1
    return this.colonBefore(this.endFrom(at), at)
  }

  /** The first colon with a blank behind it from `at` to `end`, or -1. */
  private colonBefore(end: number, at: number): number {
    const { text } = this
    let colon = text.indexOf(":", at)
    while (colon >= 0 && colon < end && !isBlankAt(text, colon + 1)) colon = text.indexOf(":", colon + 1)
    return colon >= 0 && colon < end ? colon : -1
  }
}

function isBlankAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code === SPACE || code === NEWLINE
}
