import type { BranchName } from "../app/ports/git.ts"
import { gitAnswer, runGit } from "./run-git.ts"

/** Whether a branch of this name can be made. */
export async function branchName(folder: string, name: string): Promise<BranchName> {
  const reference = `refs/heads/${name}`
  // A name with a dash in front is an option for git, and HEAD a reference of its own.
  if (name.startsWith("-") || name === "HEAD") return "invalid"
  if ((await gitAnswer(folder, ["check-ref-format", reference])) === null) return "invalid"
  return (await gitAnswer(folder, ["show-ref", "--verify", "--quiet", reference])) === null ? "free" : "taken"
}

/** See Git.createBranch. Throws git's error. */
export async function createBranch(folder: string, name: string): Promise<void> {
  try {
    await runGit(folder, ["checkout", "--quiet", "--no-track", "-b", name])
  } catch (error) {
    // The user's post-checkout hook fails after the switch.
    if ((await gitAnswer(folder, ["symbolic-ref", "--short", "HEAD"])) !== name) throw error
  }
}

/** See Git.dropBranch. Throws git's error. */
export async function dropBranch(folder: string, name: string, back: string): Promise<void> {
  await gitAnswer(folder, ["checkout", "--quiet", back, "--"])
  await runGit(folder, ["branch", "--quiet", "-D", name])
}
