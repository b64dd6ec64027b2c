import semver from "semver"
import { MeshwrightError, problem } from "../model/diagnostic.ts"
import { isVersion } from "../version.ts"

/** One state of a template that its source offers. */
export interface Release {
  /** What a project records: `v1.4.0`, or a branch, a commit. */
  readonly version: string
  /** By what the source knows it: a commit, or npm's version. */
  readonly id: string
}

/** What a git repository or npm package offers. */
export interface Offer {
  /** Versions, in any order. */
  readonly releases: readonly Release[]
  /** What is taken when nobody asks for a version; undefined where there is nothing at all. */
  readonly newest?: Release
  /** A tag, branch or dist-tag of exactly this name. */
  readonly named: (name: string) => Release | undefined
  /** Whether a name that was asked for is no part of the version, and so stays behind the @ of the source: dist-tags. */
  readonly keepsNames: boolean
  /** What else can be asked for by name, for messages. */
  readonly names: readonly string[]
  /** What to do where a version is not there, besides taking another. */
  readonly advice?: string
}

export interface Picked extends Release {
  /** What the project has to stay within, as its source says it: a range, or a dist-tag of npm. */
  readonly pin?: string
  /** A version that is newer and out of what the source says. */
  readonly beyond?: string
}

/**
 * The release to take: the newest, a version, a name, or the highest in a range. Pre-releases only where they are named, or
 * where a range names one. What the source says behind its @ holds also for a version that is asked for.
 * @param said behind the @ of the source; empty for nothing
 * @param asked by --to or as recorded; undefined for what the source says
 * @param where the source, for messages
 */
export function pickVersion(offer: Offer, said: string, asked: string | undefined, where: string): Picked {
  const pin = pinOf(offer, said)
  if (asked !== undefined && asked !== "") {
    const range = pin !== undefined && offer.named(pin) === undefined ? pin : undefined
    const release = find(offer, asked, range, where)
    if (range !== undefined && !isWithin(offer, release.version, range)) throw outOfRange(where, release.version, range)
    return { ...release, ...(pin === undefined ? {} : { pin }) }
  }
  if (pin === undefined) return find(offer, said, undefined, where)
  const release = offer.named(pin) ?? within(offer, pin, where)
  const { newest } = offer
  const isBeyond = newest !== undefined && isVersion(newest.version) && semver.gt(newest.version, release.version)
  return { ...release, pin, ...(isBeyond ? { beyond: newest.version } : {}) }
}

/** The versions of an offer as a message lists them: the newest ones, highest first. */
function listVersions({ releases }: Offer): string {
  const sorted = releases.map(({ version }) => version).toSorted((a, b) => semver.rcompare(a, b))
  return sorted.slice(0, 8).join(", ") + (sorted.length > 8 ? `, and ${sorted.length - 8} older` : "")
}

/** What is behind the @ of a source and stays there: a range. A version or branch is taken once, and recorded beside it. */
function pinOf(offer: Offer, said: string): string | undefined {
  if (said === "" || isVersion(said) || isShortCommit(said)) return undefined
  if (offer.named(said)) return offer.keepsNames ? said : undefined
  return semver.validRange(said) === null ? undefined : said
}

function find(offer: Offer, wanted: string, pin: string | undefined, where: string): Release {
  if (wanted === "") {
    if (offer.newest) return offer.newest
    throw new MeshwrightError([problem("no-revision", `${where} is empty: it holds no version yet`)])
  }
  const named =
    offer.named(wanted) ??
    (isVersion(wanted) ? offer.releases.find(({ version }) => semver.eq(version, wanted)) : undefined)
  if (named) return named
  if (isVersion(wanted) || semver.validRange(wanted) === null || isShortCommit(wanted))
    throw unknown(offer, wanted, where)
  const both = pin === undefined ? wanted : intersection(wanted, pin)
  if (both !== wanted && highest(offer, both) === undefined && highest(offer, wanted) !== undefined)
    throw outOfRange(where, wanted, pin ?? "")
  return within(offer, both, where)
}

/** The highest version in a range. Throws a MeshwrightError that lists the versions where there is none. */
function within(offer: Offer, range: string, where: string): Release {
  const release = highest(offer, range)
  if (release) return release
  const early = offer.releases.filter(({ version }) => semver.satisfies(version, range, { includePrerelease: true }))
  const hints =
    offer.releases.length === 0
      ? `it has no version at all${offer.names.length > 0 ? `; it has ${offer.names.slice(0, 8).join(", ")}` : ""}`
      : early.length > 0
        ? `only pre-releases are in it, which are taken when they are named: ${listVersions({ ...offer, releases: early })}`
        : `its versions: ${listVersions(offer)}`
  throw new MeshwrightError([
    problem("no-version-in-range", `${where} has no version in ${range}`, {
      hint: [hints, offer.advice ?? []].flat().join("; "),
    }),
  ])
}

function highest({ releases, newest }: Offer, range: string): Release | undefined {
  const fitting = releases.filter(({ version }) => semver.satisfies(version, range))
  // What the source itself calls newest goes first, as npm does it.
  const preferred = newest && fitting.find(({ version }) => version === newest.version)
  return preferred ?? fitting.toSorted((a, b) => semver.rcompare(a.version, b.version))[0]
}

function isWithin(offer: Offer, version: string, pin: string): boolean {
  if (!isVersion(version)) return false
  const isReleased = offer.releases.some((release) => release.version === version)
  return isReleased && semver.satisfies(version, pin, { includePrerelease: true })
}

/** Both ranges at once; each may have alternatives (`||`), which go before the rest. */
function intersection(a: string, b: string): string {
  const parts = a.split("||").flatMap((left) => b.split("||").map((right) => `${left.trim()} ${right.trim()}`))
  return parts.map((part) => part.trim()).join(" || ")
}

function unknown(offer: Offer, wanted: string, where: string): MeshwrightError {
  const versions = listVersions(offer)
  const has = versions === "" ? offer.names.slice(0, 8).join(", ") || "nothing" : versions
  return new MeshwrightError([
    isShortCommit(wanted)
      ? problem("no-revision", `${where} has no tag or branch ${wanted}`, {
          hint: `a commit needs all 40 digits: git rev-parse ${wanted}; or take one of ${has}`,
        })
      : problem("no-revision", `${where} has no version, tag or branch ${wanted}`, {
          hint: [`it has ${has}`, offer.advice ?? []].flat().join("; "),
        }),
  ])
}

function isShortCommit(text: string): boolean {
  return /^[0-9a-f]{7,39}$/.test(text)
}

function outOfRange(where: string, version: string, pin: string): MeshwrightError {
  return new MeshwrightError(
    [
      problem("out-of-range", `${version} is not within ${pin}, which the address of the template asks for`, {
        hint: `to go there, change what stands behind the @ in \`template\` of meshwright.yml (${where}@${pin})`,
      }),
    ],
    "usage",
  )
}
