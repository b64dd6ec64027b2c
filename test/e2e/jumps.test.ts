import { join } from "node:path"
import { expect, test } from "vitest"
import { parse } from "yaml"
import { commitAll, git, json, meshwright, succeed } from "../helpers/cli.ts"
import { read, snapshot, write } from "../helpers/files.ts"
import { type Released, released } from "../helpers/released.ts"
import { folder } from "../helpers/workspace.ts"
import { lines } from "../helpers/tiny.ts"

/** Four releases: a rename, a file that comes and goes, one that is removed and made anew, a list that changes. */
async function fourReleases({ release }: Released): Promise<void> {
  const packages = (...names: readonly string[]): string =>
    `packages:\n${names.map((name) => `  - package: acme/${name}\n    version: 1.0.0\n`).join("")}`
  const renames = `renames:\n  - { from: a.txt, to: b.txt, since: 2.0.0 }\n`
  await release("1.0.0", "", {
    "files/a.txt": lines(),
    "files/gone.txt": "gone\n",
    "files/anew.txt": "first\n",
    "files/packages.yml": packages("one", "two"),
  })
  await release("2.0.0", renames, {
    "files/a.txt": null,
    "files/b.txt": lines({ two: "TWO" }),
    "files/brief.txt": "brief\n",
    "files/anew.txt": null,
    "files/gone.txt": null,
    "files/packages.yml": packages("one", "three", "two"),
  })
  const more = `${renames}  - { from: b.txt, to: docs/c.txt, since: 3.0.0 }\nstops: [2.0.0]\n`
  await release("3.0.0", more, {
    "files/b.txt": null,
    "files/brief.txt": null,
    "files/docs/c.txt": lines({ two: "TWO", four: "FOUR" }),
    "files/anew.txt": "second\n",
    "files/packages.yml": packages("three", "two"),
  })
}

test("an update walks through a stop in one run, and gives what two updates give", async () => {
  const story = released()
  const { project } = story
  await fourReleases(story)
  const ours = { "a.txt": lines({ eight: "OURS" }), "own.txt": "own\n" }
  await story.create("1.0.0", ours)

  const before = snapshot(project)
  const dry = await json(["update", "--yes", "--dry-run"], { cwd: project })
  expect(snapshot(project)).toEqual(before)
  const real = await json(["update", "--yes", "--branch", "new", "--summary", "../summary.md"], { cwd: project })
  expect(real.exitCode, real.stdout).toBe(0)
  expect({ ...dry.document, dryRun: false }).toMatchObject({
    template: real.document.template,
    files: real.document.files,
    steps: real.document.steps,
  })
  expect(real.document).toMatchObject({
    template: { from: "v1.0.0", to: "v3.0.0" },
    steps: [
      { from: "v1.0.0", to: "v2.0.0", summary: { renamed: 1, created: 1, deleted: 2 } },
      { from: "v2.0.0", to: "v3.0.0", summary: { renamed: 1, created: 1, deleted: 1 } },
    ],
    commit: { message: expect.stringContaining("By way of: v2.0.0") as string },
  })
  expect(Object.fromEntries(real.document.files!.map(({ path, from, action }) => [path, `${action} ${from}`]))).toEqual(
    {
      "anew.txt": "update undefined",
      "docs/c.txt": "rename a.txt",
      "gone.txt": "delete undefined",
      "packages.yml": "update undefined",
    },
  )
  expect(read(story.cwd, "summary.md")).toContain("v1.0.0 → v2.0.0 → v3.0.0")
  expect(read(project, "docs/c.txt")).toBe(lines({ two: "TWO", four: "FOUR", eight: "OURS" }))
  const once = snapshot(project)
  expect(await git(project, "status", "--porcelain")).toBe("")

  await git(project, "reset", "--quiet", "--hard", "main")
  for (const version of ["v2.0.0", "v3.0.0"])
    await succeed(["update", "--yes", "--commit", "--to", version], { cwd: project })
  expect(once).toEqual(snapshot(project))
})

test("one abort undoes all steps", async () => {
  const story = released()
  await fourReleases(story)
  await story.create("1.0.0", { "a.txt": lines({ eight: "OURS" }) })
  const before = snapshot(story.project)
  const { stdout } = await succeed(["update", "--yes"], { cwd: story.project })
  expect(stdout).toContain("tiny v1.0.0 → v2.0.0 → v3.0.0")
  await succeed(["update", "--abort"], { cwd: story.project })
  expect(snapshot(story.project)).toEqual(before)
})

