import { addToGroup } from "../../groups.ts"
import type { LockedFile } from "../../model/lock.ts"
import type { RelPath } from "../../model/path.ts"
import type { RenderedFile, RenderedTree } from "../../model/template.ts"
import { declaredTarget, type DeclaredRename } from "./declared-renames.ts"
import { likeness } from "../text/similarity.ts"
import { ALIKE, findMoved } from "./find-moved.ts"
import { type MovableFile, movableFile } from "./movable-file.ts"

export type TemplateMove = "renamed-by-template" | "renamed-by-answer"

/** One file of the template in its last and its new rendering. */
export interface RenderPair {
  readonly base?: RelPath
  readonly theirs?: RelPath
  readonly move?: TemplateMove
}

/** Every path of both renderings in exactly one pair. */
export function pairRenders(
  base: ReadonlyMap<RelPath, LockedFile>,
  theirs: RenderedTree,
  renames: readonly DeclaredRename[],
  answersChanged: boolean,
): readonly RenderPair[] {
  const targets = new Map<RelPath, RelPath>()
  const claimed = new Set<RelPath>()
  const claim = (from: RelPath, to: RelPath | undefined): void => {
    if (to === undefined || targets.has(from) || claimed.has(to)) return
    targets.set(from, to)
    claimed.add(to)
  }

  // The manifest's word counts first, then what was made of the same file of the template, then the path.
  const declared = [...base.keys()].flatMap((path): readonly Move[] => {
    const to = declaredTarget(path, renames, (target) => theirs.has(target))
    return to === undefined ? [] : [[path, to]]
  })
  // How much of the new file at `to` was in the old one at `from`.
  const share = ([from, to]: Move): number => {
    const old = base.get(from)!
    return shareOf(movableFile(from, old.bytes, old.sha256), movableFile(to, theirs.get(to)!.bytes))
  }
  const isProven = (move: Move): boolean => share(move) >= ALIKE && share(move) > share([move[1], move[1]])
  for (const [from, to] of possible(withoutRivals(declared, share), base, isProven)) claim(from, to)
  for (const [path, { origin }] of base) if (theirs.get(path)?.origin === origin) claim(path, path)
  const answered = new Map(possible(movesByOrigin(base, theirs, targets, claimed), base))
  for (const [from, to] of answered) claim(from, to)
  for (const path of base.keys()) if (theirs.has(path)) claim(path, path)

  const gone = [...base].filter(([path]) => !targets.has(path) && !theirs.has(path))
  const fresh = [...theirs].filter(([path]) => !claimed.has(path) && !base.has(path))
  const alike = findMoved(
    gone.flatMap(([path, file]) => movableFile(path, file.bytes, file.sha256) ?? []),
    fresh.flatMap(([path, file]) => movableFile(path, file.bytes) ?? []),
  )
  for (const [from, to] of alike) claim(from, to)

  const pairs = [...base.keys()].map((path): RenderPair => {
    const to = targets.get(path)
    if (to === undefined) return { base: path }
    if (to === path) return { base: path, theirs: path }
    const byAnswer = answersChanged && answered.get(path) === to
    return { base: path, theirs: to, move: byAnswer ? "renamed-by-answer" : "renamed-by-template" }
  })
  const added = [...theirs.keys()].filter((path) => !claimed.has(path)).map((path): RenderPair => ({ theirs: path }))
  return [...pairs, ...added]
}

type Move = readonly [from: RelPath, to: RelPath]

/**
 * Without the moves to a path that another file had and keeps: that may be a rename of long ago, read again. What is
 * proven counts all the same: the other file has gone, or the two have changed places.
 */
function possible(
  moves: readonly Move[],
  base: ReadonlyMap<RelPath, LockedFile>,
  isProven: (move: Move) => boolean = () => false,
): readonly Move[] {
  const accepted = new Map<RelPath, RelPath>()
  for (let before = -1; before !== accepted.size;) {
    before = accepted.size
    for (const move of moves) {
      const [from, to] = move
      if (accepted.has(from)) continue
      if (!base.has(to) || accepted.has(to) || isProven(move)) accepted.set(from, to)
    }
  }
  return [...accepted]
}

/** Where renames take two files to one path, one was gone before the other came: the content tells which. */
function withoutRivals(moves: readonly Move[], likenessOf: (move: Move) => number): readonly Move[] {
  const byTarget = new Map<RelPath, Move[]>()
  for (const move of moves) addToGroup(byTarget, move[1], move)
  return [...byTarget.values()].map((rivals) =>
    rivals.length === 1 ? rivals[0]! : rivals.toSorted((a, b) => likenessOf(b) - likenessOf(a))[0]!,
  )
}

function shareOf(a: MovableFile | undefined, b: MovableFile | undefined): number {
  if (a === undefined || b === undefined) return 0
  if (a.sha256 === b.sha256) return 1
  return a.lines && b.lines ? likeness(a.lines, b.lines).share : 0
}

/** Files of one origin that are rendered elsewhere now. An origin that is rendered several times tells nothing. */
function movesByOrigin(
  base: ReadonlyMap<RelPath, LockedFile>,
  theirs: RenderedTree,
  targets: ReadonlyMap<RelPath, RelPath>,
  claimed: ReadonlySet<RelPath>,
): readonly Move[] {
  const before = byOrigin([...base].filter(([path]) => !targets.has(path)))
  const after = byOrigin([...theirs].filter(([path]) => !claimed.has(path)))
  return [...before].flatMap(([origin, [from, ...others]]): readonly Move[] => {
    const [to, ...rivals] = after.get(origin) ?? []
    return from === undefined || to === undefined || others.length + rivals.length > 0 ? [] : [[from, to]]
  })
}

type WithOrigin = LockedFile | RenderedFile

function byOrigin(files: readonly (readonly [RelPath, WithOrigin])[]): ReadonlyMap<string, readonly RelPath[]> {
  const groups = new Map<string, RelPath[]>()
  for (const [path, { origin }] of files) addToGroup(groups, origin, path)
  return groups
}
