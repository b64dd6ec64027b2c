import type { LockedFile } from "../../model/lock.ts"
import type { RelPath } from "../../model/path.ts"
import type { RenderedTree } from "../../model/template.ts"
import type { FileEntry, Tree } from "../../model/tree.ts"
import { likeness } from "../text/similarity.ts"
import { ALIKE, findMoved } from "./find-moved.ts"
import { movedFolders, placeInMovedFolder } from "./moved-folders.ts"
import type { ManagedFile } from "./managed-file.ts"
import { movableFile } from "./movable-file.ts"
import type { RenderPair } from "./pair-renders.ts"
import { baseName } from "./path-parts.ts"

export interface Trees {
  readonly base: ReadonlyMap<RelPath, LockedFile>
  readonly ours: Tree
  readonly theirs: RenderedTree
  readonly candidates: readonly RelPath[]
}

/** Finds the project's file for each pair of renderings: at its path, or where the team has moved it. */
export function locateOurs(pairs: readonly RenderPair[], trees: Trees): readonly ManagedFile[] {
  const moved = movedByTeam(pairs, trees)
  const folders = movedFolders(moved, [...trees.ours.keys(), ...trees.candidates])
  const sources = new Set<RelPath>([...moved.values(), ...pairs.flatMap(({ base }) => base ?? [])])

  return pairs.flatMap((pair): ManagedFile | readonly ManagedFile[] => {
    const base = pair.base === undefined ? undefined : at(pair.base, trees.base.get(pair.base))
    const theirs = pair.theirs === undefined ? undefined : at(pair.theirs, trees.theirs.get(pair.theirs))
    const renders = { ...(base && { base }), ...(theirs && { theirs }) }
    const ownMove = pair.move === undefined ? {} : { move: pair.move }
    const ours = (path: RelPath): { ours?: { path: RelPath; file: FileEntry } } => {
      const found = at(path, trees.ours.get(path))
      return found === undefined ? {} : { ours: found }
    }

    if (base === undefined) {
      const path = pair.theirs!
      if (sources.has(path) || trees.ours.has(path))
        return { ...renders, ...(sources.has(path) ? {} : ours(path)), home: path }
      const place = placeInMovedFolder(path, folders)
      const home = sources.has(place) || trees.theirs.has(place) ? path : place
      return { ...renders, ...ours(home), home, ...(home === path ? {} : { move: "renamed-by-team" as const }) }
    }
    const home = pair.theirs ?? base.path
    if (trees.ours.has(base.path)) {
      const other = home === base.path || sources.has(home) ? undefined : trees.ours.get(home)
      return { ...renders, ...ours(base.path), home, ...ownMove, ...(other && { taken: other }) }
    }
    const place = moved.get(base.path)
    if (place !== undefined) return { ...renders, ...ours(place), home: place, move: "renamed-by-team" }
    if (home !== base.path && !sources.has(home) && trees.ours.has(home)) {
      // The team made the same move, or removed the file and has one of its own there.
      if (isSameFile(base.path, base.file, trees.ours.get(home)!)) return { ...renders, ...ours(home), home }
      const own: ManagedFile = { theirs: theirs!, ...ours(home), home }
      return trees.theirs.has(base.path) ? own : [{ base, home: base.path }, own]
    }
    return { ...renders, home, ...ownMove }
  })
}

function at<File>(path: RelPath, file: File | undefined): { path: RelPath; file: File } | undefined {
  return file === undefined ? undefined : { path, file }
}

/** New places, by base path, of files that are missing where the template had put them. */
function movedByTeam(pairs: readonly RenderPair[], { base, ours, candidates }: Trees): ReadonlyMap<RelPath, RelPath> {
  const missing = pairs.filter((pair) => pair.base !== undefined && !ours.has(pair.base))
  const sources = missing.flatMap(({ base: path }) => {
    const file = base.get(path!)!
    return movableFile(path!, file.bytes, file.sha256) ?? []
  })
  if (sources.length === 0) return new Map()
  const free = candidates.filter((path) => !base.has(path))
  const targets = free.flatMap((path) => movableFile(path, ours.get(path)?.bytes) ?? [])
  const found = findMoved(sources, targets)

  // Where the template has dropped the file too there is nothing to bring, and a mere likeness proves nothing.
  const dropped = new Set(missing.filter((pair) => pair.theirs === undefined).map((pair) => pair.base))
  const hashes = new Map(targets.map((target) => [target.path, target.sha256]))
  return new Map(
    [...found].filter(
      ([from, to]) =>
        !dropped.has(from) || hashes.get(to) === base.get(from)?.sha256 || baseName(from) === baseName(to),
    ),
  )
}

function isSameFile(path: RelPath, base: LockedFile, ours: FileEntry): boolean {
  const before = movableFile(path, base.bytes, base.sha256)
  const now = movableFile(path, ours.bytes)
  if (before?.sha256 === now?.sha256) return true
  if (before?.lines === undefined || now?.lines === undefined) return false
  return likeness(before.lines, now.lines).share >= ALIKE
}
