import type { RelPath } from "../../model/path.ts"
import { likeness, likenessAtMost, without } from "../text/similarity.ts"
import type { MovableFile } from "./movable-file.ts"
import { baseName, extension, folderName } from "./path-parts.ts"

/** Share of common lines from which a file counts as the same one (git's -M uses 0.5 of the bytes). */
export const ALIKE = 0.6

// In a folder that is known to have moved, a file of the same name needs less.
const ALIKE_IN_MOVED_FOLDER = 0.3
// A file of another name has to share more than a line of boilerplate.
const COMMON_LINES = 3
// Two places that are this near to each other in rank are rivals: then nobody can tell, and nothing is moved.
const RIVAL = 0.1

// What is missing from a file that was split is more than an edit takes away.
const PART = 0.15

interface Pair {
  readonly source: MovableFile
  readonly target: MovableFile
  readonly share: number
  readonly identical: boolean
  readonly sameName: boolean
}

/**
 * Which of `targets` each of `sources` has become: byte-identical, or with most lines in common, and without a rival on
 * either side. Same names and folders that moved as a whole decide between equals. Sources without an answer are left
 * out.
 */
export function findMoved(
  sources: readonly MovableFile[],
  targets: readonly MovableFile[],
): ReadonlyMap<RelPath, RelPath> {
  let open = sources.flatMap((source) => targets.flatMap((target) => pairOf(source, target)))
  const moves = new Map<RelPath, RelPath>()
  // What is found settles rivalries and shows folder moves, so that more can be found.
  for (let found = -1; found !== moves.size;) {
    found = moves.size
    const folders = new Set([...moves].map(([from, to]) => folderMove(from, to)))
    for (const pair of winners(open, folders)) if (!isPart(pair, targets)) moves.set(pair.source.path, pair.target.path)
    const taken = new Set(moves.values())
    open = open.filter(({ source, target }) => !moves.has(source.path) && !taken.has(target.path))
  }
  return moves
}

function pairOf(source: MovableFile, target: MovableFile): readonly Pair[] {
  const identical = source.sha256 === target.sha256
  const sameName = baseName(source.path) === baseName(target.path)
  if (identical) return [{ source, target, share: 1, identical, sameName }]
  if (source.lines === undefined || target.lines === undefined) return []
  if (!sameName && extension(source.path) !== extension(target.path)) return []
  if (likenessAtMost(source.lines, target.lines) < (sameName ? ALIKE_IN_MOVED_FOLDER : ALIKE)) return []
  const { share, lines } = likeness(source.lines, target.lines)
  const alike = sameName ? share >= ALIKE_IN_MOVED_FOLDER : share >= ALIKE && lines >= COMMON_LINES
  return alike ? [{ source, target, share, identical, sameName }] : []
}

/** Pairs that are each other's best by a clear margin. */
function winners(pairs: readonly Pair[], folders: ReadonlySet<string>): readonly Pair[] {
  const ranked = pairs.flatMap((pair) => {
    const inMovedFolder = pair.sameName && folders.has(folderMove(pair.source.path, pair.target.path))
    if (pair.share < ALIKE && !inMovedFolder) return []
    const rank = pair.share + (pair.identical ? 1 : 0) + (pair.sameName ? 0.5 : 0) + (inMovedFolder ? 0.3 : 0)
    return [{ pair, rank }]
  })
  const bySource = new Map<MovableFile, (typeof ranked)[number][]>()
  const byTarget = new Map<MovableFile, (typeof ranked)[number][]>()
  for (const candidate of ranked) {
    pushTo(bySource, candidate.pair.source, candidate)
    pushTo(byTarget, candidate.pair.target, candidate)
  }
  return ranked.flatMap((candidate) => {
    const { source, target } = candidate.pair
    const others = [...bySource.get(source)!, ...byTarget.get(target)!].filter((other) => other !== candidate)
    return others.every((other) => other.rank <= candidate.rank - RIVAL) ? [candidate.pair] : []
  })
}

/**
 * Whether the target has only a part of the source, and another file most of the rest: the source was split, and what
 * the other side did to it belongs to more than one file.
 */
function isPart({ source, target, identical }: Pair, targets: readonly MovableFile[]): boolean {
  if (identical || source.lines === undefined || target.lines === undefined) return false
  const rest = without(source.lines, target.lines)
  if (rest.weight < PART * source.lines.weight) return false
  return targets.some(({ path, lines }) => {
    if (lines === undefined || path === target.path || extension(path) !== extension(source.path)) return false
    const shared = rest.weight - without(rest, lines).weight
    return shared >= ALIKE * rest.weight && without(lines, source.lines!).weight <= (1 - ALIKE) * lines.weight
  })
}

function pushTo<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [item])
  else group.push(item)
}

function folderMove(from: RelPath, to: RelPath): string {
  return `${folderName(from)}\n${folderName(to)}`
}
