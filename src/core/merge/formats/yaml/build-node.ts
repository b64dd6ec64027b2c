import { isAlias, isMap, isPair, isScalar, isSeq, type CST, type ParsedNode } from "yaml"
import { columnOf, finishNode, indentOf, nameItems, newItem, opaqueCanon } from "../../structure/layout.ts"
import { Unreadable, type Item, type Node } from "../../structure/model.ts"
import { layDelim } from "../../structure/trivia.ts"
import { buildScalar } from "./build-scalar.ts"
import { leaf, nothingAt } from "./leaf.ts"

// Deeper than any configuration, and far from the end of the stack.
const DEEPEST = 150

type Tokens = readonly CST.SourceToken[] | undefined
type Collection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection

/** `signs` are the tokens between key (or dash) and value, anchors and tags among them; `place` where they begin. */
export function buildNode(text: string, value: unknown, signs: Tokens, place: number, depth: number): Node {
  if (depth > DEEPEST) throw new Unreadable("nested too deeply")
  const node = buildValue(text, value as ParsedNode | null, place, depth)
  const props = (signs ?? []).filter(({ type }) => type === "anchor" || type === "tag")
  if (props.length === 0) return node
  const end = props.at(-1)!.offset + props.at(-1)!.source.length
  node.propsStart = props[0]!.offset
  node.props = text.slice(node.propsStart, end)
  if (node.kind === "null") node.start = node.end = end
  if (node.items.length > 0) return finishNode(node)
  node.canon = node.props + node.canon
  return node
}

function buildValue(text: string, value: ParsedNode | null, place: number, depth: number): Node {
  if (value === null || value === undefined) return nothingAt(place)
  if (isAlias(value)) return leaf("scalar", value.range[0], value.range[1], `*:${value.source}`)
  if (isScalar(value)) {
    const token = value.srcToken
    if (token === undefined || (token.type === "scalar" && token.source === "")) return nothingAt(place)
    return buildScalar(text, value)
  }
  if (isMap(value) || isSeq(value)) return buildCollection(text, value as ParsedNode, depth)
  throw new Unreadable("unknown node")
}

function buildCollection(text: string, value: ParsedNode, depth: number): Node {
  if (!isMap(value) && !isSeq(value)) throw new Unreadable("no collection")
  const token = value.srcToken as Collection | undefined
  if (token === undefined) throw new Unreadable("no source")
  const flow = token.type === "flow-collection"
  const [start, end] = flow ? flowRange(token) : [value.range[0], value.range[1]]
  const node: Node = {
    kind: isMap(value) ? "map" : "seq",
    layout: flow ? "delim" : "line",
    start,
    end,
    items: [],
    indent: 0,
    canon: "",
    props: "",
  }
  const tokens = (token.items as readonly CST.CollectionItem[]).filter(
    (item) =>
      item.key !== undefined || item.value !== undefined || Boolean(item.sep?.length) || item.start.some(isSign),
  )
  if (tokens.length !== value.items.length) throw new Unreadable("tokens do not match")
  const items = value.items.map((member, index) =>
    isMap(value)
      ? mapItem(text, member, tokens[index]!, flow, depth)
      : seqItem(text, member, tokens[index]!, flow, depth),
  )
  if (items.includes(undefined)) return opaque(text, node, token)
  node.items = items as Item[]
  const names = isMap(value) ? value.items.map(({ key }) => nameOf(text, key as ParsedNode | null)) : []
  if (isMap(value) && !nameItems(node.items, names)) return opaque(text, node, token)
  if (flow) {
    node.indent = indentOf(text, start)
    layDelim(node)
  } else {
    node.start = node.items[0]!.start
    node.indent = columnOf(text, node.start)
    node.end = node.items.at(-1)!.node.end
  }
  return finishNode(node)
}

function isSign({ type }: CST.SourceToken): boolean {
  return type === "seq-item-ind" || type === "anchor" || type === "tag" || type === "explicit-key-ind"
}

