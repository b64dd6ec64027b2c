import semver from "semver"
import { isVersion } from "../version.ts"
import type { Offer, Release } from "./pick-version.ts"

/** The refs of a repository by name (`HEAD`, `refs/tags/v1.0.0`), and the commit of each: of a tag what it points at. */
export type Refs = ReadonlyMap<string, string>

const TAGS = "refs/tags/"
const BRANCHES = "refs/heads/"

/** Reads what `git ls-remote` prints. */
export function parseRefs(output: string): Refs {
  const refs = new Map<string, string>()
  for (const line of output.split("\n")) {
    const [commit, ref] = line.trim().split("\t")
    // What an annotated tag points at comes behind the tag itself.
    if (commit !== undefined && ref !== undefined) refs.set(ref.replace(/\^\{\}$/, ""), commit)
  }
  return refs
}

/**
 * What a repository offers of the template in `subfolder`. Its releases are the tags that are versions; where tags name
 * the subfolder (`domain-v1.2.3`, `domain/v1.2.3`, `domain@1.2.3`), those alone, by the version in them.
 */
export function gitOffer(refs: Refs, subfolder: string): Offer {
  const tags = namesBelow(refs, TAGS)
  const branches = namesBelow(refs, BRANCHES)
  const own = releasesOf(refs, tags, ownPrefix(subfolder))
  const byTag = own.size > 0 ? own : releasesOf(refs, tags, /^/)
  const releases = [...byTag.values()]
  const stable = releases.filter(({ version }) => semver.prerelease(version) === null)
  const [highest] = stable.toSorted((a, b) => semver.rcompare(a.version, b.version))
  const head = refs.get("HEAD")
  const newest = highest ?? (head === undefined ? undefined : { version: head, id: head })
  return {
    releases,
    ...(newest ? { newest } : {}),
    named: (name) => {
      const release = byTag.get(name) ?? releases.find(({ version }) => version === name)
      if (release) return release
      const id = refs.get(TAGS + name) ?? refs.get(BRANCHES + name)
      return id === undefined ? undefined : { version: name, id }
    },
    keepsNames: false,
    names: [...branches, ...tags],
  }
}

/** The names that a ref of this commit has in the repository, to fetch it by. */
export function refOf(refs: Refs, commit: string): string | undefined {
  return [...refs].find(([ref, id]) => id === commit && (ref.startsWith(TAGS) || ref.startsWith(BRANCHES)))?.[0]
}

function namesBelow(refs: Refs, prefix: string): string[] {
  return [...refs.keys()].filter((ref) => ref.startsWith(prefix)).map((ref) => ref.slice(prefix.length))
}

function ownPrefix(subfolder: string): RegExp {
  const names = [subfolder, subfolder.split("/").at(-1) ?? ""].filter((name) => name !== "")
  const alternatives = names.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
  return names.length === 0 ? /(?!)/ : new RegExp(`^(?:@[^/]+/)?(?:${alternatives.join("|")})[-/@_](?=v?\\d)`)
}

/** The tags that are versions behind a prefix. */
function releasesOf(refs: Refs, tags: readonly string[], prefix: RegExp): ReadonlyMap<string, Release> {
  const found = tags.flatMap((tag) => {
    if (!prefix.test(tag)) return []
    const version = tag.replace(prefix, "")
    return isVersion(version) ? [[tag, { version, id: refs.get(TAGS + tag) ?? "" }] as const] : []
  })
  return new Map(found)
}
