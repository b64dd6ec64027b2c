import { selectPaths, type Pruned } from "../formats/pruned.ts"
import type { FileRules } from "../rules/merge-rules.ts"
import { joinSteps, showStep, stepTo } from "./key-path.ts"
import { finishNode, lineEnd, lineStart } from "./layout.ts"
import { withListRules } from "./list-rules.ts"
import { type Item, type KeyPath, type Node, type StructureAdapter, type Tree, Unreadable } from "./model.ts"
import { commentsIn } from "./sides.ts"

/**
 * A text without the members at these keys, and without the comments on them; everything else keeps its bytes. A container
 * goes with its last member. undefined where the text cannot be read, or would mean something else without them:
 * something refers to them.
 */
export function withoutMembers(
  format: () => StructureAdapter,
  text: string,
  rules: FileRules,
  keys: readonly string[],
): Pruned | undefined {
  // Trees are changed here, and an adapter may give the same one twice.
  const parse = (from: string): Parsed => {
    const adapter = withListRules(format(), rules)
    const tree = adapter.parse(from)
    return { tree, members: membersOf(adapter, tree) }
  }
  try {
    const all = parse(text).members
    const selected = selectPaths(
      keys,
      all.map(({ path }) => path),
    )
    const gone = all.filter(({ path }) => selected.has(path))
    // From the end: items that are told by their number keep it until it is their turn.
    const result = gone.reduceRight<string | undefined>(
      (left, { path }) => (left === undefined ? undefined : withoutMember(parse, left, path)),
      text,
    )
    return result === undefined ? undefined : { text: result, found: new Set(selected.values()) }
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

interface Parsed {
  readonly tree: Tree
  readonly members: readonly Member[]
}

interface Member {
  /** As it is shown. */
  readonly path: string
  readonly item: Item
  /** What it is in, and those that this is in. */
  readonly containers: readonly Node[]
}

/** Every member, containers before what is in them. */
function membersOf(adapter: StructureAdapter, { docs }: Tree): readonly Member[] {
  const within = (node: Node, path: KeyPath, above: readonly Node[]): readonly Member[] =>
    node.items.flatMap((item, index) => {
      const identity = node.kind === "map" ? null : adapter.identity(path, item)
      const steps = [...path, stepTo(item.key, identity, index)]
      const containers = [node, ...above]
      const member = { path: joinSteps(steps.map(showStep)), item, containers }
      return [member, ...within(item.node, steps, containers)]
    })
  return docs.flatMap((node, index) => within(node, docs.length === 1 ? [] : [`[document ${index + 1}]`], []))
}

function withoutMember(parse: (text: string) => Parsed, text: string, path: string): string | undefined {
  const { tree, members } = parse(text)
  let member = members.find((each) => each.path === path)
  // It went with what it was in.
  if (member === undefined) return text
  while (member.containers.length > 1 && member.containers[0]!.items.length === 1) {
    const container: Node = member.containers[0]!
    member = members.find(({ item }) => item.node === container)!
  }
  const { item, containers } = member
  const [container, ...above] = containers
  const [result, cut] = item.inLines ? cutLines(text, container!, item) : cutBetweenCommas(text, container!, item)
  container!.items = container!.items.filter((other) => other !== item)
  for (const node of [container!, ...above]) finishNode(node)
  const now = parse(result).tree
  const isRight =
    now.docs.length === tree.docs.length && now.docs.every(({ canon }, at) => canon === tree.docs[at]!.canon)
  return isRight && keepsComments(text, cut, result) ? result : undefined
}

// Comment lines that end a text.
const REMARKS = /(?:^[ \t]*(?:\/\/|#)[^\n]*\n)+$(?![^])/m

/** The text without the item, and what was taken out of it. */
type Cut = readonly [result: string, cut: string]

function cutLines(text: string, { items }: Node, item: Item): Cut {
  const next = items[items.indexOf(item) + 1]
  // Behind a dash the next key takes its place.
  if (!item.own && next !== undefined) return cutOut(text, item.start, next.start)
  const start = item.own ? lineStart(text, Math.min(item.glued, item.start)) : item.start
  const isGap = (start === 0 || text.slice(0, start).endsWith("\n\n")) && text[item.end] === "\n"
  return cutOut(text, start, isGap ? item.end + 1 : item.end)
}

function cutBetweenCommas(text: string, { items }: Node, item: Item): Cut {
  const at = items.indexOf(item)
  const comma = commaBehind(text, item.node.end)
  const [previous, next] = [items[at - 1], items[at + 1]]
  const first =
    lineStart(text, item.start) - (REMARKS.exec(text.slice(0, lineStart(text, item.start)))?.[0].length ?? 0)
  const behind = comma < 0 ? item.node.end : comma + 1
  const ownsLines = text.slice(lineStart(text, item.start), item.start).trim() === "" && !isOnLine(text, behind, next)
  const [start, end] = ownsLines
    ? [first, lineEnd(text, behind)]
    : [item.start, behind + (/^[ \t]*/.exec(text.slice(behind))?.[0].length ?? 0)]
  if (comma >= 0 || previous === undefined)
    return cutOut(text, start, comma >= 0 ? end : ownsLines ? end : item.node.end)
  // The last one takes the comma in front of it along.
  const before = commaBehind(text, previous.node.end)
  const [left, cut] = cutOut(text, ownsLines ? start : before, ownsLines ? end : item.node.end)
  return ownsLines ? [left.slice(0, before) + left.slice(before + 1), cut] : [left, cut]
}

function isOnLine(text: string, at: number, next: Item | undefined): boolean {
  const end = lineEnd(text, at)
  return next === undefined ? !/^[ \t]*(?:(?:#|\/\/|\/\*).*)?\r?\n?$/.test(text.slice(at, end)) : next.start < end
}

/** Where the comma behind a value is; -1 without one. */
function commaBehind(text: string, at: number): number {
  const gap = /^(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/|#[^\n]*)*,/.exec(text.slice(at))
  return gap === null ? -1 : at + gap[0].length - 1
}

function cutOut(text: string, start: number, end: number): Cut {
  return [text.slice(0, start) + text.slice(end), text.slice(start, end)]
}

function keepsComments(before: string, cut: string, after: string): boolean {
  const count = (of: string): number => commentsIn(of).length
  return count(after) >= count(before) - count(cut)
}
