import { execa } from "execa"
import { createHash } from "node:crypto"
import { once } from "node:events"
import { readdirSync, readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { environment } from "./cli.ts"
import { folder } from "./workspace.ts"

/** A registry of npm packages on this machine: what was published to it, and nothing else. */
export interface Registry {
  readonly url: string
  /** Offers a tarball as a version of a package, as it is; `tags` are its dist-tags, in place of `latest`. */
  readonly offer: (name: string, version: string, tarball: Uint8Array, ...tags: readonly string[]) => void
  /** From here on it gives other bytes than it says. */
  readonly tamper: (name: string, version: string) => void
  /** As registries of long ago: it knows a version by its SHA-1 only. */
  readonly age: (name: string, version: string) => void
  /** Only who brings this token is answered. */
  readonly require: (token: string) => void
  /** What it was asked for. */
  readonly asked: string[]
  readonly close: () => void
}

interface Package {
  readonly versions: Map<string, { integrity?: string; bytes: Uint8Array }>
  readonly tags: Map<string, string>
}

/** The tarball of a package, made by npm. */
export async function npmPack(packageFolder: string): Promise<Uint8Array> {
  const out = folder()
  const options = { cwd: packageFolder, env: environment, extendEnv: false }
  await execa("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", out], options)
  return readFileSync(join(out, readdirSync(out)[0] ?? ""))
}

export async function registry(): Promise<Registry> {
  const packages = new Map<string, Package>()
  const asked: string[] = []
  let token: string | undefined
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "").slice(1)
    asked.push(path)
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`)
      return void response.writeHead(401, { "content-type": "application/json" }).end('{"error":"who are you?"}')
    const [name = "", file] = path.split("/-/")
    const found = packages.get(name)
    const tarball = file === undefined ? undefined : found?.versions.get(file.replace(/\.tgz$/, ""))
    if (!found || (file !== undefined && !tarball))
      return void response.writeHead(404, { "content-type": "application/json" }).end('{"error":"Not found"}')
    if (tarball) return void response.end(tarball.bytes)
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(packument(name, found)))
  })
  await once(server.listen(0, "127.0.0.1"), "listening")
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

  function packument(name: string, { versions, tags }: Package): unknown {
    const each = [...versions].map(([version, { integrity, bytes }]) => {
      const dist = {
        integrity,
        shasum: createHash("sha1").update(bytes).digest("hex"),
        tarball: `${url}${name}/-/${version}.tgz`,
      }
      return [version, { name, version, dist }]
    })
    return { name, "dist-tags": Object.fromEntries(tags), versions: Object.fromEntries(each) as unknown }
  }

  const offer: Registry["offer"] = (name, version, bytes, ...tags) => {
    const known = packages.get(name) ?? { versions: new Map(), tags: new Map() }
    const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`
    known.versions.set(version, { integrity, bytes })
    for (const tag of tags.length === 0 ? ["latest"] : tags) known.tags.set(tag, version)
    packages.set(name, known)
  }

  return {
    url,
    asked,
    offer,
    tamper: (name, version) => {
      const found = packages.get(name)?.versions.get(version)
      if (found) found.bytes = Buffer.concat([found.bytes, Buffer.from("more")])
    },
    age: (name, version) => void delete packages.get(name)?.versions.get(version)?.integrity,
    require: (wanted) => void (token = wanted),
    close: () => void server.close(),
  }
}
