import { workTreeTop } from "./git-operation.ts"
import { gitAnswer } from "./run-git.ts"

/** The tags of the folder's repository; null outside of one. */
export async function tags(folder: string): Promise<{ readonly top: string; readonly tags: readonly string[] } | null> {
  const top = workTreeTop(folder)
  if (top === null) return null
  const answer = await gitAnswer(folder, ["tag", "--list"])
  return { top, tags: (answer ?? "").split("\n").filter((tag) => tag !== "") }
}

/** The commit that `revision` names in the folder's repository; null where it names none. */
export async function commitOf(folder: string, revision: string): Promise<string | null> {
  const answer = await gitAnswer(folder, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${revision}^{commit}`,
  ])
  return answer === null || answer.trim() === "" ? null : answer.trim()
}
