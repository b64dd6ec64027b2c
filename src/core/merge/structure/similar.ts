import type { Node } from "./model.ts"

/** How alike two values are, by the leaves (and lines of longer texts) they have in common: 0 nothing, 1 all. */
export function similarity(a: Node, b: Node): number {
  return dice(leaves(a, "", true, []), leaves(b, "", true, []))
}

/** Whether two values are built alike: the same keys, whatever the values. */
export function sameShape(a: Node, b: Node): boolean {
  return dice(leaves(a, "", false, []), leaves(b, "", false, [])) === 1
}

/** Whether all leaves of `part` are in `whole`. */
export function holds(whole: Node, part: Node): boolean {
  const leavesOfPart = leaves(part, "", true, [])
  return commonOf(leaves(whole, "", true, []), leavesOfPart) === leavesOfPart.length
}

/** Dice's coefficient of two lists: 0 nothing in common, 1 the same. */
export function dice(a: readonly string[], b: readonly string[]): number {
  return a.length + b.length === 0 ? 0 : (2 * commonOf(a, b)) / (a.length + b.length)
}

function commonOf(a: readonly string[], b: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const leaf of a) counts.set(leaf, (counts.get(leaf) ?? 0) + 1)
  let common = 0
  for (const leaf of b) {
    const count = counts.get(leaf) ?? 0
    if (count > 0) common++
    counts.set(leaf, count - 1)
  }
  return common
}

function leaves(node: Node, path: string, values: boolean, out: string[]): readonly string[] {
  if (node.block !== undefined && values) {
    for (const line of node.block.body.split("\n")) if (line.trim() !== "") out.push(`${path}|${line.trim()}`)
  } else if (node.items.length === 0) out.push(values ? `${path}=${node.canon}` : path)
  for (const { key, node: value } of node.items) leaves(value, `${path}/${key ?? "-"}`, values, out)
  return out
}
