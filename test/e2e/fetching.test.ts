import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, existsSync, readdirSync } from "node:fs"
import { rename } from "node:fs/promises"
import { type AddressInfo, createServer, type Socket } from "node:net"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { beforeAll, beforeEach, describe, expect, test } from "vitest"
import { parse } from "yaml"
import { commitAll, environment, git, json, meshwright, program, succeed } from "../helpers/cli.ts"
import { filesBelow, read, snapshot, write } from "../helpers/files.ts"
import { gitServer } from "../helpers/git-server.ts"
import { folder } from "../helpers/workspace.ts"

let repository: string
let cwd: string
let bare: string
let url: string
let env: Readonly<Record<string, string>>

// v1.0.0, v1.4.0 and v2.0.0; of the subfolder `domain` besides domain-v1.0.0 and domain-v1.1.0.
beforeAll(async () => {
  const author = folder()
  repository = folder()
  for (const version of ["1.0.0", "1.4.0", "2.0.0"]) {
    write(author, {
      "template.yml": manifest(version),
      "files/a.txt": `${version}\n`,
      "other/x/template.yml": manifest(version),
    })
    await commitAll(author, version)
    await git(author, "tag", `v${version}`)
  }
  for (const version of ["1.0.0", "1.1.0"]) {
    write(author, { "domain/template.yml": manifest(version), "domain/files/d.txt": `${version}\n` })
    await commitAll(author, `domain ${version}`)
    await git(author, "tag", `domain-v${version}`)
  }
  await git(author, "clone", "--quiet", "--bare", author, join(repository, "t.git"))
})

beforeEach(async () => {
  cwd = folder()
  bare = join(cwd, "../t.git")
  await git(cwd, "clone", "--quiet", "--bare", join(repository, "t.git"), bare)
  url = `git+${pathToFileURL(bare).href}`
  env = { XDG_CACHE_HOME: join(cwd, "../cache") }
})

function manifest(version: string): string {
  return `{name: tiny, version: ${version}, description: A tiny template}`
}

const create = (source: string, ...args: readonly string[]): ReturnType<typeof json> =>
  json(["new", "--template", source, "--dest", "p", "--yes", "--no-git", ...args], { cwd, env })
const inProject = (...args: readonly string[]): ReturnType<typeof json> => json(args, { cwd: join(cwd, "p"), env })
const recorded = (): Record<string, string> => parse(read(cwd, "p/meshwright.yml")) as Record<string, string>
const cached = (): string[] => filesBelow(join(cwd, "../cache")).filter((path) => path.endsWith("a.txt"))

/** A program in front of the others: a shell script, with the real one's path as $REAL. */
function inFront(name: string, script: string): Readonly<Record<string, string>> {
  const bin = join(cwd, "../bin")
  write(bin, { [name]: `#!/bin/sh\nREAL=$(PATH=$REAL_PATH command -v ${name})\n${script}\n` })
  chmodSync(join(bin, name), 0o755)
  return { ...env, PATH: `${bin}:${environment["PATH"]}`, REAL_PATH: environment["PATH"] ?? "" }
}

describe("a range", () => {
  test("stays in meshwright.yml, and updates stay within it, until somebody changes it", async () => {
    await create(`${url}@^1`, "--to", "v1.0.0")
    expect(recorded()).toMatchObject({ template: `${url}@^1`, version: "v1.0.0" })
    const check = await inProject("check")
    expect(check).toMatchObject({ exitCode: 3, document: { template: { newest: "v1.4.0" } } })
    expect(check.document.findings?.map(({ code }) => code)).toEqual(["newer-template", "newer-out-of-range"])
    expect(await inProject("update", "--yes")).toMatchObject({ exitCode: 0, document: { template: { to: "v1.4.0" } } })
    expect(recorded()).toMatchObject({ template: `${url}@^1`, version: "v1.4.0" })
    expect(await inProject("check")).toMatchObject({
      exitCode: 0,
      document: { findings: [{ code: "newer-out-of-range", severity: "info" }] },
    })

    const before = snapshot(cwd)
    for (const to of ["v2.0.0", "^2"]) {
      expect(await inProject("update", "--yes", "--to", to)).toMatchObject({
        exitCode: 2,
        document: { error: { code: "out-of-range", hint: expect.stringContaining("meshwright.yml") as string } },
      })
    }
    expect(snapshot(cwd)).toEqual(before)
    write(cwd, { "p/meshwright.yml": read(cwd, "p/meshwright.yml").replace("@^1", "@^2") })
    expect(await inProject("update", "--yes")).toMatchObject({ exitCode: 0, document: { template: { to: "v2.0.0" } } })
    expect(recorded()).toMatchObject({ template: `${url}@^2`, version: "v2.0.0" })
  })

  test("with --to is for once, and not recorded", async () => {
    await create(url, "--to", ">=1 <2")
    expect(recorded()).toMatchObject({ template: url, version: "v1.4.0" })
  })

  test("is about the tags of the subfolder, where it has some", async () => {
    await create(`${url}//domain@~1.0.0`)
    expect(recorded()).toMatchObject({ template: `${url}//domain@~1.0.0`, version: "v1.0.0" })
    expect(read(cwd, "p/d.txt")).toBe("1.0.0\n")
    write(cwd, { "p/meshwright.yml": read(cwd, "p/meshwright.yml").replace("@~1.0.0", "") })
    expect(await inProject("update", "--yes")).toMatchObject({ exitCode: 0, document: { template: { to: "v1.1.0" } } })
  })

  test("of a built-in template is what meshwright has to bring", async () => {
    const { document } = await json(["new", "x", "--template", "builtin:platform@^99", "--yes"], { cwd, env })
    expect(document.error).toMatchObject({
      code: "no-version-in-range",
      hint: expect.stringContaining("npx meshwright@latest") as string,
    })
  })
})

