import type { LockException } from "../../model/exception.ts"
import type { LockedFile } from "../../model/lock.ts"
import type { RelPath } from "../../model/path.ts"
import type { RenderedTree } from "../../model/template.ts"
import type { Sha256, Tree } from "../../model/tree.ts"
import type { ConflictStyle, MergeLabels } from "../merge-input.ts"
import type { MergeRules } from "../rules/merge-rules.ts"
import type { Obstacle } from "./blocked.ts"
import type { DeclaredRename } from "./declared-renames.ts"

/** What decides whether locked content is put back. */
export interface Policies {
  readonly today: string
  readonly exceptions: readonly LockException[]
}

export interface MergeTreeInput {
  /** What the template rendered last. Without bytes (binaries, once, replace) hash and mode are compared. */
  readonly base: ReadonlyMap<RelPath, LockedFile>
  /** The project's files at all paths of base and theirs, at both ends of all renames, and at the candidates. */
  readonly ours: Tree
  readonly theirs: RenderedTree
  readonly renames: readonly DeclaredRename[]
  /** Files of the project that are in neither base nor theirs: where the team may have moved a missing one. */
  readonly candidates?: readonly RelPath[]
  /** The team's setting update.keep: such a path is never touched. */
  readonly keep: (path: RelPath) => boolean
  readonly answersChanged: boolean
  /** Hashes of the template's files before rendering, by origin: what tells a changed answer from a changed template. */
  readonly sources: ReadonlyMap<string, Sha256>
  /** What stands in the way at paths of base and theirs; absent: nothing does, or nobody looked. */
  readonly obstacles?: ReadonlyMap<RelPath, Obstacle>
  readonly labels: MergeLabels
  readonly conflictStyle: ConflictStyle
  readonly rules?: MergeRules
  /** Absent: what the template locks is not looked at, as for a new project. */
  readonly policies?: Policies
}
