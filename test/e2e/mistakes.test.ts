import { join } from "node:path"
import { execa } from "execa"
import { beforeEach, describe, expect, test } from "vitest"
import { commitAll, environment, git, json, meshwright, program, succeed } from "../helpers/cli.ts"
import { filesBelow, read, snapshot, write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

let cwd: string
beforeEach(() => {
  cwd = folder()
})

describe("answers edited in meshwright.yml", () => {
  test.each([
    ["ci: github", "ci: gitlub", "invalid-answer"],
    ["owner_email: sales-data@example.com", "owner_email: nobody", "invalid-answer"],
    ["infra: true", "infrra: false", "unknown-answer"],
    ["domain: sales", "domain: select", "invalid-answer"],
  ])("%s → %s is refused with its line, and nothing changes", async (before, after, code) => {
    await succeed(["new", "sales", "--yes"], { cwd })
    const project = join(cwd, "sales")
    const text = read(project, "meshwright.yml")
    expect(text).toContain(before)
    write(project, { "meshwright.yml": text.replace(before, after) })
    const edited = snapshot(project)
    const run = await json(["update"], { cwd: project })
    expect(run.exitCode).toBe(2)
    const line = text.slice(0, text.indexOf(before)).split("\n").length
    expect(run.document.errors).toEqual([expect.objectContaining({ code, file: "meshwright.yml", line })])
    expect(snapshot(project)).toEqual(edited)
  })

  test("a wrong answer in an answers file is told with file and line", async () => {
    write(cwd, { "a.yml": "organisation: acme\nci: travis\n" })
    const { document } = await json(["new", "sales", "--answers", "a.yml"], { cwd })
    expect(document.errors).toEqual([expect.objectContaining({ code: "invalid-answer", file: "a.yml", line: 2 })])
  })
})

test("a template that uses what was not asked is told with file, line and name", async () => {
  write(cwd, {
    "tpl/template.yml":
      "name: t\nversion: 1.0.0\ndescription: x\nquestions:\n" +
      "  - {name: ci, type: confirm, message: CI, default: false}\n" +
      "  - {name: owner, type: input, message: Owner, default: me, when: {ci: true}}\n",
    "tpl/files/README.md.hbs": "Hello\nby {{owner}}\n",
  })
  const { document, exitCode } = await json(["new", "--template", "tpl", "--dest", "p", "--yes"], { cwd })
  expect(exitCode).toBe(1)
  expect(document.error).toMatchObject({ code: "template-no-value", file: "README.md.hbs", line: 2 })
  expect(document.error?.message).toContain("{{owner}}")
})

describe("a signal once the files are being written", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("%s does not leave a project without its commit", async (signal) => {
    for (const delay of [60, 110, 140, 160, 180, 200, 230, 260]) {
      const name = `p${delay}`
      const run = execa(process.execPath, [program, "new", name, "--yes"], {
        cwd,
        env: environment,
        extendEnv: false,
        reject: false,
        input: "",
      })
      setTimeout(() => run.kill(signal), delay)
      await run
      const there = filesBelow(cwd).some((path) => path.startsWith(`${name}/`))
      if (there) {
        const project = join(cwd, name)
        // Killed before the handlers were there, or complete: nothing in between, once the next command has run.
        await meshwright(["check"], { cwd: project })
        if (filesBelow(cwd).some((path) => path.startsWith(`${name}/`))) {
          expect(await git(project, "log", "--format=%s"), `after ${delay} ms`).toMatch(/^Create project/)
          expect(await git(project, "status", "--porcelain"), `after ${delay} ms`).toBe("")
        }
      }
    }
  })
})

test("--conflict ours tells what it decided; sidecar tells where the template's version is", async () => {
  const manifest = (version: string) => `{name: t, version: ${version}, description: x}`
  write(cwd, { "tpl/template.yml": manifest("1.0.0"), "tpl/files/a.sql": "select 1\n" })
  await succeed(["new", "--template", "tpl", "--dest", "p", "--yes"], { cwd })
  const project = join(cwd, "p")
  write(project, { "a.sql": "select 2\n" })
  await commitAll(project)
  write(cwd, { "tpl/template.yml": manifest("1.1.0"), "tpl/files/a.sql": "select 3\n" })
  const dry = await json(["update", "--dry-run", "--conflict", "ours"], { cwd: project })
  expect((dry.document as { decided?: string[] }).decided).toEqual(["a.sql"])
  const sidecar = await meshwright(["update", "--conflict", "sidecar", "--yes"], { cwd: project })
  expect(sidecar.exitCode).toBe(3)
  expect(sidecar.stdout).toContain(".theirs")
  expect(sidecar.stdout).not.toContain("<<<<<<<")
})

test("a folder that held other files: only the project's own are committed", async () => {
  write(cwd, { "sales/private.txt": "not yours\n", "sales/README.md": "mine\n" })
  await succeed(["new", "sales", "--yes", "--keep-existing"], { cwd })
  const project = join(cwd, "sales")
  const committed = (await git(project, "ls-files")).split("\n")
  expect(committed).toContain("dbt_project.yml")
  expect(committed).not.toContain("private.txt")
  expect(committed).not.toContain("README.md")
})

test("inside a repository no other one is made, and that is said", async () => {
  write(cwd, { "README.md": "a repository\n" })
  await commitAll(cwd)
  expect((await succeed(["new", "sales", "--yes"], { cwd })).stdout).toContain("in a git repository already")
})

test("the state of a project as JSON", async () => {
  await succeed(["new", "sales", "--yes"], { cwd })
  const { document, exitCode } = await json([], { cwd: join(cwd, "sales") })
  expect(exitCode).toBe(0)
  expect(document).toMatchObject({ command: "status", findings: [], changed: [] })
})