describe("the newest version", () => {
  test("is found without fetching it, by check and by meshwright alone", async () => {
    await create(`${url}@v1.0.0`)
    env = { XDG_CACHE_HOME: join(cwd, "../empty") }
    expect(await inProject("check")).toMatchObject({ exitCode: 3, document: { template: { newest: "v2.0.0" } } })
    expect(await meshwright([], { cwd: join(cwd, "p"), env })).toMatchObject({ exitCode: 0 })
    expect(readdirSync(join(cwd, "../empty/meshwright/git")).length).toBe(1)
    expect(filesBelow(join(cwd, "../empty")).filter((path) => !path.endsWith("refs.json"))).toEqual([])
  })

  test("where nobody can look, meshwright alone tells the rest, and that", async () => {
    await create(url)
    await rename(bare, `${bare}.gone`)
    const { exitCode, stdout, stderr } = await meshwright([], { cwd: join(cwd, "p"), env })
    expect(exitCode).toBe(0)
    expect(stdout).toContain("v2.0.0")
    expect(stdout).toMatch(
      /whether a newer template is out could not be told: .* does not appear to be a git repository/,
    )
    expect(stderr).toBe("")
    expect(await inProject()).toMatchObject({ exitCode: 0, document: { findings: [{ code: "no-repository" }] } })
    expect(await inProject("check")).toMatchObject({ exitCode: 1 })
  })
})

describe("offline", () => {
  test.each([
    ["--offline", ["--offline"], {}],
    ["MESHWRIGHT_OFFLINE", [], { MESHWRIGHT_OFFLINE: "1" }],
  ])("%s: from the cache, as of the last look", async (_, args, variables) => {
    await create(url)
    await rename(join(cwd, "p"), join(cwd, "first"))
    await rename(bare, `${bare}.gone`)
    env = { ...env, ...variables }
    expect(await create(url, ...args)).toMatchObject({ exitCode: 0 })
    expect(snapshot(join(cwd, "p"))).toEqual(snapshot(join(cwd, "first")))
    const check = await inProject("check", ...args)
    expect(check).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("Offline: the versions of") as string })
    expect(await inProject("update", "--yes", ...args)).toMatchObject({ exitCode: 0 })
  })

  test("what is missing is told, with what is there, and nothing is asked of anybody", async () => {
    const watched = inFront("git", 'case "$*" in *ls-remote*|*fetch*) touch "$ASKED";; esac; exec "$REAL" "$@"')
    env = { ...env, ...watched, ASKED: join(cwd, "../asked") }
    expect(await create(url, "--offline")).toMatchObject({
      exitCode: 1,
      document: { error: { code: "offline", message: expect.stringContaining("the versions of") as string } },
    })
    expect(existsSync(join(cwd, "../asked"))).toBe(false)
    await create(`${url}@v1.4.0`)
    expect(await create(url, "--offline", "--dest", "q")).toMatchObject({
      exitCode: 1,
      document: { error: { code: "offline", hint: "run it once without --offline; in the cache: v1.4.0" } },
    })
  })
})

