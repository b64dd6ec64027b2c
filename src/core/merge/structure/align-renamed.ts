import { withName } from "../text/renamed.ts"
import type { Members } from "./align.ts"
import type { Item } from "./model.ts"
import { dice, holds, sameShape, similarity } from "./similar.ts"

// A renamed member takes the other side's edits along, so with names that say they differ, the likeness must be great.
const ALIKE = { named: 0.7, unnamed: 0.5 }

/**
 * Pairs members of `side` that have no partner in the base yet with members of the base that have none in `side`, when
 * they are so alike that one became the other: a renamed model, an entry without a name that was edited. `others` is what
 * the other side made of the members of the base: both can have changed them alike.
 */
export function renamedPairs(
  base: Members,
  side: Members,
  pairs: number[],
  others: readonly (Item | undefined)[],
  keyed: boolean,
): void {
  const used = new Set(pairs)
  const free = base.items.flatMap((item, index) => (used.has(index) || isLeaf(item) ? [] : [index]))
  const loose = side.items.flatMap((item, index) => (pairs[index]! >= 0 || isLeaf(item) ? [] : [index]))
  // Comparing all with all is for the few that a rename leaves over, not for two different files.
  if (free.length * loose.length > 400) return
  const candidates = loose.flatMap((index) =>
    free.flatMap((from) => {
      const score = likeness(base, from, side, index, pairs, others[from], keyed)
      return score === undefined ? [] : [{ index, from, score }]
    }),
  )
  for (const { index, from } of candidates.toSorted((a, b) => b.score - a.score)) {
    if (pairs[index]! >= 0 || used.has(from)) continue
    pairs[index] = from
    used.add(from)
  }
}

/** A value that is another one when it changed; a script of several lines in a list stays itself. */
function isLeaf({ key, node }: Item): boolean {
  return node.items.length === 0 && (key !== null || node.block === undefined)
}

function likeness(
  base: Members,
  from: number,
  side: Members,
  index: number,
  pairs: readonly number[],
  other: Item | undefined,
  keyed: boolean,
): number | undefined {
  const [was, is] = [base.items[from]!, side.items[index]!]
  if (was.node.kind !== is.node.kind || (was.key === null) !== (is.key === null)) return undefined
  const sameSpot =
    (index === 0 ? -1 : pairs[index - 1]) === from - 1 &&
    (index + 1 === side.items.length ? base.items.length : pairs[index + 1]) === from + 1
  if (sameSpot && isRenamedThroughout(was, base.names[from], is, side.names[index])) return 1
  if (sameSpot && isNamedAnew(base.names[from], side.names[index], was, is)) return 1
  const commands = likenessOfCommands(base.names[from], side.names[index])
  if (commands > ALIKE.unnamed) return commands + (sameSpot ? 0.1 : 0)
  const alsoBy = keyed && other !== undefined ? similarity(other.node, is.node) : 0
  const score = Math.max(similarity(was.node, is.node), alsoBy)
  if (score >= (keyed ? ALIKE.named : ALIKE.unnamed)) return score + (sameSpot ? 0.1 : 0)
  if (!sameSpot) return undefined
  // What has no name can only be told by its place.
  const alike = sameShape(was.node, is.node) && (!keyed || isRenamed(base.names[from], side.names[index]))
  return alike || (!keyed && score > 0.3) ? score : undefined
}

/** `sales: {+schema: sales}` and `orders: {+schema: orders}`: the one is the other, with another word all through it. */
function isRenamedThroughout(
  was: Item,
  wasNamed: string | null | undefined,
  is: Item,
  isNamed: string | null | undefined,
): boolean {
  const [from, to] = [was.key ?? nameOf(wasNamed), is.key ?? nameOf(isNamed)]
  return from !== undefined && to !== undefined && withName(was.node.canon, from, to) === is.node.canon
}

/** The name that an identity tells, such as `finance` of `name=finance`. */
function nameOf(identity: string | null | undefined): string | undefined {
  return identity?.startsWith("name=") === true ? identity.slice("name=".length) : undefined
}

/** `uses: actions/checkout@v4` that got a name, or lost it, and is the same otherwise: another way to tell it. */
function isNamedAnew(
  wasName: string | null | undefined,
  isName: string | null | undefined,
  was: Item,
  is: Item,
): boolean {
  if (!wasName || !isName || kindOfName(wasName) === kindOfName(isName)) return false
  return holds(is.node, was.node) || holds(was.node, is.node)
}

function kindOfName(name: string): string {
  return name.slice(0, name.indexOf("="))
}

/** How alike two steps without a name are: `dbt build` that got an option is the same step. 0 for all else. */
function likenessOfCommands(was: string | null | undefined, is: string | null | undefined): number {
  if (!was?.startsWith("run=") || !is?.startsWith("run=")) return 0
  return dice(was.split(/\s+/), is.split(/\s+/))
}

/** `name=finance_core` and `name=finance_platform`: names of things of one's own. A package or URL is never renamed. */
function isRenamed(was: string | null | undefined, is: string | null | undefined): boolean {
  // A step without a name is told by its command, which is no name at all.
  if (was?.startsWith("run=") && is?.startsWith("run=")) return true
  // `project=ci,file=/a.yml` and `project=ci,file=/b.yml`: most of the name stayed.
  const [whole, now] = [was?.split(",") ?? [], is?.split(",") ?? []]
  if (whole.length > 1 && now.length > 1 && whole[0] === now[0] && whole[0]!.includes("=")) return true
  if (!was?.startsWith("name=") || !is?.startsWith("name=")) return false
  const words = new Set(wordsOf(was))
  return wordsOf(is).some((word) => words.has(word))
}

function wordsOf(name: string): readonly string[] {
  return name
    .slice("name=".length)
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word.length >= 3)
}
