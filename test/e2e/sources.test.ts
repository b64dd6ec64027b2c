import { once } from "node:events"
import { rename } from "node:fs/promises"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { beforeEach, describe, expect, test } from "vitest"
import { parse } from "yaml"
import { commitAll, git, json, meshwright, shell, succeed } from "../helpers/cli.ts"
import { filesBelow, read, snapshot, stamps, write } from "../helpers/files.ts"
import { see, terminal } from "../helpers/terminal.ts"
import { folder } from "../helpers/workspace.ts"

function manifest(version: string, more = ""): string {
  return `name: tiny\nversion: ${version}\ndescription: A tiny template\n${more}`
}

describe("a git repository", () => {
  let cwd: string
  let author: string
  let bare: string
  let url: string
  let cache: Readonly<Record<string, string>>

  // Tags v1.0.0, v1.9.0, v1.10.0 and v2.0.0-rc.1, then a commit on main that no tag has; a branch `next`.
  beforeEach(async () => {
    cwd = folder()
    author = join(cwd, "../author")
    bare = join(cwd, "../templates.git")
    url = `git+${pathToFileURL(bare).href}`
    cache = { XDG_CACHE_HOME: join(cwd, "../cache") }
    write(author, { "README.md": "" })
    for (const version of ["1.0.0", "1.9.0", "1.10.0", "2.0.0-rc.1"]) {
      release(version, `${version}\n`)
      await commitAll(author, version)
      await git(author, "tag", ...(version === "1.9.0" ? ["--annotate", "--message=nine"] : []), `v${version}`)
    }
    release("2.0.0", "main\n")
    await commitAll(author)
    await git(author, "branch", "next")
    await git(cwd, "clone", "--quiet", "--bare", author, bare)
  })

  function release(version: string, text: string): void {
    write(author, {
      "template.yml": manifest("9.9.9"),
      "files/a.txt": text,
      "sub/domain/template.yml": manifest(version, "include: [{part: ../parts/shared}]\n"),
      "sub/domain/files/b.txt": `sub ${text}`,
      "sub/parts/shared/files/shared.txt": "shared\n",
    })
  }

  const create = (source: string, ...args: readonly string[]): ReturnType<typeof json> =>
    json(["new", "--template", source, "--dest", "p", "--yes", "--no-git", ...args], { cwd, env: cache })
  const update = (...args: readonly string[]): ReturnType<typeof json> =>
    json(["update", "--yes", ...args], { cwd: join(cwd, "p"), env: cache })

  test.each([
    ["the newest version among the tags, no pre-release", "", [], "v1.10.0", "1.10.0\n"],
    ["an older tag in the address", "@v1.0.0", [], "v1.0.0", "1.0.0\n"],
    ["an annotated tag, by --to", "", ["--to", "v1.9.0"], "v1.9.0", "1.9.0\n"],
    ["--to wins over the address", "@v1.0.0", ["--to", "v1.9.0"], "v1.9.0", "1.9.0\n"],
    ["copier's name for --to", "", ["--vcs-ref", "v1.0.0"], "v1.0.0", "1.0.0\n"],
    ["a pre-release, by name", "@v2.0.0-rc.1", [], "v2.0.0-rc.1", "2.0.0-rc.1\n"],
    ["a branch", "@next", [], "next", "main\n"],
  ])("%s", async (_, suffix, args, version, text) => {
    const { exitCode } = await create(`${url}${suffix}`, ...args)
    expect(exitCode).toBe(0)
    expect(read(cwd, "p/a.txt")).toBe(text)
    expect(parse(read(cwd, "p/meshwright.yml"))).toMatchObject({ template: url, version })
    expect(filesBelow(join(cwd, "p"))).toEqual(["a.txt", "meshwright.lock", "meshwright.yml"])
  })

  test("a commit that no tag and no branch points at", async () => {
    const commit = await git(author, "rev-parse", "v1.9.0~1")
    await git(bare, "tag", "--delete", "v1.0.0")
    expect(await create(`${url}@${commit}`)).toMatchObject({ exitCode: 0 })
    expect(read(cwd, "p/a.txt")).toBe("1.0.0\n")
    expect(parse(read(cwd, "p/meshwright.yml"))).toMatchObject({ version: commit })
  })

  test("a subfolder, with a part beside it, updated to the newest tag", async () => {
    expect(await create(`${url}//sub/domain@v1.0.0`)).toMatchObject({ exitCode: 0 })
    expect(read(cwd, "p/b.txt")).toBe("sub 1.0.0\n")
    expect(read(cwd, "p/shared.txt")).toBe("shared\n")
    expect(parse(read(cwd, "p/meshwright.yml"))).toMatchObject({ template: `${url}//sub/domain`, version: "v1.0.0" })

    const check = await json(["check"], { cwd: join(cwd, "p"), env: cache })
    expect(check).toMatchObject({
      exitCode: 3,
      document: { findings: [{ code: "newer-template" }], template: { newest: "v1.10.0" } },
    })
    expect(await update()).toMatchObject({ exitCode: 0, document: { template: { from: "v1.0.0", to: "v1.10.0" } } })
    expect(read(cwd, "p/b.txt")).toBe("sub 1.10.0\n")
    const before = stamps(cwd)
    expect(await update()).toMatchObject({ exitCode: 0, document: { summary: { updated: 0 } } })
    expect(await json(["check"], { cwd: join(cwd, "p"), env: cache })).toMatchObject({ exitCode: 0 })
    expect(stamps(cwd)).toEqual(before)
  })

  test("an update to a version by --to, and by what meshwright.yml says; back only when it is asked for", async () => {
    await create(`${url}@v1.0.0`)
    expect(await update("--to", "v1.9.0")).toMatchObject({ exitCode: 0, document: { template: { to: "v1.9.0" } } })
    write(cwd, { "p/meshwright.yml": read(cwd, "p/meshwright.yml").replace("v1.9.0", "v2.0.0-rc.1") })
    expect(await update()).toMatchObject({ exitCode: 0, document: { template: { from: "v1.9.0", to: "v2.0.0-rc.1" } } })
    expect(await update()).toMatchObject({ exitCode: 1, document: { error: { code: "older-template" } } })
    expect(await update("--to", "v1.10.0")).toMatchObject({ exitCode: 0 })
    expect(read(cwd, "p/a.txt")).toBe("1.10.0\n")
  })

  test("a release that was moved is told, and taken only when it is asked for", async () => {
    await create(url)
    const inProject = { cwd: join(cwd, "p"), env: cache }
    const [was, now] = await Promise.all(["v1.10.0", "main"].map((name) => git(bare, "rev-parse", name)))
    await git(bare, "tag", "--force", "v1.10.0", "main")
    const moved = {
      code: "moved-release",
      message: `release v1.10.0 of ${url} was moved: ${was!.slice(0, 7)} → ${now!.slice(0, 7)}`,
      hint: expect.stringContaining("--to v1.10.0") as string,
    }
    expect(await json(["check"], inProject)).toMatchObject({ exitCode: 3, document: { findings: [moved] } })
    const before = stamps(cwd)
    expect(await update()).toMatchObject({ exitCode: 1, document: { errors: [moved] } })
    expect(stamps(cwd)).toEqual(before)
    expect(await update("--to", "v1.10.0")).toMatchObject({ exitCode: 0 })
    expect(read(cwd, "p/a.txt")).toBe("main\n")
    expect(await json(["check"], inProject)).toMatchObject({ exitCode: 0, document: { findings: [] } })
  })

  test("a release that was withdrawn: told, and the project goes on with it while it can be had", async () => {
    write(author, {
      "template.yml": manifest("1.11.0", "questions: [{name: x, type: input, message: X, default: a}]\n"),
    })
    write(author, { "files/a.txt.hbs": "{{x}}\n", "files/a.txt": null })
    await commitAll(author)
    await git(author, "tag", "v1.11.0")
    await git(author, "push", "--quiet", bare, "v1.11.0")
    await create(url)
    const inProject = { cwd: join(cwd, "p"), env: cache }
    await git(bare, "tag", "--delete", "v1.11.0")
    await git(bare, "gc", "--quiet", "--prune=now")
    const withdrawn = {
      code: "withdrawn-release",
      severity: "warning",
      message: expect.stringMatching(/release v1\.11\.0 .* not there any more; the newest is v1\.10\.0/) as string,
      hint: expect.stringContaining("--to v1.10.0") as string,
    }
    expect(await json(["check"], inProject)).toMatchObject({ exitCode: 0, document: { findings: [withdrawn] } })
    expect(await update("--set", "x=b")).toMatchObject({
      exitCode: 0,
      document: { template: { from: "v1.11.0", to: "v1.11.0" }, remarks: [withdrawn] },
    })
    expect(read(cwd, "p/a.txt")).toBe("b\n")
    const elsewhere = { cwd: join(cwd, "p"), env: { XDG_CACHE_HOME: join(cwd, "../empty-cache") } }
    expect(await json(["update", "--yes", "--set", "x=c"], elsewhere)).toMatchObject({
      exitCode: 1,
      document: { error: { code: "withdrawn-release", severity: "error", hint: withdrawn.hint } },
    })
    expect(read(cwd, "p/a.txt")).toBe("b\n")
    expect(await update("--to", "v1.10.0")).toMatchObject({ exitCode: 0 })
  })

  test("a branch is followed", async () => {
    await create(`${url}@next`)
    release("3.0.0", "more\n")
    await commitAll(author)
    await git(author, "push", "--quiet", bare, "HEAD:next")
    expect(await json(["check"], { cwd: join(cwd, "p"), env: cache })).toMatchObject({ exitCode: 3 })
    expect(await update()).toMatchObject({ exitCode: 0, document: { template: { from: "next", to: "next" } } })
    expect(read(cwd, "p/a.txt")).toBe("more\n")
  })

  test("without any version tag it is the default branch", async () => {
    for (const tag of ["v1.0.0", "v1.9.0", "v1.10.0", "v2.0.0-rc.1"]) await git(bare, "tag", "--delete", tag)
    expect(await create(url)).toMatchObject({ exitCode: 0 })
    expect(read(cwd, "p/a.txt")).toBe("main\n")
    expect(parse(read(cwd, "p/meshwright.yml"))).toMatchObject({ version: await git(author, "rev-parse", "HEAD") })
  })

  test("the command that was told gives the same bytes, from another cache, when a newer version is out", async () => {
    const { document } = await create(url)
    const first = snapshot(join(cwd, "p"))
    await rename(join(cwd, "p"), join(cwd, "first"))
    await git(bare, "tag", "v9.0.0", "main")
    expect(
      await shell(document.repeat ?? "", { cwd, env: { XDG_CACHE_HOME: join(cwd, "../other-cache") } }),
    ).toMatchObject({ exitCode: 0 })
    expect(snapshot(join(cwd, "p"))).toEqual(first)
  })

  test("line ends are those of the repository, whatever git is set to", async () => {
    write(author, { "files/a.txt": "one\ntwo\n", "files/b.txt": "one\r\ntwo\r\n" })
    await commitAll(author)
    await git(author, "push", "--quiet", bare, "HEAD:crlf")
    write(cwd, { "../gitconfig": "[core]\n\tautocrlf = true\n\teol = crlf\n" })
    cache = { ...cache, GIT_CONFIG_GLOBAL: join(cwd, "../gitconfig") }
    expect(await create(`${url}@crlf`)).toMatchObject({ exitCode: 0 })
    expect(snapshot(join(cwd, "p"))).toMatchObject({ "a.txt": "644 one\ntwo\n", "b.txt": "644 one\r\ntwo\r\n" })
  })

  test("with the repository gone: a commit that was fetched before works, anything else is an error that names the address", async () => {
    const commit = await git(author, "rev-parse", "v1.9.0^{commit}")
    await create(`${url}@${commit}`)
    await rename(bare, `${bare}.gone`)
    await rename(join(cwd, "p"), join(cwd, "first"))
    expect(await create(`${url}@${commit}`)).toMatchObject({ exitCode: 0 })
    expect(snapshot(join(cwd, "p"))).toEqual(snapshot(join(cwd, "first")))

    const before = snapshot(cwd)
    for (const run of [
      await create(url, "--dest", "q"),
      await update(),
      await json(["check"], { cwd: join(cwd, "p"), env: cache }),
    ]) {
      expect(run).toMatchObject({
        exitCode: 1,
        document: {
          error: { code: "no-repository", message: expect.stringContaining(url.slice("git+".length)) as string },
        },
      })
    }
    expect(snapshot(cwd)).toEqual(before)
  })

  test.each([
    ["no such tag", "@v7.0.0", "no-revision", "v2.0.0-rc.1, v1.10.0, v1.9.0, v1.0.0"],
    ["no such subfolder", "//nowhere@v1.0.0", "no-template", "template.yml and files/"],
    ["a short commit", "@1234567", "no-revision", "40 digits"],
    ["a commit that is not there", `@${"0".repeat(39)}1`, "no-revision", "is it pushed?"],
  ])("%s is an error, and nothing is written", async (_, suffix, code, hint) => {
    const { exitCode, document } = await create(`${url}${suffix}`)
    expect({ exitCode, error: document.error }).toMatchObject({
      exitCode: 1,
      error: { code, hint: expect.stringContaining(hint) as string },
    })
    expect(filesBelow(cwd)).toEqual([])
  })

  test("one that is not there is told in git's words, with a command that a shell takes", async () => {
    const { document } = await create("git+file:///not there/t.git")
    expect(document.error).toMatchObject({
      message:
        "git cannot read file:///not there/t.git: '/not there/t.git' does not appear to be a git repository; " +
        "Could not read from remote repository",
      hint: "check the address, and your rights, since private ones look like none: git ls-remote 'file:///not there/t.git'",
    })
  })

  test.each([
    ["a subfolder that leaves the repository", "//../..@v1.0.0"],
    ["a revision that is an option", "@--upload-pack=touch pwned"],
  ])("%s is refused", async (_, suffix) => {
    const { exitCode, document } = await create(`${url}${suffix}`)
    expect({ exitCode, code: document.error?.code }).toEqual({ exitCode: 2, code: "unknown-source" })
    expect(filesBelow(cwd)).toEqual([])
  })

  test("one that wants a password is an error, not a question, in a terminal too", async () => {
    const server = createServer((_, response) => {
      response.writeHead(401, { "www-authenticate": 'Basic realm="git"' }).end()
    })
    await once(server.listen(0, "127.0.0.1"), "listening")
    const { port } = server.address() as AddressInfo
    const args = ["new", "--template", `git+http://127.0.0.1:${port}/t.git`, "--yes"]
    const { exitCode, transcript } = await terminal(
      args,
      [see("error: git cannot read http://127.0.0.1"), see("terminal prompts disabled")],
      { cwd },
    )
    server.close()
    expect(exitCode).toBe(1)
    expect(transcript).not.toMatch(/^Username for/m)
  })

  test("a repository without a commit", async () => {
    await git(cwd, "init", "--quiet", "--bare", join(cwd, "../empty.git"))
    const { exitCode, document } = await create(`git+${pathToFileURL(join(cwd, "../empty.git")).href}`)
    expect({ exitCode, code: document.error?.code }).toEqual({ exitCode: 1, code: "no-revision" })
  })
})

