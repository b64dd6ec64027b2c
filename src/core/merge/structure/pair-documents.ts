import type { Node } from "./model.ts"

/** The numbers of a document on the sides that have it. */
export interface DocumentPair {
  readonly base?: number
  readonly ours?: number
  readonly theirs?: number
}

/**
 * The documents of the result, in order, when all of them have names and nobody changed their order; the first of ours
 * stays the first. Not those that ours took out.
 */
export function pairDocuments(
  base: readonly Node[],
  ours: readonly Node[],
  theirs: readonly Node[],
): readonly DocumentPair[] | undefined {
  const names = [base, ours, theirs].map((docs) => docs.map(nameOf))
  if (names.some((side) => side.includes(undefined) || new Set(side).size < side.length)) return undefined
  const [inBase, inOurs, inTheirs] = names.map((side) => new Map(side.map((name, index) => [name!, index])))
  const mine = [...inOurs!.keys()]
  const result = [...mine]
  const others = [...inTheirs!.keys()]
  if (!isInOrder(others, mine) || inTheirs!.get(mine[0]!) !== 0) return undefined
  others.forEach((name, index) => {
    if (inOurs!.has(name) || inBase!.has(name)) return
    const before = others.slice(0, index).findLast((each) => result.includes(each))!
    result.splice(result.indexOf(before) + 1, 0, name)
  })
  const changed = others.some(
    (name) =>
      !inOurs!.has(name) &&
      inBase!.has(name) &&
      base[inBase!.get(name)!]!.canon !== theirs[inTheirs!.get(name)!]!.canon,
  )
  if (changed) return undefined
  return result.map((name) => {
    const [b, o, t] = [inBase, inOurs, inTheirs].map((side) => side!.get(name))
    return {
      ...(b !== undefined && { base: b }),
      ...(o !== undefined && { ours: o }),
      ...(t !== undefined && { theirs: t }),
    }
  })
}

function isInOrder(others: readonly string[], mine: readonly string[]): boolean {
  const places = others.map((name) => mine.indexOf(name)).filter((place) => place >= 0)
  return places.every((place, index) => index === 0 || places[index - 1]! < place)
}

/** Kind, namespace and name of an object of Kubernetes. */
function nameOf({ items }: Node): string | undefined {
  const get = (members: Node["items"], name: string): Node | undefined => members.find(({ key }) => key === name)?.node
  const kind = get(items, "kind")?.canon
  const metadata = get(items, "metadata")?.items ?? []
  const name = get(metadata, "name")?.canon
  return kind === undefined || name === undefined
    ? undefined
    : JSON.stringify([kind, get(metadata, "namespace")?.canon ?? "", name])
}
