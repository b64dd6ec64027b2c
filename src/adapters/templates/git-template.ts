import { rmSync } from "node:fs"
import { join } from "node:path"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { gitOffer, parseRefs, refOf, type Refs } from "../../core/template/git-offer.ts"
import { type Offer, type Picked, pickVersion } from "../../core/template/pick-version.ts"
import { isCommit } from "../../core/version.ts"
import { cacheFolder, cachedEntries, cachedFiles, cacheName, storedList, storeFiles, storeList } from "./cache.ts"
import type { Fetching } from "./fetching.ts"
import { isAccessFailure, remoteGit } from "./git-remote.ts"

/** A template's place in a git repository, and which state of it is asked for. */
export interface GitRequest {
  readonly url: string
  readonly subfolder: string
  /** What the source says behind its @, and what is asked for besides. */
  readonly wanted: string
  readonly asked: string | undefined
}

/** What was found: `id` is the commit. */
export interface GitState extends Picked {
  readonly ref?: string
}

// The same bytes for everyone: no conversion of line ends, and no hook of the user that runs on a checkout.
const GIT_OPTIONS = ["-c", "core.autocrlf=false", "-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false"]

/** The state that a request means, found by asking the repository for its refs, and nothing more. */
export async function findInGit(request: GitRequest, fetching: Fetching): Promise<GitState> {
  const { url, subfolder, wanted } = request
  const asked = request.asked ?? ""
  // A commit needs no refs, as long as nothing else is said of it.
  const commit = isCommit(asked) ? asked : asked === "" && isCommit(wanted) ? wanted : undefined
  if (commit !== undefined && (wanted === "" || isCommit(wanted))) return { version: commit, id: commit }
  const refs = await refsOf(url, fetching)
  const picked = pickVersion(withCommits(gitOffer(refs, subfolder)), wanted, request.asked, url)
  const ref = refOf(refs, picked.id)
  return { ...picked, ...(ref === undefined ? {} : { ref }) }
}

/** The files of a repository at a commit: from the cache, or fetched into it without its history. */
export async function checkoutFromGit(url: string, state: GitState, fetching: Fetching): Promise<string> {
  const folder = join(cacheOf(url), "commits")
  const entry = join(folder, state.id)
  const cached = cachedFiles(entry)
  if (cached !== undefined) return cached
  if (fetching.offline) {
    const refs = new Map(storedList<[string, string][]>(refsFile(url))?.list)
    const there = cachedEntries(folder).map((id) => refOf(refs, id)?.replace(/^refs\/[a-z]+\//, "") ?? id)
    throw fetching.missing(`${state.version} of ${url}`, there.join(", "))
  }
  return fetching.slowly(`Fetching ${state.version} of ${url}`, () =>
    storeFiles(entry, (files) => fetchInto(files, url, state)),
  )
}

async function refsOf(url: string, fetching: Fetching): Promise<Refs> {
  if (fetching.offline) {
    const stored = storedList<[string, string][]>(refsFile(url))
    if (!stored) throw fetching.missing(`the versions of ${url}`)
    fetching.say(`Offline: the versions of ${url} are those of ${stored.day}.`)
    return new Map(stored.list)
  }
  return fetching.once(url, () =>
    fetching.slowly(`Looking for versions of ${url}`, async () => {
      const refs = parseRefs(await remoteGit(url, ["ls-remote", "--", url]))
      storeList(refsFile(url), [...refs])
      return refs
    }),
  )
}

/** Commits can be asked for by their id, whether a ref points at them or not. */
function withCommits(offer: Offer): Offer {
  return { ...offer, named: (name) => offer.named(name) ?? (isCommit(name) ? { version: name, id: name } : undefined) }
}

function refsFile(url: string): string {
  return join(cacheOf(url), "refs.json")
}

function cacheOf(url: string): string {
  return join(cacheFolder(), "git", cacheName(url))
}

async function fetchInto(files: string, url: string, { id: commit, ref, version }: GitState): Promise<void> {
  const git = (...args: readonly string[]): Promise<string> => remoteGit(url, [...GIT_OPTIONS, ...args], files)
  await git("init", "--quiet", "--template=")
  try {
    await git("fetch", "--progress", "--depth=1", "--no-tags", "--", url, ref ?? commit)
    await git("checkout", "--quiet", commit, "--")
  } catch (error) {
    if (isAccessFailure(error)) throw error
    // A server may refuse a commit that no ref points at, and a tag may be another one by now; with all history it is there.
    await git("fetch", "--progress", "--", url, "+refs/heads/*:refs/remotes/o/*", "+refs/tags/*:refs/tags/*")
    await git("checkout", "--quiet", commit, "--").catch((cause: unknown) => {
      throw new MeshwrightError(
        [
          problem("no-revision", `${url} has no commit ${commit}${version === commit ? "" : ` (${version})`}`, {
            hint: "no branch and no tag leads to it; is it pushed?",
          }),
        ],
        "failed",
        { cause },
      )
    })
  }
  rmSync(join(files, ".git"), { recursive: true, force: true })
}
