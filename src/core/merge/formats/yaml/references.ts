import type { Node, Tree } from "../../structure/model.ts"

/**
 * Whether anchors still mean one thing: no name is defined more often than on either side, and a name that both sides
 * brought means the same on both.
 */
export function keepsReferences(base: Tree, ours: Tree, theirs: Tree, result: Tree): boolean {
  if (!result.text.includes("&")) return true
  const [b, o, t, r] = [base, ours, theirs, result].map(anchorsOf)
  return [...r!].every(([name, values]) => {
    const [was, mine, other] = [b!.get(name) ?? [], o!.get(name) ?? [], t!.get(name) ?? []]
    if (values.length > Math.max(mine.length, other.length)) return false
    const bothNew = was.length === 0 && mine.length > 0 && other.length > 0
    return !bothNew || mine.join("\n") === other.join("\n")
  })
}

function anchorsOf(tree: Tree): ReadonlyMap<string, readonly string[]> {
  const anchors = new Map<string, string[]>()
  const walk = (node: Node): void => {
    const name = /&(\S+)/.exec(node.props)?.[1]
    if (name !== undefined) anchors.set(name, [...(anchors.get(name) ?? []), node.canon])
    for (const item of node.items) walk(item.node)
  }
  for (const node of tree.docs) walk(node)
  return anchors
}
