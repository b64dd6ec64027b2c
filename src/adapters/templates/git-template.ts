import { createHash } from "node:crypto"
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { simpleGit } from "simple-git"
import { isCommit } from "../../core/version.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { shellWord } from "../../core/render/quote.ts"
import { gitOptions } from "../git-options.ts"
import { remoteReason } from "../git-reason.ts"

export interface Checkout {
  /** Absolute path of the files at that commit. */
  readonly folder: string
  readonly commit: string
  /** The tag, branch or commit that was resolved. */
  readonly version: string
}

// The same bytes for everyone: no conversion of line ends, and no hook of the user that runs on a checkout.
const GIT_OPTIONS = ["-c", "core.autocrlf=false", "-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false"]

/**
 * The files of a git repository at a revision, from the cache or fetched into it. Without a revision: the highest tag that
 * is a version, or else the default branch. The repository is asked for its refs, and cloned (one commit) only when that
 * commit is not in the cache.
 */
export async function checkoutTemplate(url: string, revision: string, cache = cacheFolder()): Promise<Checkout> {
  const { version, commit } = isCommit(revision)
    ? { version: revision, commit: revision }
    : await resolveRevision(url, revision)
  const folder = join(cache, "git", createHash("sha256").update(url).digest("hex").slice(0, 16), commit)
  if (!existsSync(folder)) await fetchInto(folder, url, commit, version)
  return { folder, commit, version }
}

/** Where fetched templates are kept: in the user's cache (XDG Base Directory Specification). */
function cacheFolder(): string {
  const xdg = process.env["XDG_CACHE_HOME"]
  return join(xdg !== undefined && xdg !== "" ? xdg : join(homedir(), ".cache"), "meshwright")
}

async function resolveRevision(url: string, revision: string): Promise<{ version: string; commit: string }> {
  const refs = parseRefs(await git(url, ["ls-remote", "--", url]))
  if (revision !== "") {
    const commit =
      refs.get(`refs/tags/${revision}^{}`) ?? refs.get(`refs/tags/${revision}`) ?? refs.get(`refs/heads/${revision}`)
    if (commit !== undefined) return { version: revision, commit }
    throw new MeshwrightError([
      problem("no-revision", `${url} has no tag or branch ${revision}`, {
        hint: `its tags: ${tagsOf(refs).slice(-8).join(", ") || "none"}; a commit needs all 40 digits`,
      }),
    ])
  }
  const newest = await newestVersion(tagsOf(refs))
  if (newest !== undefined)
    return { version: newest, commit: refs.get(`refs/tags/${newest}^{}`) ?? refs.get(`refs/tags/${newest}`) ?? "" }
  const head = refs.get("HEAD")
  if (head === undefined) throw new MeshwrightError([problem("no-revision", `${url} is empty: it has no commit yet`)])
  return { version: head, commit: head }
}

/** The highest stable version among tags (`v1.2.0`, `1.2.0`); undefined when none is a version. */
async function newestVersion(tags: readonly string[]): Promise<string | undefined> {
  const { default: semver } = await import("semver")
  const stable = tags.filter((tag) => semver.valid(tag) !== null && semver.prerelease(tag) === null)
  return stable.toSorted((a, b) => semver.rcompare(a, b))[0]
}

function tagsOf(refs: ReadonlyMap<string, string>): string[] {
  return [...refs.keys()]
    .filter((ref) => ref.startsWith("refs/tags/") && !ref.endsWith("^{}"))
    .map((ref) => ref.slice("refs/tags/".length))
}

function parseRefs(output: string): Map<string, string> {
  const lines = output.split("\n").map((line) => line.split("\t"))
  return new Map(
    lines.flatMap(([commit, ref]) => (commit !== undefined && ref !== undefined ? [[ref, commit] as const] : [])),
  )
}

async function fetchInto(folder: string, url: string, commit: string, version: string): Promise<void> {
  mkdirSync(join(folder, ".."), { recursive: true })
  // Beside its place, so that only a whole checkout ever gets the name.
  const temporary = mkdtempSync(`${folder}.`)
  try {
    await git(url, ["init", "-q", temporary])
    await git(
      url,
      ["fetch", "-q", "--depth", "1", "--no-tags", "--", url, version === commit ? commit : version],
      temporary,
    ).catch(() =>
      // A server may refuse a commit that no ref points at; with all history it is there, or does not exist.
      git(url, ["fetch", "-q", "--", url, "+refs/heads/*:refs/remotes/o/*", "+refs/tags/*:refs/tags/*"], temporary),
    )
    await git(url, [...GIT_OPTIONS, "checkout", "-q", commit, "--"], temporary)
    rmSync(join(temporary, ".git"), { recursive: true, force: true })
    if (!existsSync(folder)) renameSync(temporary, folder)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

/** Runs git in a folder; simple-git refuses -C. */
async function git(url: string, args: readonly string[], folder = process.cwd()): Promise<string> {
  // In a script a missing password has to be an error, not a prompt that nobody sees.
  process.env["GIT_TERMINAL_PROMPT"] ??= "0"
  try {
    return await simpleGit(folder, { ...gitOptions(), unsafe: { allowUnsafeHooksPath: true } }).raw([...args])
  } catch (error) {
    throw new MeshwrightError(
      [
        problem("git-failed", `git cannot read ${url}: ${remoteReason(error)}`, {
          hint: `check the address, your network and your rights: git ls-remote ${shellWord(url)}`,
        }),
      ],
      "failed",
      { cause: error },
    )
  }
}
