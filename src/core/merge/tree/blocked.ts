import type { FileChange } from "../../model/change.ts"
import type { ObstacleKind } from "../../model/conflict.ts"
import type { RelPath } from "../../model/path.ts"
import { fileConflict } from "../conflict-report.ts"
import type { ManagedFile } from "./managed-file.ts"

/** What of the project stands where a file, or a folder that it needs, would have to be. */
export interface Obstacle {
  readonly path: RelPath
  readonly kind: ObstacleKind
  /** The files that would have to go; none of an empty folder. */
  readonly holds: readonly RelPath[]
}

/** What a change would run into: an obstacle at one of the paths that it writes, which does not leave with the others. */
export function obstacleOf(
  { writes }: FileChange,
  obstacles: ReadonlyMap<RelPath, Obstacle>,
  leaving: ReadonlySet<RelPath>,
): Obstacle | undefined {
  return writes
    .flatMap(({ path }) => obstacles.get(path) ?? [])
    .find(({ holds }) => holds.length === 0 || !holds.every((path) => leaving.has(path)))
}

/** Nothing of such a file is written: what stands in its way is the team's. The next update finds it as this one did. */
export function blocked({ base, ours, theirs, home }: ManagedFile, { path, kind }: Obstacle): FileChange {
  const before = base?.file.bytes && { mode: base.file.mode, bytes: base.file.bytes }
  const conflict = fileConflict("blocked", home, before, ours?.file, theirs?.file)
  return {
    path: home,
    ...(ours === undefined || ours.path === home ? {} : { from: ours.path }),
    action: ours === undefined ? "none" : "keep",
    status: "conflict",
    reason: "blocked",
    conflicts: [{ ...conflict, blockedBy: { path, kind } }],
    writes: [],
  }
}
