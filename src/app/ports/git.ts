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

/** What matters for a commit that is to be made. */
export interface CommitState {
  /** The commit and the branch that are checked out, as in WorkTree. */
  readonly head: string | null
  readonly branch: string | null
  /** Whether git knows who commits. */
  readonly knowsWho: boolean
  /** Whether files are unmerged anywhere in the repository. */
  readonly unmerged: boolean
}

/** A branch that is made for an update: its name, and what was checked out before. */
export interface NewBranch {
  readonly made: string
  /** Null where no branch was checked out. */
  readonly before: string | null
  /** The commit that both start from. */
  readonly head: string
}

/** Whether a branch of a name can be made. */
export type BranchName = "free" | "taken" | "invalid"

export type Commit =
  | { readonly status: "committed"; readonly sha: string }
  | { readonly status: "failed"; readonly reason: string }

/** What the use cases need of git. Folders are absolute paths. */
export interface Git {
  /** user.email and the origin's URL, for guessing organisation and team; empty when there is none. */
  identity(folder: string): Promise<{ readonly email: string; readonly origin: string }>
  /** Whether the folder lies in a work tree. */
  isRepository(folder: string): boolean
  /** The tags of the folder's repository and its top folder; null outside of one. */
  tags(folder: string): Promise<{ readonly top: string; readonly tags: readonly string[] } | null>
  /** The commit that a tag, a branch or any other word of git names; null where it names none. */
  commitOf(folder: string, revision: string): Promise<string | null>
  /** Files below the folder that git knows or would take: not those that are ignored; null where there is no repository. */
  files(folder: string): Promise<readonly string[] | null>
  /** Files below the folder that git has; none where there is no repository. */
  tracked(folder: string): Promise<readonly string[]>
  /** What git has begun in the folder's repository and not ended: `merge`, `rebase`, …; null when nothing. */
  operation(folder: string): string | null
  /** Makes a repository and commits everything in the folder, or only these paths in it. Can be run again. */
  initAndCommit(folder: string, message: string, only?: readonly string[]): Promise<FirstCommit>
  /** Tells git's index that the files are unmerged, so that status, mergetool and editors treat them as a merge would leave them. */
  markUnmerged(folder: string, files: readonly UnmergedFile[]): Promise<void>
  /** The commit that is checked out; null before the first one. */
  head(folder: string): Promise<string | null>
  /** Where the work tree stands, for these paths (relative to the folder). */
  workTree(folder: string, paths: readonly string[]): Promise<WorkTree>
  /** Those of the paths (relative to the folder; they need not be there) that are ignored. */
  ignored(folder: string, paths: readonly string[]): Promise<readonly string[]>
  commitState(folder: string): Promise<CommitState>
  branchName(folder: string, name: string): Promise<BranchName>
  /** Makes a branch from the commit that is checked out, and switches to it; files and index stay as they are. */
  createBranch(folder: string, name: string): Promise<void>
  /** Goes back from such a branch to the branch, or commit, before it, and removes it. */
  dropBranch(folder: string, name: string, back: string): Promise<void>
  /**
   * Commits these paths (relative to the folder) as they are in the work tree, and nothing else. The user's hooks run. When
   * it fails, the index is as before.
   */
  commit(folder: string, paths: readonly string[], message: string): Promise<Commit>
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
