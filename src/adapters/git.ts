import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { simpleGit } from "simple-git"
import type { Git } from "../app/ports/git.ts"

/** git, through the user's own installation and configuration. */
export function gitAdapter(): Git {
  return { identity, isRepository, initAndCommit, dirtyPaths }
}

async function identity(folder: string): ReturnType<Git["identity"]> {
  const config = await configOf(folder, "^(user\\.email|remote\\.origin\\.url)$")
  return { email: config.get("user.email") ?? "", origin: config.get("remote.origin.url") ?? "" }
}

function isRepository(folder: string): boolean {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, ".git"))) return true
    if (dirname(current) === current) return false
  }
}

async function configOf(folder: string, pattern: string): Promise<ReadonlyMap<string, string>> {
  try {
    const output = await simpleGit(folder).raw(["config", "--get-regexp", pattern])
    return new Map(output.split("\n").flatMap((line) => {
      const space = line.indexOf(" ")
      return space < 0 ? [] : [[line.slice(0, space), line.slice(space + 1)] as const]
    }))
  } catch {
    // Nothing is configured, or there is no git: then nothing can be guessed from it.
    return new Map()
  }
}

async function initAndCommit(folder: string, message: string): ReturnType<Git["initAndCommit"]> {
  const git = simpleGit(folder)
  const hasDefault = (await configOf(folder, "^init\\.defaultbranch$")).size > 0
  await git.raw(["init", "-q", ...(hasDefault ? [] : ["--initial-branch=main"])])
  await git.raw(["add", "-A"])
  try {
    await git.raw(["commit", "-q", "-m", message])
    return { status: "committed" }
  } catch (error) {
    const knowsWho = await git.raw(["var", "GIT_COMMITTER_IDENT"]).then(
      () => true,
      () => false,
    )
    const reason = error instanceof Error ? error.message.trim() : String(error)
    return knowsWho ? { status: "staged", reason } : { status: "no-identity" }
  }
}

async function dirtyPaths(folder: string, paths: readonly string[]): Promise<readonly string[]> {
  if (paths.length === 0) return []
  const literal = paths.map((path) => `:(literal)${path}`)
  const output = await simpleGit(folder).raw(["status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--", ...literal])
  const prefix = (await simpleGit(folder).raw(["rev-parse", "--show-prefix"])).trim()
  return output
    .split("\0")
    .filter((entry) => entry !== "")
    .map((entry) => entry.slice(3))
    .map((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : path))
}
