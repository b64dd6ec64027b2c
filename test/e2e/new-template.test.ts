import { delimiter, dirname, join } from "node:path"
import { execa } from "execa"
import { expect, test } from "vitest"
import { commitAll, environment, git, json, meshwright, succeed } from "../helpers/cli.ts"
import { read, write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

test.each(["domain", "nothing"])("a new template on top of %s passes its own lint and test", async (base) => {
  const cwd = folder()
  await succeed(["new", "template", "acme", "--yes", "--set", `base=${base}`], { cwd })
  const template = join(cwd, "acme")
  const lint = await json(["template", "lint", "--strict"], { cwd: template })
  expect(lint.document.findings).toEqual([])
  expect(lint.exitCode).toBe(0)
  expect((await meshwright(["template", "test", "--trust"], { cwd: template })).exitCode).toBe(0)
  // What its workflow runs is what there is.
  const workflow = read(template, ".github/workflows/template.yml")
  const { version } = JSON.parse(read(join(import.meta.dirname, "../.."), "package.json")) as { version: string }
  const commands = [...workflow.matchAll(/npx --yes (\S+) (.*)/g)]
  expect(commands.map(([, what]) => what)).toEqual([`meshwright@${version}`, `meshwright@${version}`])
  expect(workflow).toContain(`meshwright-${version}.tgz`)
  for (const [, , command] of commands)
    expect((await meshwright([...command!.split(" "), "--help"], { cwd: template })).exitCode).toBe(0)
})

test("the line of its README that releases does release", async () => {
  const cwd = folder()
  const created = await succeed(["new", "template", "acme", "--yes"], { cwd })
  const template = join(cwd, "acme")
  await git(cwd, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
  await git(template, "remote", "add", "origin", "../origin.git")
  const first = /# Release it: (git tag .*)/.exec(created.stdout)?.[1]
  const next = /`(git tag [^`]*)`/.exec(read(template, "README.md"))?.[1]
  for (const line of [first, next]) {
    for (const command of line!.split(" && ")) await git(template, ...command.split(" ").slice(1))
  }
  const pushed = await git(join(cwd, "origin.git"), "for-each-ref", "--format=%(refname)")
  expect(pushed.split("\n")).toEqual(["refs/heads/main", "refs/tags/v1.0.0", "refs/tags/v1.1.0"])
})

test("a template on top of the built-in one reaches a project with its own question and default", async () => {
  const cwd = folder()
  await succeed(["new", "template", "acme", "--yes", "--set", "organisation=acme"], { cwd })
  await succeed(["new", "sales", "--template", "acme", "--yes", "--set", "service_level=gold"], { cwd })
  expect(read(cwd, "sales/docs/service-level.md")).toContain("Gold")
  expect(read(cwd, "sales/.github/CODEOWNERS")).toContain("@acme/sales-data")
  expect((await meshwright(["check"], { cwd: join(cwd, "sales") })).exitCode).toBe(0)
})

test("the small one makes a project that dbt builds; its next release is tested as an update", async () => {
  const cwd = folder()
  await succeed(["new", "template", "acme", "--yes", "--set", "base=nothing"], { cwd })
  const template = join(cwd, "acme")
  await git(template, "tag", "v1.0.0")
  await succeed(["new", "sales", "--template", "acme", "--yes"], { cwd })
  const PATH = [dirname(process.env["DBT1"] ?? ""), environment["PATH"]].join(delimiter)
  const built = await execa("dbt", ["build", "--no-partial-parse"], {
    cwd: join(cwd, "sales"),
    env: { ...environment, PATH, DO_NOT_TRACK: "1" },
    extendEnv: false,
    all: true,
    reject: false,
  })
  expect(built.exitCode, built.all).toBe(0)
  write(template, {
    "template.yml": read(template, "template.yml").replace("version: 1.0.0", "version: 1.1.0"),
    "CHANGELOG.md": read(template, "CHANGELOG.md").replace("## 1.0.0", "## 1.1.0\n\nA guide.\n\n## 1.0.0"),
    "files/docs/guide.md.hbs": "# {{project}}\n",
  })
  await commitAll(template, "1.1.0")
  const tested = await json(["template", "test"], { cwd: template })
  expect(tested.document).toMatchObject({ previous: { version: "v1.0.0" }, summary: { failed: 0 } })
})
