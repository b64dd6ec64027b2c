import { existsSync, readFileSync } from "node:fs"
import { rename } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { parse } from "yaml"
import { environment, json, meshwright, shell, succeed } from "../helpers/cli.ts"
import { filesBelow, read, snapshot, write } from "../helpers/files.ts"
import { npmPack, registry, type Registry } from "../helpers/registry.ts"
import { folder } from "../helpers/workspace.ts"

const NAME = "@acme/dbt-templates"
const OWNED = "a package that runs its scripts would have made this file"

let cwd: string
let server: Registry
let env: Readonly<Record<string, string>>

const VERSIONS = [["1.0.0"], ["1.4.0"], ["2.0.0"], ["3.0.0-rc.1", "next"], ["1.9.0", "other"]]
const tarballs = new Map<string, Uint8Array>()

// As npm packs them: scripts and all.
beforeAll(async () => {
  const packageFolder = join(folder(), "package")
  for (const [version = ""] of VERSIONS) {
    template(packageFolder, version)
    tarballs.set(version, await npmPack(packageFolder))
  }
})

// 1.0.0, 1.4.0 and 2.0.0, which is `latest`; 3.0.0-rc.1 as `next`.
beforeEach(async () => {
  cwd = folder()
  server = await registry()
  env = { HOME: join(cwd, "../home"), XDG_CACHE_HOME: join(cwd, "../cache") }
  write(cwd, { "../home/.npmrc": `registry=http://127.0.0.1:9/\n@acme:registry=${server.url}\n` })
  for (const [version = "", ...tags] of VERSIONS.slice(0, -1)) publish(version, ...tags)
})
afterEach(() => server.close())

function publish(version: string, ...tags: readonly string[]): void {
  server.offer(NAME, version, tarballs.get(version)!, ...tags)
}

function template(packageFolder: string, version: string): void {
  const scripts = { preinstall: `echo '${OWNED}' > owned`, prepack: "echo x > owned", postinstall: "echo x > owned" }
  write(packageFolder, {
    "package.json": JSON.stringify({ name: NAME, version, scripts }),
    "template.yml": `{name: tiny, version: ${version}, description: A tiny template}`,
    "files/a.txt": `${version}\n`,
    "sub/domain/template.yml": `{name: sub, version: ${version}, description: Below, include: [{part: ../parts/p}]}`,
    "sub/domain/files/b.txt": `sub ${version}\n`,
    "sub/parts/p/files/part.txt": "part\n",
  })
}

const create = (source: string, ...args: readonly string[]): ReturnType<typeof json> =>
  json(["new", "--template", source, "--dest", "p", "--yes", "--no-git", ...args], { cwd, env })
const inProject = (command: string, ...args: readonly string[]): ReturnType<typeof json> =>
  json([command, ...args], { cwd: join(cwd, "p"), env })

