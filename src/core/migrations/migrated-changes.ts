import { fingerprint, sameFile } from "../hash.ts"
import { findMoved } from "../merge/tree/find-moved.ts"
import { movableFile } from "../merge/tree/movable-file.ts"
import type { DiskWrite, FileChange } from "../model/change.ts"
import { comparePaths, type RelPath } from "../model/path.ts"
import type { FileEntry, Tree } from "../model/tree.ts"

/** What migrations made of a project, as changes. What they did to a path of `update.keep` is left out, and told. */
export function migratedChanges(before: Tree, after: Tree, keep: (path: RelPath) => boolean): readonly FileChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted(comparePaths)
  const touched = paths.filter((path) => !same(before.get(path), after.get(path)))
  const changed = touched.filter((path) => !keep(path))
  const moves = movesAmong(changed, before, after)
  const left = new Set(moves.values())
  const kept = touched.filter(keep).map((path): FileChange => {
    return { path, action: "keep", status: "skipped", reason: "kept-by-setting", paths: { ours: path }, writes: [] }
  })
  const changes = changed
    .filter((path) => !left.has(path))
    .map((path) => changeOf(path, moves.get(path), before, after))
  return [...kept, ...changes].toSorted((a, b) => comparePaths(a.path, b.path))
}

function same(a: FileEntry | undefined, b: FileEntry | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameFile(fingerprint(a), fingerprint(b))
}

/** Where files came from that were moved, by their new path. */
function movesAmong(changed: readonly RelPath[], before: Tree, after: Tree): ReadonlyMap<RelPath, RelPath> {
  const files = (from: Tree, other: Tree) =>
    changed.flatMap((path) => (other.has(path) ? [] : (movableFile(path, from.get(path)?.bytes) ?? [])))
  return new Map([...findMoved(files(before, after), files(after, before))].map(([from, to]) => [to, from]))
}

function changeOf(path: RelPath, from: RelPath | undefined, before: Tree, after: Tree): FileChange {
  const entry = after.get(path) ?? null
  const writes = [writeOf(path, before, entry), ...(from === undefined ? [] : [writeOf(from, before, null)])]
  const action = from !== undefined ? "rename" : entry === null ? "delete" : before.has(path) ? "update" : "create"
  const ours = from ?? (before.has(path) ? path : undefined)
  return {
    path,
    ...(from === undefined ? {} : { from }),
    action,
    status: "clean",
    reason: "migrated",
    paths: ours === undefined ? {} : { ours },
    writes,
  }
}

function writeOf(path: RelPath, before: Tree, after: FileEntry | null): DiskWrite {
  const present = before.get(path)
  return { path, before: present === undefined ? null : fingerprint(present), after }
}
