import semver from "semver"
import type { Offer } from "./pick-version.ts"

/** What the registry says of a package. */
export interface Packument {
  readonly versions: readonly string[]
  /** Versions by their dist-tags, `latest` among them. */
  readonly tags: Readonly<Record<string, string>>
}

/** What an npm package offers: its versions, and those that its dist-tags name. The newest is what it calls `latest`. */
export function npmOffer({ versions, tags }: Packument): Offer {
  const release = (version: string | undefined) => (version === undefined ? undefined : { version, id: version })
  const stable = versions.filter((version) => semver.prerelease(version) === null)
  const newest = release(tags["latest"] ?? semver.rsort([...stable])[0])
  return {
    releases: versions.map((version) => ({ version, id: version })),
    ...(newest ? { newest } : {}),
    named: (name) => release(Object.hasOwn(tags, name) ? tags[name] : undefined),
    keepsNames: true,
    names: Object.keys(tags),
  }
}