function flowRange(token: CST.FlowCollection): readonly [number, number] {
  const close = token.end.find(({ type }) => type === "flow-map-end" || type === "flow-seq-end")
  if (close === undefined) throw new Unreadable("not closed")
  return [token.start.offset, close.offset + 1]
}

/** A collection that cannot be told apart by keys, such as Jinja without quotes. */
function opaque(text: string, { layout, start, end }: Node, token: Collection): Node {
  const from = layout === "line" ? token.offset : start
  const to = layout === "line" ? from + text.slice(from, end).trimEnd().length : end
  return leaf("opaque", from, to, opaqueCanon(text.slice(from, to), columnOf(text, from)))
}

/** `&anchor name` is the key `name` as well. */
function nameOf(text: string, key: ParsedNode | null): string {
  if (isAlias(key)) return `*${key.source}`
  if (isScalar(key)) return String(key.value)
  return `? ${key === null ? "" : text.slice(key.range[0], key.range[1])}`
}

function mapItem(
  text: string,
  member: unknown,
  token: CST.CollectionItem,
  flow: boolean,
  depth: number,
): Item | undefined {
  if (!isPair(member)) return undefined
  const key = member.key as ParsedNode | null
  const mark = token.start.find(({ type }) => type === "explicit-key-ind")
  const isName = (isScalar(key) || isAlias(key)) && key.range[0] < key.range[1]
  if (!token.key || !isName || (mark !== undefined && !isLongKey(text, key, token)))
    return flow ? undefined : complexItem(text, key, member.value as ParsedNode | null, mark)
  const props = token.start.filter(({ type }) => type === "anchor" || type === "tag")
  const colon = token.sep?.findIndex(({ type }) => type === "map-value-ind") ?? -1
  const slot = colon < 0 ? key.range[1] : token.sep![colon]!.offset + 1
  const node = buildNode(text, member.value, token.sep?.slice(colon + 1), slot, depth + 1)
  const written = props.map(({ source }) => `${source} `).join("")
  const start = mark?.offset ?? props[0]?.offset ?? key.range[0]
  return newItem(written + nameOf(text, key), [key.range[0], key.range[1]], node, start, slot)
}

/** `? key`, and `: value` on the next line: how tools write a key that is long, but as simple as others. */
function isLongKey(text: string, key: ParsedNode, { start, sep }: CST.CollectionItem): boolean {
  const oneLine = !text.slice(key.range[0], key.range[1]).includes("\n")
  const between = (sep ?? []).slice(
    0,
    sep?.findIndex(({ type }) => type === "map-value-ind"),
  )
  const simple = [...start, ...between].every(({ type }) => ["explicit-key-ind", "space", "newline"].includes(type))
  return oneLine && simple && sep?.some(({ type }) => type === "map-value-ind") === true
}

/** `? [a, b]`, `{{ x }}: 1`: nothing of it can be told apart. */
function complexItem(
  text: string,
  key: ParsedNode | null,
  value: ParsedNode | null,
  sign: CST.SourceToken | undefined,
): Item | undefined {
  const start = sign?.offset ?? key?.range[0]
  if (start === undefined) return undefined
  const behind = Math.max(start + 1, ...[key, value].flatMap((each) => (each === null ? [] : [each.range[1]])))
  const end = start + text.slice(start, behind).trimEnd().length
  const node = leaf("opaque", start, end, opaqueCanon(text.slice(start, end), columnOf(text, start)))
  return newItem(nameOf(text, key), null, node, start, start)
}

function seqItem(
  text: string,
  member: unknown,
  token: CST.CollectionItem,
  flow: boolean,
  depth: number,
): Item | undefined {
  if (isPair(member)) return undefined
  const dash = token.start.find(({ type }) => type === "seq-item-ind")
  const value = member as ParsedNode
  const props = token.start.find(({ type }) => type === "anchor" || type === "tag")
  const start = flow ? (props?.offset ?? value.range[0]) : dash?.offset
  if (start === undefined) return undefined
  const slot = flow ? start : start + 1
  return newItem(null, null, buildNode(text, value, token.start, slot, depth + 1), start, slot)
}
