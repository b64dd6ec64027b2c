import { addToGroup } from "../../../groups.ts"
import type { Node, Tree } from "../../structure/model.ts"

/**
 * Whether anchors and aliases mean what they meant: no name is defined more often than on either side, a name that both
 * sides brought means the same on both, and each alias stands for the node, or the value, that it stands for where it
 * comes from.
 */
export function keepsReferences(base: Tree, ours: Tree, theirs: Tree, result: Tree): boolean {
  if (!/[&*]/.test(result.text)) return true
  const [b, o, t, r] = [base, ours, theirs, result].map(referencesOf) as [
    References,
    References,
    References,
    References,
  ]
  const oneMeaning = [...r.anchors].every(([name, values]) => {
    const [was, mine, other] = [b, o, t].map(({ anchors }) => anchors.get(name) ?? [])
    if (values.length > Math.max(mine!.length, other!.length)) return false
    const bothNew = was!.length === 0 && mine!.length > 0 && other!.length > 0
    return !bothNew || mine!.join("\n") === other!.join("\n")
  })
  return oneMeaning && [...r.aliases].every(([path, alias]) => isKept(alias, path, b, o, t))
}

interface Reference {
  readonly name: string
  /** Where the anchor stands, and its value. */
  readonly path: string
  readonly canon: string
}

interface References {
  /** The values of each name, in order. */
  readonly anchors: ReadonlyMap<string, readonly string[]>
  /** What each alias stands for, by its place. */
  readonly aliases: ReadonlyMap<string, Reference>
}

function isKept(alias: Reference, path: string, b: References, o: References, t: References): boolean {
  const [was, mine, other] = [b, o, t].map(({ aliases }) => {
    const there = aliases.get(path)
    return there?.name === alias.name ? there : undefined
  })
  if (mine === undefined && other === undefined) {
    // At a place that no side has, such as behind a new item, any of its name may be meant.
    const all = [o, t].flatMap(({ aliases }) => [...aliases.values()])
    return all.some((each) => each.name === alias.name && isSame(each, alias))
  }
  if (mine === undefined || other === undefined) return isSame((mine ?? other)!, alias)
  if (isSame(mine, other)) return isSame(mine, alias) || isSame(other, alias)
  // One side gave the name to something else.
  if (was !== undefined && isSame(was, mine)) return isSame(other, alias)
  return was !== undefined && isSame(was, other) && isSame(mine, alias)
}

function isSame(a: Reference, b: Reference): boolean {
  return a.path === b.path || a.canon === b.canon
}

function referencesOf(tree: Tree): References {
  const anchors = new Map<string, string[]>()
  const aliases = new Map<string, Reference>()
  const current = new Map<string, Reference>()
  const walk = (node: Node, path: string): void => {
    const name = /&(\S+)/.exec(node.props)?.[1]
    if (name !== undefined) {
      addToGroup(anchors, name, node.canon)
      current.set(name, { name, path, canon: node.canon })
    }
    if (node.canon.startsWith("*:")) {
      const source = node.canon.slice(2)
      aliases.set(path, { name: source, path: "", canon: "", ...current.get(source) })
    }
    node.items.forEach((item, index) => walk(item.node, `${path}/${item.key ?? index}`))
  }
  tree.docs.forEach((node, index) => {
    current.clear()
    walk(node, `${index}`)
  })
  return { anchors, aliases }
}