describe("the cache", () => {
  test.each([
    ["a file cut short", (file: string) => write("/", { [file]: "" })],
    ["a file with other content of the same size", (file: string) => write("/", { [file]: "9.9.9\n" })],
    ["a file that is gone", (file: string) => write("/", { [file]: null })],
    ["a file too many", (file: string) => write("/", { [`${file}.orig`]: "" })],
    ["a record cut short", (file: string) => write("/", { [join(file, "../../../contents.json")]: '{"fil' })],
  ])("%s is noticed, and fetched anew", async (_, damage) => {
    await create(url)
    const [file = ""] = cached()
    damage(join(cwd, "../cache", file))
    expect(await create(url, "--offline", "--dest", "off")).toMatchObject({ exitCode: 1 })
    expect(await create(url, "--dest", "again")).toMatchObject({ exitCode: 0 })
    expect(read(cwd, "again/a.txt")).toBe("2.0.0\n")
    expect(await create(url, "--offline", "--dest", "more")).toMatchObject({ exitCode: 0 })
  })

  test("one that cannot be written is told, with what to do; versions are found without it", async () => {
    write(cwd, { "../cache": "no folder" })
    expect(await create(url)).toMatchObject({
      exitCode: 1,
      document: { error: { code: "cache", hint: expect.stringContaining("XDG_CACHE_HOME") as string } },
    })
    env = { XDG_CACHE_HOME: join(cwd, "../other") }
    await create(`${url}@v1.0.0`)
    env = { XDG_CACHE_HOME: join(cwd, "../cache") }
    expect(await inProject("check")).toMatchObject({ exitCode: 3, document: { template: { newest: "v2.0.0" } } })
  })

  test("runs at the same time share one entry", async () => {
    const slow = inFront("git", 'case "$*" in *checkout*) sleep 0.5;; esac; exec "$REAL" "$@"')
    env = { ...env, ...slow }
    const runs = await Promise.all(["a", "b", "c"].map((dest) => create(url, "--dest", dest)))
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
    expect(cached()).toHaveLength(1)
    expect(filesBelow(join(cwd, "../cache")).filter((path) => path.includes(".tmp-"))).toEqual([])
  })

  test("a run that is killed while it fetches leaves nothing that counts, and says first what takes so long", async () => {
    const slow = inFront("git", 'case "$*" in *checkout*) sleep 30;; esac; exec "$REAL" "$@"')
    const args = [program, "new", "--template", url, "--dest", "p", "--yes"]
    const run = spawn(process.execPath, args, {
      cwd,
      env: { ...environment, ...slow },
      stdio: ["ignore", "ignore", "pipe"],
    })
    expect(await said(run)).toContain("Fetching v2.0.0 of file:///")
    run.kill("SIGKILL")
    await once(run, "exit")
    expect(cached()).toEqual([])
    expect(await create(url)).toMatchObject({ exitCode: 0 })
    expect(cached().filter((path) => !path.includes(".tmp-"))).toHaveLength(1)
  })
})

async function said(run: ChildProcess): Promise<string> {
  let text = ""
  for await (const chunk of run.stderr ?? []) {
    text += String(chunk)
    if (text.includes("…")) break
  }
  return text
}

describe("private repositories", () => {
  test("over http, with a token that git knows from the environment, and nobody else gets to see", async () => {
    const server = await gitServer(join(cwd, ".."), "s3cret")
    const source = `git+${server.url}/t.git@^1`
    const withToken = (token: string): Record<string, string> => ({
      XDG_CACHE_HOME: join(cwd, "../cache"),
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: `url.${server.url.replace("http://", `http://bot:${token}@`)}/.insteadOf`,
      GIT_CONFIG_VALUE_0: `${server.url}/`,
    })
    try {
      expect(await create(source)).toMatchObject({ exitCode: 1, document: { error: { code: "no-access" } } })
      env = withToken("wr0ng-s3cret")
      const refused = await create(source)
      expect(refused).toMatchObject({ exitCode: 1, document: { error: { code: "no-access" } } })
      expect(refused.stdout + refused.stderr).not.toMatch(/s3cret|bot:/)
      env = withToken("s3cret")
      const made = await create(source)
      expect(made).toMatchObject({ exitCode: 0 })
      expect(recorded()).toMatchObject({ template: source, version: "v1.4.0" })
      const everything = Object.values({ ...snapshot(cwd), ...snapshot(join(cwd, "../cache")) }).join("\n")
      expect(made.stdout + made.stderr + everything).not.toMatch(/s3cret|bot:/)
    } finally {
      server.close()
    }
  })

  test("over ssh, by the user's own GIT_SSH_COMMAND; and with git@host", async () => {
    env = { ...env, GIT_SSH_COMMAND: `sh -c 'shift; eval "$*"' --` }
    for (const source of [
      `git+ssh://git@example.com${bare.replaceAll(" ", "%20")}@v1.0.0`,
      `git@example.com:${bare}@v1.0.0`,
    ]) {
      const { exitCode } = await create(source, "--dry-run")
      expect({ source, exitCode }).toEqual({ source, exitCode: 0 })
    }
  })

  test("without the right to read it", async () => {
    env = inFront(
      "ssh",
      "echo 'git@example.com: Permission denied (publickey).' >&2; echo \"$*\" > ../ssh-args; exit 255",
    )
    const { exitCode, document } = await create("git@example.com:acme/t.git")
    expect({ exitCode, error: document.error }).toMatchObject({
      exitCode: 1,
      error: { code: "no-access", hint: expect.stringContaining("ssh-add -l") as string },
    })
    expect(read(cwd, "../ssh-args")).toContain("BatchMode=yes")
  })

  test("a token in the address is refused, and not repeated", async () => {
    const { exitCode, stdout, stderr } = await create("git+https://oauth2:s3cret@git.example.com/acme/t.git")
    expect(exitCode).toBe(2)
    expect(stdout + stderr).not.toContain("s3cret")
  })

  test("nor in meshwright.yml", async () => {
    await create(url)
    const source = "git+https://oauth2:s3cret@git.example.com/acme/t.git"
    const text = read(cwd, "p/meshwright.yml").replace(/^template: .*$/m, `template: ${source}`)
    write(cwd, { "p/meshwright.yml": text })
    for (const args of [[], ["check"], ["check", "--json"], ["update", "--rebuild-lock", "--yes"]]) {
      const { exitCode, stdout, stderr } = await meshwright(args, { cwd: join(cwd, "p"), env })
      const isTold = `${stdout}${stderr}`.includes("s3cret")
      expect({ args, exitCode, isTold }).toEqual({ args, exitCode: 2, isTold: false })
      expect(stdout + stderr).toContain("holds a password or token")
    }
  })
})