describe("npm", () => {
  test.each([
    ["", "2.0.0", ""],
    ["@1.0.0", "1.0.0", ""],
    ["@^1", "1.4.0", "@^1"],
    ["@>=1 <2", "1.4.0", "@>=1 <2"],
    ["@next", "3.0.0-rc.1", "@next"],
  ])("%j is %s; recorded with integrity", async (suffix, version, kept) => {
    expect(await create(`npm:${NAME}${suffix}`)).toMatchObject({ exitCode: 0 })
    expect(read(cwd, "p/a.txt")).toBe(`${version}\n`)
    expect(parse(read(cwd, "p/meshwright.yml"))).toMatchObject({ template: `npm:${NAME}${kept}`, version })
    expect(read(cwd, "p/meshwright.lock")).toMatch(/sha512-[A-Za-z0-9+/]{86}==/)
    expect(filesBelow(join(cwd, "p"))).toEqual(["a.txt", "meshwright.lock", "meshwright.yml"])
    expect([cwd, join(cwd, "p"), join(cwd, "..")].filter((each) => existsSync(join(each, "owned")))).toEqual([])
  })

  test("a subfolder with a part beside it; found newer and updated; within the range, and what is beyond is told", async () => {
    expect(await create(`npm:${NAME}//sub/domain@^1`, "--to", "1.0.0")).toMatchObject({ exitCode: 0 })
    expect(read(cwd, "p/b.txt")).toBe("sub 1.0.0\n")
    expect(read(cwd, "p/part.txt")).toBe("part\n")
    server.asked.length = 0
    expect(await inProject("check")).toMatchObject({
      exitCode: 3,
      document: { template: { current: "1.0.0", newest: "1.4.0" } },
    })
    expect(server.asked.filter((path) => path.includes("/-/"))).toEqual([])
    expect(await inProject("update", "--yes")).toMatchObject({ exitCode: 0, document: { template: { to: "1.4.0" } } })
    expect(read(cwd, "p/b.txt")).toBe("sub 1.4.0\n")
    expect(parse(read(cwd, "p/meshwright.yml"))).toMatchObject({
      template: `npm:${NAME}//sub/domain@^1`,
      version: "1.4.0",
    })
    expect(await inProject("check")).toMatchObject({
      exitCode: 0,
      document: { findings: [{ code: "newer-out-of-range", severity: "info" }] },
    })
  })

  test("the command that was told gives the same bytes", async () => {
    const { document } = await create(`npm:${NAME}@^1`)
    const first = snapshot(join(cwd, "p"))
    await rename(join(cwd, "p"), join(cwd, "first"))
    publish("1.9.0", "other")
    expect(await shell(document.repeat ?? "", { cwd, env })).toMatchObject({ exitCode: 0 })
    expect(snapshot(join(cwd, "p"))).toEqual(first)
  })

  test("offline, what was fetched before; and what is missing is told, with how to get it", async () => {
    await create(`npm:${NAME}@1.4.0`)
    await rename(join(cwd, "p"), join(cwd, "first"))
    server.close()
    expect(await create(`npm:${NAME}@^1`, "--offline")).toMatchObject({ exitCode: 0 })
    expect(read(cwd, "p/a.txt")).toBe("1.4.0\n")
    expect(await create(`npm:${NAME}@1.0.0`, "--offline", "--dest", "q")).toMatchObject({
      exitCode: 1,
      document: {
        error: {
          code: "offline",
          hint: expect.stringMatching(/once without --offline; in the cache: .*1\.4\.0/) as string,
        },
      },
    })
  })

  test("a token of the user's .npmrc, from the environment; without it, that is told, and the token never", async () => {
    server.require("s3cret")
    expect(await create(`npm:${NAME}`)).toMatchObject({ exitCode: 1, document: { error: { code: "no-access" } } })
    const host = server.url.replace("http:", "")
    write(cwd, { ".npmrc": `${host}:_authToken=\${ACME_TOKEN}\n` })
    env = { ...env, ACME_TOKEN: "s3cret" }
    const { exitCode, stdout, stderr } = await create(`npm:${NAME}`)
    expect(exitCode).toBe(0)
    const recorded = read(cwd, "p/meshwright.yml") + read(cwd, "p/meshwright.lock")
    expect(stdout + stderr + recorded).not.toContain("s3cret")
  })

  test.each([
    ["no such version", `npm:${NAME}@7.0.0`, "no-revision", "it has 3.0.0-rc.1, 2.0.0, 1.4.0, 1.0.0"],
    ["nothing in the range", `npm:${NAME}@^7`, "no-version-in-range", "its versions: 3.0.0-rc.1, 2.0.0"],
    ["only pre-releases in the range", `npm:${NAME}@^3`, "no-version-in-range", "named: 3.0.0-rc.1"],
    ["no such package", "npm:@acme/nope", "no-package", "npm config get @SCOPE:registry"],
    ["no such subfolder", `npm:${NAME}//nowhere`, "no-template", "there are some: its top, //sub/domain"],
    ["a registry that is away", "npm:elsewhere", "no-network", "npm config get registry"],
  ])("%s", async (_, source, code, hint) => {
    const { exitCode, document } = await create(source)
    expect({ exitCode, error: document.error }).toMatchObject({
      exitCode: 1,
      error: { code, hint: expect.stringContaining(hint) as string },
    })
    expect(filesBelow(cwd)).toEqual([])
  })

  test("a registry that one project names itself says nothing about the package of that name elsewhere", async () => {
    const other = await registry()
    other.offer(NAME, "1.0.0", tarballs.get("1.9.0")!)
    write(cwd, { "other/.npmrc": `@acme:registry=${other.url}\n` })
    const made = await json(["new", "--template", `npm:${NAME}`, "--yes", "--no-git", "--dest", "."], {
      cwd: join(cwd, "other"),
      env,
    })
    other.close()
    expect([made.exitCode, read(cwd, "other/a.txt")], made.stderr).toEqual([0, "1.9.0\n"])
    expect(await create(`npm:${NAME}@1.0.0`)).toMatchObject({ exitCode: 0 })
    expect(read(cwd, "p/a.txt")).toBe("1.0.0\n")
  })

  test("another tarball than the registry says", async () => {
    server.tamper(NAME, "2.0.0")
    expect(await create(`npm:${NAME}`)).toMatchObject({ exitCode: 1, document: { error: { code: "bad-integrity" } } })
    expect(filesBelow(cwd)).toEqual([])
  })

  test("a registry that knows no more than a SHA-1", async () => {
    server.age(NAME, "1.0.0")
    expect(await create(`npm:${NAME}@1.0.0`)).toMatchObject({ exitCode: 0 })
    expect(read(cwd, "p/meshwright.lock")).toMatch(/sha1-[A-Za-z0-9+/]{27}=/)
  })

  test("a version that was fetched is not asked for again", async () => {
    await create(`npm:${NAME}@1.0.0`)
    server.asked.length = 0
    expect(await create(`npm:${NAME}`, "--to", "1.0.0", "--dest", "q")).toMatchObject({ exitCode: 0 })
    expect(server.asked).toEqual([])
  })

  test("no npm", async () => {
    write(cwd, { "../bin/nothing": "" })
    const { exitCode, document } = await json(["new", "--template", `npm:${NAME}`, "--yes"], {
      cwd,
      env: { ...env, PATH: join(cwd, "../bin") },
    })
    expect({ exitCode, error: document.error }).toMatchObject({ exitCode: 1, error: { code: "no-npm" } })
  })

  test.each([
    ["a link", "ln -s /etc/passwd package/files/b.txt"],
    ["a hard link", "ln package/template.yml package/files/b.txt"],
    ["a pipe", "mkfifo package/files/pipe"],
    ["a path out of it", "", "--transform", "s,package/files/a.txt,package/../../../a.txt,"],
  ])("a tarball with %s is refused, and nothing of it stays", async (_, spoil, ...options) => {
    const pack = folder()
    write(pack, {
      "package/template.yml": "{name: tiny, version: 4.0.0, description: A tiny template}",
      "package/files/a.txt": "",
    })
    if (spoil !== "") await execa("sh", ["-c", spoil], { cwd: pack })
    await execa("tar", ["-czf", "x.tgz", "-P", ...options, "package"], { cwd: pack, env: environment })
    server.offer(NAME, "4.0.0", readFileSync(join(pack, "x.tgz")))
    expect(await create(`npm:${NAME}@4.0.0`)).toMatchObject({
      exitCode: 1,
      document: { error: { code: "unsafe-package" } },
    })
    expect(filesBelow(cwd)).toEqual([])
    expect(filesBelow(join(cwd, "../cache")).filter((path) => path.includes("packages"))).toEqual([])
  })

  test("a human is told the same", async () => {
    const { stderr } = await meshwright(["new", "--template", `npm:${NAME}@^7`, "--yes"], { cwd, env })
    expect(stderr).toContain(`error: npm:${NAME} has no version in ^7`)
    await succeed(["new", "--template", `npm:${NAME}`, "--yes", "--dest", "p"], { cwd, env })
  })
})
