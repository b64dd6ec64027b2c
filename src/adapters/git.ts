import type { Git, WorkTree } from "../app/ports/git.ts"
import { gitOptions } from "./git-options.ts"
import { operation, workTreeTop } from "./git-operation.ts"
import { reasonOf } from "./git-reason.ts"
import { parseStatus } from "./parse-status.ts"

/** git, through the user's own installation and configuration. */
export function gitAdapter(): Git {
  const configs = new Map<string, Promise<Config>>()
  const configOf = (folder: string): Promise<Config> => {
    const known = configs.get(folder) ?? readConfig(folder)
    configs.set(folder, known)
    return known
  }
  return {
    identity: async (folder) => {
      const config = await configOf(folder)
      return { email: config.get("user.email") ?? "", origin: config.get("remote.origin.url") ?? "" }
    },
    initAndCommit: async (folder, message, only) => {
      const config = await ([...configs.values()].at(-1) ?? configOf(folder))
      return initAndCommit(folder, message, only, config.has("init.defaultbranch"))
    },
    isRepository: (folder) => workTreeTop(folder) !== null,
    tags: async (folder) => (await import("./git-tags.ts")).tags(folder),
    commitOf: async (folder, revision) => (await import("./git-tags.ts")).commitOf(folder, revision),
    operation,
    files: (folder) => listedFiles(folder, "--cached", "--others", "--exclude-standard"),
    tracked: async (folder) => (await listedFiles(folder, "--cached")) ?? [],
    markUnmerged: async (folder, files) => (await import("./mark-unmerged.ts")).markUnmerged(folder, files),
    head,
    workTree,
    ignored: async (...args) => (await import("./git-ignored.ts")).ignored(...args),
    commitState: async (folder) => (await import("./git-commit.ts")).commitState(folder),
    branchName: async (...args) => (await import("./git-branch.ts")).branchName(...args),
    createBranch: async (...args) => (await import("./git-branch.ts")).createBranch(...args),
    dropBranch: async (...args) => (await import("./git-branch.ts")).dropBranch(...args),
    commit: async (...args) => (await import("./git-commit.ts")).commit(...args),
    restoreIndex: async (...args) => (await import("./restore-index.ts")).restoreIndex(...args),
  }
}

/** Runs git in a folder. Its library is loaded for the first run: many commands need none. */
async function run(folder: string, args: string[]): Promise<string> {
  const { simpleGit } = await import("simple-git")
  return simpleGit(folder, gitOptions()).raw(args)
}

async function listedFiles(folder: string, ...which: readonly string[]): Promise<readonly string[] | null> {
  const { gitAnswer } = await import("./run-git.ts")
  const listed = await gitAnswer(folder, ["ls-files", "-z", ...which])
  return listed === null ? null : [...new Set(listed.split("\0").filter((path) => path !== ""))]
}

type Config = ReadonlyMap<string, string>

/** The settings that are of use here, in one call. */
async function readConfig(folder: string): Promise<Config> {
  try {
    const output = await run(folder, [
      "config",
      "--get-regexp",
      "^(user\\.email|remote\\.origin\\.url|init\\.defaultbranch)$",
    ])
    return new Map(
      output.split("\n").flatMap((line) => {
        const space = line.indexOf(" ")
        return space < 0 ? [] : [[line.slice(0, space), line.slice(space + 1)] as const]
      }),
    )
  } catch {
    // Nothing is configured, or there is no git: then nothing can be guessed from it.
    return new Map()
  }
}

// None of the commands is told to be quiet: simple-git waits 50 ms for output after the end of one that printed nothing.
async function initAndCommit(
  folder: string,
  message: string,
  only: readonly string[] | undefined,
  hasDefaultBranch: boolean,
): ReturnType<Git["initAndCommit"]> {
  try {
    await run(folder, ["init", ...(hasDefaultBranch ? [] : ["--initial-branch=main"])])
    // A path by its name is added although some .gitignore of the user's names it too; what a folder holds besides is not.
    await run(folder, only ? ["add", "--force", "--verbose", "--", ...only] : ["add", "--all", "--verbose"])
  } catch (error) {
    return { status: "failed", reason: reasonOf(error) }
  }
  try {
    await run(folder, ["commit", "-m", message])
    return { status: "committed" }
  } catch (error) {
    const knowsWho = await run(folder, ["var", "GIT_COMMITTER_IDENT"]).then(
      () => true,
      () => false,
    )
    return knowsWho ? { status: "staged", reason: reasonOf(error) } : { status: "no-identity" }
  }
}

async function head(folder: string): Promise<string | null> {
  // Before the first commit it fails without a word, which simple-git takes for an empty answer.
  const commit = await run(folder, ["rev-parse", "--verify", "--quiet", "HEAD"])
  return commit.trim() || null
}

async function workTree(folder: string, paths: readonly string[]): Promise<WorkTree> {
  const [output, prefixLine] = await Promise.all([
    run(folder, [
      // The refreshed index is not written: another git at work would find it locked.
      "--no-optional-locks",
      "status",
      "--porcelain=v2",
      "--branch",
      "--no-ahead-behind",
      "-z",
      "--untracked-files=all",
      "--no-renames",
      "--",
      ...paths.map((path) => `:(literal)${path}`),
    ]),
    run(folder, ["rev-parse", "--show-prefix"]),
  ])
  return parseStatus(output, prefixLine.replace(/\n$/, ""))
}