describe("failures", () => {
  test("a silent server: not for ever", async () => {
    env = {
      ...inFront("git", 'case "$*" in *ls-remote*) sleep 100;; esac; exec "$REAL" "$@"'),
      MESHWRIGHT_TIMEOUT: "1",
    }
    expect(await create(url)).toMatchObject({
      exitCode: 1,
      document: { error: { code: "timeout", hint: expect.stringContaining("MESHWRIGHT_TIMEOUT") as string } },
    })
  })

  test.each([
    ["SIGINT", ["--json"]],
    ["SIGTERM", []],
  ] as const)("interrupted by %s while a server says nothing", async (signal, more) => {
    const server = createServer()
    await once(server.listen(0, "127.0.0.1"), "listening")
    const connected = once(server, "connection") as Promise<[Socket]>
    const source = `git+http://127.0.0.1:${(server.address() as AddressInfo).port}/x.git`
    const run = spawn(process.execPath, [program, "new", "hang", "--yes", "--template", source, ...more], {
      cwd,
      env: { ...environment, ...env },
    })
    let [stdout, stderr] = ["", ""]
    run.stdout.on("data", (text: Buffer) => (stdout += text.toString()))
    run.stderr.on("data", (text: Buffer) => (stderr += text.toString()))
    const [socket] = await connected
    // Whoever git started to speak to the server ends too: nobody else holds the connection.
    const hungUp = once(socket.resume(), "close")
    run.kill(signal)
    const [exitCode] = (await once(run, "close")) as [number | null]
    await hungUp
    server.close()
    expect(exitCode).toBe(130)
    if (more.length > 0) expect(JSON.parse(stdout)).toMatchObject({ command: "new", error: { code: "interrupted" } })
    else expect(stderr).toContain("interrupted; nothing was changed")
    expect(existsSync(join(cwd, "hang"))).toBe(false)
  })

  test("MESHWRIGHT_TIMEOUT that is no number is told", async () => {
    env = { ...env, MESHWRIGHT_TIMEOUT: "abc" }
    expect(await create(url)).toMatchObject({
      exitCode: 2,
      document: { error: { code: "environment", message: "MESHWRIGHT_TIMEOUT=abc is no number of seconds" } },
    })
  })

  test("a host that is not there", async () => {
    const { document } = await create("git+https://nowhere.invalid/acme/t.git")
    expect(document.error).toMatchObject({
      code: "no-network",
      hint: expect.stringContaining("--offline") as string,
    })
  })

  test("no git", async () => {
    write(cwd, { "../empty/nothing": "" })
    env = { ...env, PATH: join(cwd, "../empty") }
    expect(await create(url)).toMatchObject({ exitCode: 1, document: { error: { code: "no-git" } } })
  })

  test("no template there: where there are some is told", async () => {
    const { document } = await create(`${url}//nowhere`)
    expect(document.error).toMatchObject({
      code: "no-template",
      hint: expect.stringContaining("there are some: its top, //other/x") as string,
    })
    await succeed(["new", "--template", `${url}//other/x`, "--dest", "p", "--yes"], { cwd, env })
  })
})
