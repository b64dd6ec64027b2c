/** Offsets [start, end) in a text. */
export type Range = readonly [start: number, end: number]

/**
 * How a value is laid out. "line": its items own whole lines (YAML block); "delim": items between brackets, with commas
 * (JSON, YAML flow); "inline": no items.
 */
export type Layout = "line" | "delim" | "inline"

/**
 * A value and where it stands.
 *
 * - "map": keys are unique and their order means nothing;
 * - "seq": order counts; what matches its items on two sides is the adapter's `identity`;
 * - "opaque": text that cannot be looked into here (`? complex` keys, what is broken): its lines are merged.
 */
export interface Node {
  kind: "map" | "seq" | "scalar" | "null" | "opaque"
  layout: Layout
  /** The value, without a comment behind it and without its line end; start equals end where nothing is written. */
  start: number
  end: number
  items: Item[]
  /** Column of the items ("line"), or width of the indentation of the line with the opening bracket ("delim"). */
  indent: number
  /**
   * What the value means: equal text, equal meaning. Leaves get theirs from the adapter (spelling-aware: `1.10` is not
   * `1.1`), containers from `finishNode`, opaque nodes from `opaqueCanon`.
   */
  canon: string
  /** Anchors and tags in front of the value, as written; "" when there are none. */
  props: string
  /** Where `props` starts; only with props. */
  propsStart?: number
  /** The quote around a scalar: `"`, `'` or "". */
  quote?: string
  /** A text of several lines (block scalar): header as written, and the lines without indentation, LF ended. */
  block?: Block
  /** Line layout, by `assignTrivia`: all lines of the items, with the comments around them; comments after the last. */
  body?: Range
  foot?: Range
  /** Comments at the very top, up to the first blank line: they are about the file, not about its first item. */
  head?: Range
}

export interface Block {
  header: string
  body: string
  /** Column of the body's lines. */
  indent: number
}

/** A member of a container. The adapter gives key to slot; `assignTrivia` (or `layDelim`) the rest. */
export interface Item {
  /** Unique in a map. null for list items. */
  key: string | null
  /** There is another one of this key in front of it, and `key` has a number. */
  repeated?: true
  /** Where the key is written, when it can be written over; null when not (list items). */
  keyRange: Range | null
  node: Node
  /** First byte of key, dash or value. */
  start: number
  /** Where the value's place begins: behind `:` or `-`; equals start where there is no such sign. */
  slot: number
  /** It owns whole lines, and does not stand between commas. */
  inLines: boolean
  /** It starts its line: the first key of `- a: 1` does not. */
  own: boolean
  /** Start of the blank and comment lines since the previous item. */
  lead: number
  /** Start of the comment lines directly above, without a gap. */
  glued: number
  /** Comment on the item's (first) line, with the blanks in front of it. */
  tail: Range
  /** Behind the last line of the item ("line"), or where the value ends ("delim"). */
  end: number
}

/** A parsed text. LF only, no BOM, ended by a newline unless empty. */
export interface Tree {
  text: string
  /** One value per document; only YAML can have more or fewer than one. */
  docs: Node[]
  style: Style
}

export interface Style {
  /** Columns of one level; 0 when the text shows none. */
  unit: number
  /** Columns of a list within its map (YAML: 0 or 2); -1 when the text shows none. */
  seqOffset: number
  tabs: boolean
}

/** A place in a tree: map keys, and identities of list items such as `name=orders`. */
export type KeyPath = readonly string[]

/** A format as the structural merge needs it. All functions are pure. */
export interface StructureAdapter {
  readonly name: string
  /** Throws `Unreadable` for a text it does not understand wholly; parts that it cannot look into are opaque nodes. */
  parse(text: string): Tree
  isComment(line: string): boolean
  /**
   * What makes an item of a "seq" the same item on all sides, such as `name=orders`; null when nothing does. `path` is
   * the path of the list. Only believed when unique on all sides.
   */
  identity(path: KeyPath, item: Item): string | null
  /** What makes a key of a map the same key on all sides, where that is not its text. `path` is the path of the map. */
  keyName?(path: KeyPath, item: Item): string | null
  /** A list that only makes sense as a whole, such as a version range: never merged item by item. */
  isAtomic(path: KeyPath): boolean
  /** A list in which the place of an item counts, as that of a line in a text. */
  isOrdered(path: KeyPath): boolean
  /** A list whose items are a set: what both sides did to it can always be put together. */
  isSet(path: KeyPath): boolean
  /**
   * The text `range` of `from`, whose lines are indented by `indent[0]`, as it is written in `into` at `indent[1]`.
   * `node` is the value in the range. Where indentation has no rules, `shiftLines` does it.
   */
  adapt(from: Tree, range: Range, node: Node, into: Tree, indent: readonly [number, number]): string
  /** The canon of a text of several lines. */
  blockCanon(block: Block): string
  /** Whether a text without quotes is a string that it spells; without this, no text is. */
  isBareString?(text: string): boolean
  /** How a container without items is written: `[]`, `{}`. */
  emptyText(kind: "map" | "seq"): string
  /** An item of theirs as text between the commas of ours' brackets, without a comma; undefined when it cannot be. */
  asDelimItem(from: Tree, item: Item, into: Tree, indent: number): string | undefined
  /** A bracketed item of theirs as whole lines of ours' line container; undefined when it cannot be. */
  asLineItem(from: Tree, item: Item, into: Tree, column: number): string | undefined
  /** Whether references within the text (aliases) mean in the result what they meant where they come from. */
  keepsReferences?(base: Tree, ours: Tree, theirs: Tree, result: Tree): boolean
}

/** The text is not of the format, or of a kind of it that is not supported. */
export class Unreadable extends Error {}
