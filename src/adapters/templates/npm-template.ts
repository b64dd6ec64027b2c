import { createHash } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { npmOffer, type Packument } from "../../core/template/npm-offer.ts"
import { npmSettings } from "../../core/template/npm-settings.ts"
import { type Picked, pickVersion } from "../../core/template/pick-version.ts"
import { cacheFolder, cachedFiles, cacheName, storedList, storeFiles, storeList } from "./cache.ts"
import type { Fetching } from "./fetching.ts"
import { badIntegrity, remoteNpm } from "./npm-remote.ts"

/** A template in an npm package, and which version of it is asked for. */
export interface NpmRequest {
  readonly name: string
  /** What the source says behind its @, and what is asked for besides. */
  readonly wanted: string
  readonly asked: string | undefined
  /** Whose .npmrc counts, besides the user's. */
  readonly from: string
}

export interface NpmState extends Picked {
  /** As the registry says it: `sha512-…`; absent as long as nobody asked it. */
  readonly integrity?: string
}

/** What is known of a package, from the registry or from the last time. */
interface Known extends Packument {
  /** Of the versions that were asked for. */
  readonly integrity: Readonly<Record<string, string>>
}

/** The version that a request means, found by asking the registry, without its tarball. */
export async function findOnNpm({ name, wanted, asked, from }: NpmRequest, fetching: Fetching): Promise<NpmState> {
  const exact = wanted === "" ? asked : asked === undefined ? wanted : undefined
  const before = exact === undefined ? undefined : storedList<Known>(listFile(name, from))?.list.integrity[exact]
  // A version is what it was: that need not be asked again.
  if (exact !== undefined && before !== undefined) return { version: exact, id: exact, integrity: before }
  const known = await versionsOf(name, from, fetching)
  const picked = pickVersion(npmOffer(known), wanted, asked, `npm:${name}`)
  const integrity = known.integrity[picked.id]
  return { ...picked, ...(integrity === undefined ? {} : { integrity }) }
}

/** The files of a package: from the cache, or fetched into it. Its scripts never run. */
export async function unpackFromNpm(
  { name, from }: NpmRequest,
  state: NpmState,
  fetching: Fetching,
): Promise<{ readonly folder: string; readonly integrity: string }> {
  const what = `${name}@${state.id}`
  const integrity = state.integrity ?? (await integrityOf(name, state.id, from, fetching))
  const entry = join(cacheFolder(), "npm", "packages", cacheName(integrity))
  const cached = cachedFiles(entry)
  if (cached !== undefined) return { folder: cached, integrity }
  if (fetching.offline) throw fetching.missing(what)
  const fill = (files: string): Promise<void> => fetchInto(files, what, integrity, from)
  return { folder: await fetching.slowly(`Fetching ${what}`, () => storeFiles(entry, fill)), integrity }
}

async function versionsOf(name: string, from: string, fetching: Fetching): Promise<Known> {
  if (fetching.offline) {
    const stored = storedList<Known>(listFile(name, from))
    if (!stored) throw fetching.missing(`the versions of ${name}`)
    fetching.say(`Offline: the versions of ${name} are those of ${stored.day}.`)
    return stored.list
  }
  return fetching.once(`npm ${name} ${from}`, () =>
    fetching.slowly(`Looking for versions of ${name}`, async () => {
      const fields = ["versions", "dist-tags", "version", "dist.integrity", "dist.shasum"]
      const [view] = views(await remoteNpm(name, ["view", name, ...fields], from))
      const versions = [view?.versions ?? []].flat()
      const tags = view?.["dist-tags"] ?? {}
      const before = storedList<Known>(listFile(name, from))?.list.integrity ?? {}
      const known = { versions, tags, integrity: integrities(view) }
      storeList(listFile(name, from), { ...known, integrity: { ...before, ...known.integrity } })
      return known
    }),
  )
}

async function integrityOf(name: string, version: string, from: string, fetching: Fetching): Promise<string> {
  const what = `${name}@${version}`
  const stored = storedList<Known>(listFile(name, from))?.list
  const before = stored?.integrity[version]
  if (fetching.offline) throw fetching.missing(what, Object.keys(stored?.integrity ?? {}).join(", "))
  if (before !== undefined) return before
  return fetching.once(`npm ${what} ${from}`, async () => {
    const [view] = views(await remoteNpm(name, ["view", what, "version", "dist.integrity", "dist.shasum"], from))
    const found = integrities(view)
    const integrity = found[version]
    if (integrity === undefined)
      throw new MeshwrightError([
        problem("bad-integrity", `the registry does not say what ${what} is: it has neither integrity nor shasum`, {
          hint: `npm view ${what} dist`,
        }),
      ])
    if (stored) storeList(listFile(name, from), { ...stored, integrity: { ...stored.integrity, ...found } })
    return integrity
  })
}

interface View {
  readonly versions?: string | readonly string[]
  readonly "dist-tags"?: Readonly<Record<string, string>>
  readonly version?: string
  readonly "dist.integrity"?: string
  readonly "dist.shasum"?: string
}

/** What `npm view` prints: one object, or several in a list; nothing where there is nothing. */
function views(output: unknown): readonly View[] {
  return [output ?? []].flat() as View[]
}

function integrities(view: View | undefined): Record<string, string> {
  const shasum = view?.["dist.shasum"]
  const all = (view?.["dist.integrity"] ?? "").split(/\s+/)
  const strongest = all.find((each) => each.startsWith("sha512-")) ?? all.find((each) => each !== "")
  // Very old packages have no more than that.
  const integrity =
    strongest ?? (shasum === undefined ? undefined : `sha1-${Buffer.from(shasum, "hex").toString("base64")}`)
  return view?.version === undefined || integrity === undefined ? {} : { [view.version]: integrity }
}

/** Where another registry answers, another package may have that name. */
function listFile(name: string, from: string): string {
  const settings = npmSettings(name, resolve(from), join(homedir(), ".npmrc"), textAt)
  return join(cacheFolder(), "npm", "versions", `${cacheName([name, ...settings].join("\n"))}.json`)
}

function textAt(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return undefined
  }
}

async function fetchInto(files: string, what: string, integrity: string, from: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "meshwright-npm-"))
  try {
    await remoteNpm(what, ["pack", what, "--pack-destination", folder], from)
    const [tarball] = readdirSync(folder)
    if (tarball === undefined) throw new Error(`npm pack ${what} made no tarball`)
    const bytes = readFileSync(join(folder, tarball))
    const algorithm = integrity.slice(0, integrity.indexOf("-"))
    const found = `${algorithm}-${createHash(algorithm).update(bytes).digest("base64")}`
    if (found !== integrity) throw badIntegrity(what, integrity, found)
    const { unpack } = await import("./unpack.ts")
    await unpack(join(folder, tarball), files, what)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
