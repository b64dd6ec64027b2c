import { spawnSync } from "node:child_process"
import type { NewBranch } from "../app/ports/git.ts"
import { gitEnvironment } from "./git-options.ts"

/**
 * Goes back from a branch to what was checked out before it, and removes it: only where both still are at the commit that it
 * was made from. Returns whether it did. Waits for git, as all of the recovery does.
 */
export function dropEmptyBranch(folder: string, { made, before, head }: NewBranch): boolean {
  const git = (...args: readonly string[]): string | null => {
    const run = spawnSync("git", args, { cwd: folder, env: gitEnvironment(), encoding: "utf8" })
    return run.status === 0 ? run.stdout.trim() : null
  }
  const commitOf = (name: string): string | null => git("rev-parse", "--verify", "--quiet", `refs/heads/${name}`)
  if (commitOf(made) !== head || (before !== null && commitOf(before) !== head)) return false
  const isCheckedOut = git("symbolic-ref", "--quiet", "HEAD") === `refs/heads/${made}`
  if (isCheckedOut && git("checkout", "--quiet", before ?? head, "--") === null) return false
  return git("branch", "--quiet", "-D", made) !== null
}
