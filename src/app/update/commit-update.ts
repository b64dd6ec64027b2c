import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { CommitState } from "../ports/git.ts"
import type { Ports } from "../ports/ports.ts"
import { noteBranch } from "../transaction/branch-note.ts"
import type { LockOwner } from "../transaction/project-lock.ts"
import { refuseBusy } from "../work-tree.ts"

/** That an update is to be committed. */
export interface CommitRequest {
  /** The branch to make for it; absent: the one that is checked out. */
  readonly branch?: string
}

/** Throws a MeshwrightError of kind `usage` where no commit can ever be made: no repository, no name for a branch. */
export async function checkCommitRequest({ git }: Ports, root: string, { branch }: CommitRequest): Promise<void> {
  if (!git.isRepository(root)) {
    const message = `${root} is not in a git repository, so the update cannot be committed`
    const hint = "leave out --commit and --branch, or make a repository first: git init"
    throw new MeshwrightError([problem("no-repository", message, { hint })], "usage")
  }
  if (branch === undefined || (await git.branchName(root, branch)) !== "invalid") return
  const message = `--branch ${JSON.stringify(branch)}: git does not take this as the name of a branch`
  throw new MeshwrightError([problem("invalid-branch", message, { hint: "for instance: meshwright-update" })], "usage")
}

/** Where git stands. Throws a MeshwrightError that tells all that keeps an update from being committed now. */
export async function refuseCommit(ports: Ports, root: string, { branch }: CommitRequest): Promise<CommitState> {
  refuseBusy(ports, root)
  const { git } = ports
  const [state, name] = await Promise.all([
    git.commitState(root),
    branch === undefined ? undefined : git.branchName(root, branch),
  ])
  const problems = [...obstacles(state, branch), ...(name === "taken" ? [taken(branch ?? "")] : [])]
  if (problems.length > 0) throw new MeshwrightError(problems)
  return state
}

function obstacles({ head, branch, knowsWho, unmerged }: CommitState, newBranch: string | undefined) {
  const found = []
  if (unmerged)
    found.push(
      problem("git-busy", "git has unmerged files in this repository, and commits nothing before they are resolved", {
        hint: "resolve them, `git add` and commit them; then update",
      }),
    )
  if (head === null)
    found.push(
      problem("no-commit-yet", "nothing is committed in this repository yet", { hint: "commit the project first" }),
    )
  else if (branch === null && newBranch === undefined)
    found.push(
      problem("detached-head", "no branch is checked out, and a commit on none is easily lost", {
        hint: "name a branch to make for it: --branch NAME",
      }),
    )
  if (!knowsWho)
    found.push(
      problem("no-identity", "git does not know who commits", {
        hint: 'git config --global user.name "Your Name"; git config --global user.email you@example.com',
      }),
    )
  return found
}

function taken(branch: string) {
  return problem("branch-exists", `there is a branch ${branch} already`, {
    hint: `choose another name, or remove it: git branch -D ${branch}`,
  })
}

/**
 * Runs `work` on a new branch; where it throws, all is as before. Throws `branch-failed` when git cannot make it.
 */
export async function onBranch(
  { git, fs }: Ports,
  root: string,
  owner: LockOwner,
  { branch: before, head }: CommitState,
  branch: string | undefined,
  work: () => void,
): Promise<void> {
  if (branch === undefined) return work()
  let forget: (() => void) | undefined
  try {
    forget = noteBranch(fs, root, owner, { made: branch, before, head: head ?? "" })
    await git.createBranch(root, branch)
  } catch (error) {
    forget?.()
    const message = `git could not make the branch ${branch}: ${error instanceof Error ? error.message : String(error)}`
    throw new MeshwrightError([problem("branch-failed", message)], "failed", { cause: error })
  }
  try {
    work()
  } catch (error) {
    throw await git.dropBranch(root, branch, before ?? head ?? "").then(
      () => error,
      () => branchLeft(error, branch),
    )
  } finally {
    forget()
  }
}

function branchLeft(error: unknown, branch: string): unknown {
  if (!(error instanceof MeshwrightError)) return error
  const left = problem("branch-left", `the new branch ${branch} could not be removed again`, { hint: "git branch -D" })
  return new MeshwrightError([...error.diagnostics, left], error.kind, { cause: error })
}

/** Commits the paths that an update has written. Throws `not-committed`, of kind person-needed, with git's words when it does not. */
export async function commitUpdate(
  { git }: Ports,
  root: string,
  paths: readonly RelPath[],
  message: string,
  interrupted: () => boolean,
): Promise<string> {
  const first = await git.commit(root, paths, message)
  // Ctrl-C at a terminal ends git as well: its part is done again.
  const commit = first.status === "failed" && interrupted() ? await git.commit(root, paths, message) : first
  if (commit.status === "committed") return commit.sha
  throw new MeshwrightError(
    [
      problem("not-committed", `the update is written, but git made no commit:\n${commit.reason}`, {
        hint: "mend what git or its hook says, `git add` the update and commit it; or undo it: meshwright update --abort",
      }),
    ],
    "person-needed",
  )
}