describe("a folder", () => {
  test("is recorded relative to the project, so that both can be moved together", async () => {
    const cwd = folder()
    write(cwd, { "a/t/template.yml": manifest("1.0.0"), "a/t/files/a.txt": "a\n" })
    await succeed(["new", "--template", "./a/t", "--dest", "a/deep/p", "--yes"], { cwd })
    expect(parse(read(cwd, "a/deep/p/meshwright.yml"))).toMatchObject({ template: "../../t" })
    await rename(join(cwd, "a"), join(cwd, "b"))
    write(cwd, { "b/t/template.yml": manifest("1.1.0"), "b/t/files/a.txt": "A\n" })
    await succeed(["update", "--yes"], { cwd: join(cwd, "b/deep/p") })
    expect(read(cwd, "b/deep/p/a.txt")).toBe("A\n")
  })

  test("named by an absolute path is recorded as such", async () => {
    const cwd = folder()
    write(cwd, { "t/template.yml": manifest("1.0.0"), "t/files/a.txt": "a\n" })
    await succeed(["new", "--template", join(cwd, "t"), "--dest", "p", "--yes"], { cwd })
    expect(parse(read(cwd, "p/meshwright.yml"))).toMatchObject({ template: join(cwd, "t") })
  })

  test.each([
    ["no folder", {}, { code: "no-template", hint: "a template is a folder with template.yml and files/" }],
    [
      "YAML that is none",
      { "t/template.yml": "name: tiny\nversion: [1\n" },
      { code: "manifest-yaml", line: 3, column: 1 },
    ],
    ["an unknown key", { "t/template.yml": manifest("1.0.0", "qestions: []\n") }, { code: "manifest-schema", line: 4 }],
    [
      "a missing key",
      { "t/template.yml": "name: tiny\nversion: 1.0.0\n" },
      { code: "manifest-schema", line: 1, column: 1 },
    ],
    [
      "a question of an unknown type",
      { "t/template.yml": manifest("1.0.0", "questions:\n  - name: a\n    message: A\n    type: text\n") },
      { code: "manifest-schema", line: 7, column: 11 },
    ],
    [
      "a condition on what nobody asks",
      { "t/template.yml": manifest("1.0.0", "files:\n  - {path: a.txt, when: {nope: 1}}\n") },
      { code: "manifest-inconsistent", line: 5 },
    ],
    [
      "an unknown name in a file",
      { "t/template.yml": manifest("1.0.0"), "t/files/a.txt.hbs": "1\n2 {{nope}}\n" },
      { code: "template-unknown-name", file: "a.txt.hbs", line: 2, column: 5 },
    ],
    [
      "a file that does not parse",
      { "t/template.yml": manifest("1.0.0"), "t/files/a.txt.hbs": "1\n{{#if}\n" },
      { code: "template-syntax", file: "a.txt.hbs", line: 2 },
    ],
    [
      "an included part that is not there",
      { "t/template.yml": manifest("1.0.0", "include: [{part: ../parts/x}]\n") },
      { code: "no-part" },
    ],
    [
      "meshwright's own file",
      { "t/template.yml": manifest("1.0.0"), "t/files/meshwright.lock": "" },
      { code: "reserved-file" },
    ],
    ["a path into .git", { "t/template.yml": manifest("1.0.0"), "t/files/.GIT/config": "" }, { code: "unsafe-path" }],
    [
      "two paths that differ in case",
      { "t/template.yml": manifest("1.0.0"), "t/files/a.txt": "", "t/files/A.txt": "" },
      { code: "case-clash" },
    ],
  ])("%s: told with its place, and nothing is written", async (_, files, expected) => {
    const cwd = folder()
    write(cwd, files as Record<string, string>)
    const before = snapshot(cwd)
    const { exitCode, document } = await json(["new", "--template", "./t", "--dest", "p", "--yes"], { cwd })
    expect({ exitCode, error: document.error }).toMatchObject({ exitCode: 1, error: expected })
    const human = await meshwright(["new", "--template", "./t", "--dest", "p", "--yes"], { cwd })
    expect(human).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr: expect.stringContaining(document.error?.message ?? "") as string,
    })
    const { line, column } = document.error ?? {}
    if (line !== undefined) expect(human.stderr).toContain(`:${line}:${column}: `)
    expect(snapshot(cwd)).toEqual(before)
  })

  test("an answer cannot lead a path out of the project", async () => {
    const cwd = folder()
    write(cwd, {
      "t/template.yml": manifest("1.0.0", "questions: [{name: a, type: input, message: A}]\n"),
      "t/files/{{a}}.txt": "",
    })
    for (const value of ["..", "../x", "/x", "a/b", "con", "a\\b", "x?"]) {
      const { exitCode } = await json(["new", "--template", "./t", "--dest", "p/q", "--yes", "--set", `a=${value}`], {
        cwd,
      })
      expect({ value, exitCode }).toEqual({ value, exitCode: value === ".." ? 0 : 1 })
      if (value === "..") expect(filesBelow(join(cwd, "p/q"))).toContain("...txt")
      else
        expect(
          filesBelow(cwd).filter((path) => path.endsWith(".txt") && !path.startsWith("p/q/") && !path.startsWith("t/")),
        ).toEqual([])
    }
  })
})

test.each([
  "npm:@acme/../template",
  "npm:",
  "git+ftp://example.com/x.git",
  "gh:acme/template",
  "builtin:../domain",
  "builtin:nope",
])("%s is no source, and that is told", async (source) => {
  const cwd = folder()
  const { exitCode, document } = await json(["new", "--template", source, "--yes"], { cwd })
  expect({ exitCode, code: document.error?.code }).toEqual({
    exitCode: 2,
    code: expect.stringMatching(/^(unknown-source|no-template)$/) as string,
  })
})
