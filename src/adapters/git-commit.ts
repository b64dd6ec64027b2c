import { lstatSync } from "node:fs"
import { resolve } from "node:path"
import { ExecaError } from "execa"
import type { Commit, CommitState } from "../app/ports/git.ts"
import { gitAnswer, gitOnPaths, runGit } from "./run-git.ts"

/** See CommitState. */
export async function commitState(folder: string): Promise<CommitState> {
  const [head, branch, author, committer, unmerged] = await Promise.all([
    gitAnswer(folder, ["rev-parse", "--verify", "--quiet", "HEAD"]),
    gitAnswer(folder, ["symbolic-ref", "--quiet", "--short", "HEAD"]),
    gitAnswer(folder, ["var", "GIT_AUTHOR_IDENT"]),
    gitAnswer(folder, ["var", "GIT_COMMITTER_IDENT"]),
    runGit(folder, ["ls-files", "--unmerged", "--", ":/"]),
  ])
  return {
    head,
    branch,
    knowsWho: author !== null && committer !== null,
    unmerged: unmerged !== "",
  }
}

/** See Git.commit. */
export async function commit(folder: string, paths: readonly string[], message: string): Promise<Commit> {
  const known = new Set((await runGit(folder, ["--literal-pathspecs", "ls-files", "-z", "--", ...paths])).split("\0"))
  const added = paths.filter((path) => !known.has(path) && isThere(resolve(folder, path)))
  const all = paths.filter((path) => known.has(path) || added.includes(path))
  try {
    // By its name a file is added although some .gitignore names it too, as the first commit of `new` does.
    if (added.length > 0) await gitOnPaths(folder, ["add", "--force", "--intent-to-add"], added)
    await gitOnPaths(folder, ["commit", "--quiet", "--only", `--message=${message}`], all)
    return { status: "committed", sha: await runGit(folder, ["rev-parse", "HEAD"]) }
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error
    if (added.length > 0) await gitOnPaths(folder, ["reset", "--quiet"], added).catch(() => "")
    const words = [error.stdout, error.stderr].filter((text) => typeof text === "string" && text !== "")
    return { status: "failed", reason: words.length > 0 ? words.join("\n") : error.shortMessage }
  }
}

/** Also a link that points nowhere. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}
