import { lineEnd, lineStart } from "./layout.ts"
import type { Node } from "./model.ts"

/**
 * Hands the blank lines and comments of a line container to its items, and does so for all line containers within.
 * `start` is the first line that belongs to the container, `limit` the first that does not for sure, `parentIndent`
 * the column of its parent's items (-1 at the top): comments behind the last item belong to the container when they
 * stand deeper than that. Returns where the container's lines end.
 */
export function assignTrivia(
  text: string,
  container: Node,
  start: number,
  limit: number,
  parentIndent: number,
  isComment: (line: string) => boolean,
): number {
  const headEnd = parentIndent < 0 ? endOfHead(text, start, limit, isComment) : start
  container.head = [start, headEnd]
  let previous = headEnd
  container.items.forEach((item, index) => {
    const line = lineStart(text, item.start)
    item.inLines = true
    item.own = isBlank(text, line, item.start)
    item.lead = item.own ? Math.min(previous, line) : item.start
    item.glued = item.own ? gluedComments(text, item.lead, line, isComment) : item.start
    const next = container.items[index + 1]
    item.end = endOfItem(text, container, index, next === undefined ? limit : lineStart(text, next.start), isComment)
    previous = item.end
  })
  const footEnd = endOfFoot(text, previous, limit, parentIndent, isComment)
  container.foot = [previous, footEnd]
  container.body = [container.items[0]?.lead ?? headEnd, footEnd]
  return footEnd
}

function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (text[at] !== " " && text[at] !== "\t") return false
  return true
}

/** Comment lines at the top of the text that a blank line follows, with that line. */
function endOfHead(text: string, start: number, limit: number, isComment: (line: string) => boolean): number {
  if (start !== 0) return start
  let at = start
  while (at < limit && isComment(text.slice(at, lineEnd(text, at)))) at = lineEnd(text, at)
  const next = text.slice(at, lineEnd(text, at))
  return at > start && at < limit && next.trim() === "" ? lineEnd(text, at) : start
}

function gluedComments(text: string, lead: number, line: number, isComment: (line: string) => boolean): number {
  let at = line
  while (at > lead) {
    const before = lineStart(text, at - 1)
    if (before < lead || !isComment(text.slice(before, at))) break
    at = before
  }
  return at
}

/** Sets the item's tail, and returns where its lines end. */
function endOfItem(
  text: string,
  container: Node,
  index: number,
  limit: number,
  isComment: (line: string) => boolean,
): number {
  const item = container.items[index]!
  const { node } = item
  const firstLineEnd = lineEnd(text, item.slot)
  if (node.layout === "line" && node.items.length > 0) {
    const compact = node.items[0] !== undefined && node.items[0].start < firstLineEnd
    const afterSlot = node.props === "" ? item.slot : node.propsStart! + node.props.length
    item.tail = compact ? [item.slot, item.slot] : [afterSlot, firstLineEnd - 1]
    const end = assignTrivia(
      text,
      node,
      compact ? node.items[0]!.start : firstLineEnd,
      limit,
      container.indent,
      isComment,
    )
    return end
  }
  if (node.block !== undefined) {
    item.tail = [node.end, node.end]
    return node.end > 0 && text[node.end - 1] === "\n" ? node.end : lineEnd(text, node.end)
  }
  const end = lineEnd(text, node.end)
  item.tail = [node.end, Math.max(node.end, text[end - 1] === "\n" ? end - 1 : end)]
  return end
}

function endOfFoot(
  text: string,
  start: number,
  limit: number,
  parentIndent: number,
  isComment: (line: string) => boolean,
): number {
  let end = start
  for (let at = start; at < limit; at = lineEnd(text, at)) {
    const line = text.slice(at, lineEnd(text, at))
    if (isComment(line)) {
      if (/^[ \t]*/.exec(line)![0].length <= parentIndent) break
      end = lineEnd(text, at)
    } else if (line.trim() !== "") break
  }
  return end
}

/** The layout of items between brackets: nothing around them is theirs. */
export function layDelim(container: Node): void {
  for (const item of container.items) {
    item.inLines = false
    item.own = false
    item.lead = item.start
    item.glued = item.start
    item.end = item.node.end
    item.tail = [item.end, item.end]
  }
}
