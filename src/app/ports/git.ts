import type { UnmergedFile } from "../../core/plan/unmerged.ts"

/**
 * How far the first commit came. `no-identity` (git does not know who commits) and `staged`: everything is staged.
 * `failed`: there may be no repository, for instance because there is no git.
 */
export type FirstCommit =
  | { readonly status: "committed" }
  | { readonly status: "no-identity" }
  | { readonly status: "staged" | "failed"; readonly reason: string }

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
  /** Those of the paths (relative to the folder) that have uncommitted changes. */
  dirtyPaths(folder: string, paths: readonly string[]): Promise<readonly string[]>
}
