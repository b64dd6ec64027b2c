import type { FileChange } from "../model/change.ts"
import { comparePaths, type RelPath } from "../model/path.ts"
import { obstacleOf } from "./tree/blocked.ts"
import { decideFile } from "./tree/decide-file.ts"
import { locateOurs } from "./tree/locate-ours.ts"
import { type ManagedFile, pathsOf } from "./tree/managed-file.ts"
import type { MergeTreeInput } from "./tree/merge-tree-input.ts"
import { pairRenders } from "./tree/pair-renders.ts"

/**
 * What brings the project to the template's new rendering: one change for each file of either rendering, in path order,
 * those that change nothing too. Files that moved (by the manifest, by an answer, by the team, or found by their
 * content) are merged across the move. `from` is the old path of a rename, or the template's path of a file that the
 * team moved.
 */
export function mergeTree(input: MergeTreeInput): readonly FileChange[] {
  const pairs = pairRenders(input.base, input.theirs, input.renames, input.answersChanged)
  const files = locateOurs(pairs, { ...input, candidates: input.candidates ?? [] })
  const decided = decideAll(files, input)
  return withoutDoubleSteps(decided).toSorted((a, b) => comparePaths(a.path, b.path))
}

/**
 * Decides file by file, and again where a file would land on another one that turned out to stay (its own move was
 * refused, or it is the team's): that place is taken. So is one where something stands that does not leave.
 */
function decideAll(files: readonly ManagedFile[], input: MergeTreeInput): readonly FileChange[] {
  const changes = files.map((file): FileChange => ({ ...decideFile(file, input), paths: pathsOf(file) }))
  const staying = new Set<RelPath>()
  files.forEach(({ ours }, index) => {
    const leaves = changes[index]!.writes.some(({ path, after }) => path === ours?.path && after === null)
    if (ours !== undefined && !leaves) staying.add(ours.path)
  })
  const writes = changes.flatMap((change) => change.writes)
  const leaving = new Set(writes.flatMap(({ path, after }) => (after === null ? [path] : [])))
  const next = files.map((file, index): ManagedFile => {
    const blockedBy = obstacleOf(changes[index]!, input.obstacles ?? new Map(), leaving)
    if (blockedBy !== undefined) return { ...file, blockedBy }
    const lands = changes[index]!.writes.some(({ path, after }) => path === file.home && after !== null)
    const taken =
      lands && file.ours?.path !== file.home && staying.has(file.home) ? input.ours.get(file.home) : undefined
    return taken === undefined || file.taken !== undefined ? file : { ...file, taken }
  })
  return next.every((file, index) => file === files[index]) ? changes : decideAll(next, input)
}

/** Where one file leaves and another one comes, only the coming is a step; it expects what is there now. */
function withoutDoubleSteps(changes: readonly FileChange[]): readonly FileChange[] {
  const written = new Set<RelPath>(
    changes.flatMap(({ writes }) => writes.filter(({ after }) => after !== null).map(({ path }) => path)),
  )
  return changes.map((change) => ({
    ...change,
    writes: change.writes.filter(({ path, after }) => after !== null || !written.has(path)),
  }))
}
