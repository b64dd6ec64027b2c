import type { Part } from "../merge/formats/part.ts"
import { dice } from "../merge/structure/similar.ts"
import { matchLines } from "../merge/text/line-diff.ts"

export type Pairs = ReadonlyMap<Part, Part>

// Containers with this much in common are one, renamed. More pairs than this are not compared for it.
const ALIKE = 0.5
const MOST_COMPARED = 400

/** The parts of `to` that parts of `from` became: by name, where names are shared by content and order, or renamed. */
export function pairParts(from: readonly Part[], to: readonly Part[]): Pairs {
  if (from === to) return new Map(from.map((part) => [part, part]))
  const pairs = new Map<Part, Part>()
  if (isNamed(from) && isNamed(to)) {
    const byId = new Map(to.map((part) => [part.id, part]))
    for (const part of from) if (byId.has(part.id)) pairs.set(part, byId.get(part.id)!)
  } else pairInOrder(from, to, pairs)
  pairRenamed(from, to, pairs)
  return pairs
}

function isNamed(parts: readonly Part[]): boolean {
  return parts.every(({ id }) => id !== "") && new Set(parts.map(({ id }) => id)).size === parts.length
}

function pairInOrder(from: readonly Part[], to: readonly Part[], pairs: Map<Part, Part>): void {
  const content = ({ id, canon }: Part): string => `${id} ${canon}`
  matchLines(from.map(content), to.map(content)).forEach((target, index) => {
    if (target >= 0) pairs.set(from[index]!, to[target]!)
  })
  const taken = new Set(pairs.values())
  for (const part of from) {
    if (pairs.has(part) || part.id === "") continue
    const partner = to.find((each) => each.id === part.id && !taken.has(each))
    if (partner === undefined) continue
    pairs.set(part, partner)
    taken.add(partner)
  }
}

function pairRenamed(from: readonly Part[], to: readonly Part[], pairs: Map<Part, Part>): void {
  const taken = new Set(pairs.values())
  const gone = from.filter((part) => part.parts !== undefined && !pairs.has(part))
  const come = to.filter((part) => part.parts !== undefined && !taken.has(part))
  if (gone.length * come.length > MOST_COMPARED) return
  const scores = gone.flatMap((was) => come.map((is) => ({ was, is, score: likeness(was, is) })))
  for (const { was, is, score } of scores.toSorted((a, b) => b.score - a.score)) {
    if (score < ALIKE || pairs.has(was) || taken.has(is)) continue
    pairs.set(was, is)
    taken.add(is)
  }
}

/** `sales: {+schema: sales}` and `orders: {+schema: orders}` are one, with another word all through it. */
function likeness(was: Part, is: Part): number {
  const isRewritten = was.id !== "" && is.id !== "" && was.canon.replaceAll(was.id, is.id) === is.canon
  return isRewritten ? 1 : dice(leaves(was), leaves(is))
}

function leaves({ parts, canon }: Part, path = ""): readonly string[] {
  if (parts === undefined) return [`${path}=${canon}`]
  return parts.flatMap((part) => leaves(part, `${path}/${part.id}`))
}
