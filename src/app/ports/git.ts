import type { UnmergedFile } from "../../core/plan/unmerged.ts"

/**
 * How far the first commit came. `no-identity` (git does not know who commits) and `staged`: everything is staged.
 * `failed`: there may be no repository, for instance because there is no git.
 */
export type FirstCommit =
  | { readonly status: "committed" }
  | { readonly status: "no-identity" }
  | { readonly status: "staged" | "failed"; readonly reason: string }

export interface WorkTree {
  /** The commit that is checked out; null before the first one. */
  readonly head: string | null
  /** The branch that is checked out; null when none is. */
  readonly branch: string | null
  /**
   * Those of the paths that are not as the commit has them, with their entry in the index (`<mode> <object>`); null where
   * it has none, or several because it is unmerged.
   */
  readonly dirty: ReadonlyMap<string, string | null>
}

/** What the use cases need of git. Folders are absolute paths. */
export interface Git {
  /** user.email and the origin's URL, for guessing organisation and team; empty when there is none. */
  identity(folder: string): Promise<{ readonly email: string; readonly origin: string }>
  /** Whether the folder lies in a work tree. */
  isRepository(folder: string): boolean
  /** Makes a repository and commits everything in the folder, or only these paths in it. Can be run again. */
  initAndCommit(folder: string, message: string, only?: readonly string[]): Promise<FirstCommit>
  /** Tells git's index that the files are unmerged, so that status, mergetool and editors treat them as a merge would leave them. */
  markUnmerged(folder: string, files: readonly UnmergedFile[]): Promise<void>
  /** The commit that is checked out; null before the first one. */
  head(folder: string): Promise<string | null>
  /** Where the work tree stands, for these paths (relative to the folder). */
  workTree(folder: string, paths: readonly string[]): Promise<WorkTree>
  /**
   * Makes the paths' entries of the index those of the commit that is checked out; of those that `entries` names, what
   * WorkTree tells of them.
   */
  restoreIndex(
    folder: string,
    paths: readonly string[],
    entries: Readonly<Record<string, string | null>>,
  ): Promise<void>
}
