/** A value that names versions, such as `actions/checkout@v4` or `>=1.1.0,<2.0.0`. */
export interface Pin {
  /** All but the versions: what two values have to have in common to be compared. */
  readonly shape: string
  readonly versions: readonly Version[]
  /** The version is told by a comment behind a commit hash. */
  readonly byHash: boolean
  /** The hashes of commits and images in it. */
  readonly hashes: string
}

interface Version {
  readonly numbers: readonly number[]
  /** Kind and number of a pre-release: `rc1` is [3, 1]. */
  readonly pre: readonly [number, number] | undefined
  /** Missing numbers are zeros ("exact"), or leave open which version it is ("moving": `v4`, `1.9.*`, `~> 5.0`). */
  readonly kind: "exact" | "moving" | "wildcard" | "tilde"
}

const VERSION =
  /(?<![\w.])v?(?<numbers>\d+(?:\.\d+)*)(?:(?<wildcard>\.\*)|[-._]?(?<pre>dev|a|alpha|b|beta|c|rc|pre|preview)[-.]?(?<count>\d*))?(?!\w|\.\d)/gi
const HASH = /\b[0-9a-f]{40}\b|sha256:[0-9a-f]{64}\b/g
// `# v4.1.2`, also as Renovate and pre-commit write it.
const VERSION_COMMENT = /^(?:#|\/\/)\s*(?:tag\s*=\s*|pin\s*@\s*|frozen:\s*)?(v?\d[\w.-]*)$/
const PRE_RELEASES = ["dev", "a", "b", "rc"]
const SHORT: Readonly<Record<string, string>> = { alpha: "a", beta: "b", c: "rc", pre: "rc", preview: "rc" }

/** Reads the versions of a value; undefined where it has none. `comment` is what stands behind it on its line. */
export function pinOf(value: string, comment = ""): Pin | undefined {
  const hashed = value.trim().replace(HASH, "#")
  const hashes = (value.match(HASH) ?? []).join(" ")
  const own = readVersions(hashed)
  if (own.versions.length > 0) return { ...own, byHash: false, hashes }
  const told = hashed.includes("#") ? VERSION_COMMENT.exec(comment.trim())?.[1] : undefined
  if (told === undefined) return undefined
  return { ...readVersions(hashed.replace("#", told)), byHash: true, hashes }
}

function readVersions(text: string): Pick<Pin, "shape" | "versions"> {
  const versions: Version[] = []
  const shape = text.replace(VERSION, (...found: readonly unknown[]) => {
    const { numbers, wildcard, pre, count } = found.at(-1) as Readonly<Record<string, string | undefined>>
    const before = text.slice(0, found.at(-3) as number)
    const name = pre && (SHORT[pre.toLowerCase()] ?? pre.toLowerCase())
    versions.push({
      numbers: numbers!.split(".").map(Number),
      pre: name === undefined ? undefined : [PRE_RELEASES.indexOf(name), Number(count)],
      kind: wildcard === undefined ? kindAfter(before) : "wildcard",
    })
    return "\u0000"
  })
  return { shape: shape.replace(/\s+/g, ""), versions }
}

function kindAfter(before: string): Version["kind"] {
  if (/~[>=]?\s*$/.test(before)) return "tilde"
  return /(?:[<>]=?|==)\s*$/.test(before) ? "exact" : "moving"
}

/**
 * Whether ours stays where both sides changed a pin: ours raised it, and theirs would lower it. False where no order is
 * certain, and where theirs is higher still: then two people meant two versions.
 */
export function staysRaised(base: Pin | undefined, ours: Pin | undefined, theirs: Pin | undefined): boolean {
  if (base === undefined || ours === undefined || theirs === undefined || ours.byHash !== theirs.byHash) return false
  const order = comparePins(ours, theirs) ?? -1
  // Which of two commits of one version is the newer one nobody can see.
  return comparePins(ours, base) === 1 && (order > 0 || (order === 0 && ours.hashes === theirs.hashes))
}

/** 1 where `a` is higher, -1 where it is lower, 0 where they are the same; undefined where no order is certain. */
function comparePins(a: Pin, b: Pin): number | undefined {
  if (a.shape !== b.shape || a.versions.length !== b.versions.length) return undefined
  const orders = a.versions.map((version, index) => compareVersions(version, b.versions[index]!))
  if (orders.includes(undefined) || (orders.includes(1) && orders.includes(-1))) return undefined
  return orders.find((order) => order !== 0) ?? 0
}

function compareVersions(a: Version, b: Version): number | undefined {
  if (a.kind !== b.kind) return undefined
  const sameLength = a.numbers.length === b.numbers.length
  // What of `~> 5.0` is in `~> 5.1.2` is not worth a guess.
  if (!sameLength && (a.kind === "tilde" || a.kind === "wildcard")) return undefined
  for (let index = 0; index < Math.max(a.numbers.length, b.numbers.length); index++) {
    const [x, y] = [a.numbers[index], b.numbers[index]]
    if (a.kind === "moving" && (x === undefined || y === undefined)) return undefined
    if ((x ?? 0) !== (y ?? 0)) return Math.sign((x ?? 0) - (y ?? 0))
  }
  return comparePreReleases(a.pre, b.pre)
}

function comparePreReleases(a: Version["pre"], b: Version["pre"]): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1
  return Math.sign(a[0] - b[0] || a[1] - b[1])
}