test("a conflict ends the walk at the stop; the next update goes on", async () => {
  const story = released()
  const { project } = story
  await fourReleases(story)
  await story.create("1.0.0", { "a.txt": lines({ two: "OURS" }) })
  const { exitCode, document } = await json(["update", "--yes"], { cwd: project })
  expect(exitCode).toBe(3)
  expect(document).toMatchObject({ template: { to: "v2.0.0" }, steps: [{ to: "v2.0.0" }], next: "v3.0.0" })
  expect(read(project, "b.txt").match(/^<{7}/gm)).toHaveLength(1)
  expect(await meshwright(["update", "--yes"], { cwd: project })).toMatchObject({ exitCode: 3 })

  write(project, { "b.txt": lines({ two: "BOTH" }) })
  await commitAll(project)
  await succeed(["update", "--yes"], { cwd: project })
  expect(read(project, "docs/c.txt")).toBe(lines({ two: "BOTH", four: "FOUR" }))
})

test("a source of one version tells how to come to a stop", async () => {
  const cwd = folder()
  const project = join(cwd, "p")
  const template = (version: string, more = ""): void =>
    write(cwd, {
      "t/template.yml": `name: tiny\nversion: ${version}\ndescription: a test\n${more}`,
      "t/files/a.txt": version,
    })
  template("1.0.0")
  await succeed(["new", "--template", "./t", "--dest", "p", "--yes"], { cwd })
  template("3.0.0", "stops: [2.0.0]\n")
  const before = snapshot(project)
  const refused = await json(["update", "--yes"], { cwd: project })
  expect(refused).toMatchObject({ exitCode: 1, document: { error: { code: "stop-unreachable" } } })
  expect(refused.document.error?.hint).toContain("2.0.0")
  expect(snapshot(project)).toEqual(before)
})

test("an older version is only gone back to with --to, not because meshwright.yml names it", async () => {
  const { project, release, create } = released()
  await release("1.0.0", "", { "files/a.txt": lines(), "files/old.txt": "old\n" })
  await release("1.1.0", "", { "files/a.txt": lines({ two: "TWO" }), "files/old.txt": null })
  await create("1.1.0", { "a.txt": lines({ two: "TWO", eight: "OURS" }) })

  write(project, { "meshwright.yml": read(project, "meshwright.yml").replace("v1.1.0", "v1.0.0") })
  const before = snapshot(project)
  const refused = await json(["update", "--yes"], { cwd: project })
  expect(refused.exitCode).toBe(1)
  expect(refused.document.error).toMatchObject({ code: "older-template", file: "meshwright.yml" })
  expect(snapshot(project)).toEqual(before)

  await succeed(["update", "--yes", "--to", "v1.0.0"], { cwd: project })
  expect(read(project, "a.txt")).toBe(lines({ eight: "OURS" }))
  expect(read(project, "old.txt")).toBe("old\n")
  expect(parse(read(project, "meshwright.yml"))).toMatchObject({ version: "v1.0.0" })
  // And forward again, to the newest.
  expect(await meshwright(["update", "--yes", "--allow-dirty"], { cwd: project })).toMatchObject({ exitCode: 0 })
  expect(read(project, "a.txt")).toBe(lines({ two: "TWO", eight: "OURS" }))
})

test("a file that the team keeps is compared with what it was made of, also where the template has it elsewhere now", async () => {
  const story = released()
  const renames = "renames: [{from: a/, to: b/, since: 2.0.0}]\n"
  const once = "files: [{path: '*/own.txt', mode: once}]\n"
  const own = { "files/a/own.txt": null, "files/b/own.txt": "own\n" }
  await story.release("1.0.0", once, { "files/a/kept.txt": lines(), "files/a/own.txt": "own\n" })
  await story.release("2.0.0", renames + once, {
    ...own,
    "files/a/kept.txt": null,
    "files/b/kept.txt": lines({ two: "TWO" }),
  })
  await story.release("3.0.0", `${renames}stops: [2.0.0]\nfiles: [{path: b/own.txt, locked: {}}]\n`, {
    "files/b/kept.txt": lines({ two: "TWO", five: "FIVE" }),
    "files/b/own.txt": "own, and more\n",
  })
  await story.create("1.0.0", { "a/kept.txt": lines({ nine: "OURS" }), "a/own.txt": "ours, all of it\n" })
  const { project } = story
  const settings = read(project, "meshwright.yml")
  write(project, { "meshwright.yml": `${settings}update: {keep: [a/kept.txt]}\n` })
  await commitAll(project)
  const { document } = await json(["update", "--yes"], { cwd: project })
  expect(document.files!.find(({ path }) => path.endsWith("kept.txt"))).toMatchObject({ reason: "kept-by-setting" })
  expect(read(project, "a/kept.txt")).toBe(lines({ nine: "OURS" }))
  // What was the team's stays beside what the template locks now: nothing was renamed.
  expect(document.files).toContainEqual(expect.objectContaining({ path: "b/own.txt", action: "create" }))
  expect(read(project, "a/own.txt")).toBe("ours, all of it\n")
  await commitAll(project)
  write(project, { "meshwright.yml": read(project, "meshwright.yml").replace(/^update:.*\n/m, "") })
  await commitAll(project)
  await succeed(["update", "--yes"], { cwd: project })
  expect(read(project, "a/kept.txt")).toBe(lines({ two: "TWO", five: "FIVE", nine: "OURS" }))
})
