import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, statSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { beforeEach, describe, expect, test } from "vitest"
import { commitAll, git, json, meshwright, succeed } from "../helpers/cli.ts"
import { filesBelow, makeExecutable, read, snapshot, stamps, write } from "../helpers/files.ts"
import { lines, tiny, type Tiny } from "../helpers/tiny.ts"

let cwd: string
let project: string
let template: Tiny["template"]
let create: Tiny["create"]

beforeEach(() => {
  ;({ cwd, project, template, create } = tiny())
})

/** A project of version 1.0.0, changed by its team, and version 1.1.0 of its template, which touches all kinds of files. */
async function start(ours: Readonly<Record<string, string | null>>, args: readonly string[] = []): Promise<void> {
  template("1.0.0", {
    "merged.txt": lines(),
    "same.txt": "same\n",
    "gone/deep/old.sql": "select 1\n",
    "run.sh": "#!/bin/sh\n",
    "leaving.txt": "leaving\n",
    "link.txt": "no link yet\n",
    docs: "a page\n",
  })
  await create({}, ...args)
  write(project, ours)
  chmodSync(join(project, "merged.txt"), 0o640)
  chmodSync(join(project, "gone/deep"), 0o750)
  mkdirSync(join(project, "empty"))
  if (args.length === 0) await commitAll(project)
  template("1.1.0", {
    "merged.txt": lines({ eight: "THEIRS" }),
    gone: null,
    "link.txt": null,
    "leaving.txt": null,
    docs: null,
    "docs/index.md": "a page\n",
    "empty/new/file.sql": "select 2\n",
  })
  symlinkSync("run.sh", join(cwd, "t/files/link.txt"))
  makeExecutable(cwd, "t/files/run.sh")
}

interface State {
  readonly files: Record<string, string>
  readonly folders: Record<string, number>
  readonly status: string
}

async function state(): Promise<State> {
  const folders = ["gone", "gone/deep", "empty", "docs"].filter((name) => existsSync(join(project, name)))
  return {
    files: snapshot(project),
    folders: Object.fromEntries(folders.map((name) => [name, statSync(join(project, name)).mode])),
    status: existsSync(join(project, ".git")) ? await git(project, "status", "--porcelain") : "",
  }
}

function abort(...args: readonly string[]): ReturnType<typeof json> {
  return json(["update", "--abort", ...args], { cwd: project })
}

const NOTHING = { exitCode: 1, document: { error: { code: "nothing-to-abort" } } }

describe.each([
  ["in a repository", []],
  ["without git", ["--no-git"]],
])("%s", (_place, args) => {
  test("it puts back contents, permissions, links, folders, what was deleted and the records; then there is nothing left to abort", async () => {
    await start({ "merged.txt": lines({ two: "OURS" }) }, args)
    const before = await state()
    await succeed(["update"], { cwd: project })
    const updated = await state()
    expect(filesBelow(project)).toEqual(expect.arrayContaining(["docs/index.md", "empty/new/file.sql"]))
    expect(updated.files["merged.txt"]).toBe(`640 ${lines({ two: "OURS", eight: "THEIRS" })}`)

    expect(await abort("--dry-run")).toMatchObject({ exitCode: 0, document: { dryRun: true } })
    expect(await state()).toEqual(updated)

    const { exitCode, document } = await abort()
    expect({ exitCode, document }).toMatchObject({
      exitCode: 0,
      document: {
        abort: true,
        template: { from: "1.1.0", to: "1.0.0" },
        edited: [],
        summary: { created: 3, deleted: 2, conflicts: 0 },
      },
    })
    expect(await state()).toEqual(before)
    expect(await abort()).toMatchObject(NOTHING)
    expect(existsSync(join(project, ".meshwright"))).toBe(false)
    await succeed(["update"], { cwd: project })
    expect((await state()).files).toEqual(updated.files)
  })

  test("conflicts, one of them half resolved: what a person wrote is copied before it is replaced", async () => {
    await start({ "merged.txt": lines({ eight: "OURS" }), "run.sh": "#!/bin/bash\n" }, args)
    const before = await state()
    expect(await meshwright(["update"], { cwd: project })).toMatchObject({ exitCode: 3 })
    write(project, { "merged.txt": lines({ eight: "DECIDED" }), "docs/index.md": "my page\n", "mine.txt": "mine\n" })
    chmodSync(join(project, "docs/index.md"), 0o600)
    const { exitCode, stdout } = await meshwright(["update", "--abort"], { cwd: project })
    expect(exitCode).toBe(0)
    const [folder = ""] = stdout
      .split("\n")
      .flatMap((line) => /^ {2}(\S+\/saved\/1)\/merged\.txt$/.exec(line)?.[1] ?? [])
    const { ".gitignore": _, ...copies } = snapshot(join(project, folder))
    expect(copies).toEqual({ "docs/index.md": "600 my page\n", "merged.txt": `640 ${lines({ eight: "DECIDED" })}` })
    const { "mine.txt": mine, ...now } = (await state()).files
    expect(mine).toBe("644 mine\n")
    const known = Object.entries(now).filter(([path]) => !path.startsWith(".meshwright/"))
    expect(Object.fromEntries(known)).toEqual(before.files)
  })

  test("what lies in the way is named, and nothing is changed until it is moved away", async () => {
    await start({}, args)
    const before = await state()
    await succeed(["update"], { cwd: project })
    write(project, { "docs/mine.md": "mine\n", gone: "a file of that name\n" })
    const changed = stamps(project)
    const { exitCode, document } = await abort()
    expect({ exitCode, errors: document.errors }).toMatchObject({
      exitCode: 1,
      errors: [
        { code: "in-the-way", file: "docs/mine.md" },
        { code: "in-the-way", file: "gone" },
      ],
    })
    expect(stamps(project)).toEqual(changed)
    renameSync(join(project, "docs/mine.md"), join(cwd, "mine.md"))
    renameSync(join(project, "gone"), join(cwd, "gone"))
    expect(await abort()).toMatchObject({ exitCode: 0 })
    expect(await state()).toEqual(before)
  })

  test("`new` is no update", async () => {
    await start({}, args)
    const before = stamps(project)
    const { exitCode, document } = await abort()
    expect({ exitCode, document }).toMatchObject(NOTHING)
    expect(document.error?.hint).toContain("`new`")
    expect(stamps(project)).toEqual(before)
  })

  test("only what the last update replaced is kept", async () => {
    await start({}, args)
    await succeed(["update"], { cwd: project })
    if (args.length === 0) await commitAll(project)
    template("1.2.0", { "same.txt": "other\n" })
    const before = await state()
    await succeed(["update"], { cwd: project })
    const kept =
      args.length === 0
        ? join(project, ".git/meshwright", readdirSync(join(project, ".git/meshwright"))[0] ?? "")
        : join(project, ".meshwright")
    expect(filesBelow(kept).map((path) => path.replace(/\d+$/, "N"))).toEqual([
      ...(args.length === 0 ? [] : ["last/.gitignore"]),
      "last/committed.json",
      ...["same.txt", "meshwright.yml", "meshwright.lock"].map(() => "last/old/N"),
    ])
    expect(await abort()).toMatchObject({ exitCode: 0, document: { template: { from: "1.2.0", to: "1.1.0" } } })
    expect((await state()).files["same.txt"]).toEqual(before.files["same.txt"])
  })
})

test("git's index is as before too: entries in conflict, what was staged since, and what had been staged before", async () => {
  await start({ "merged.txt": lines({ eight: "OURS" }), "leaving.txt": "staying\n" })
  write(project, { "same.txt": "staged\n", "run.sh": "#!/bin/bash\n" })
  await git(project, "add", "same.txt", "run.sh")
  write(project, { "run.sh": "#!/bin/zsh\n" })
  const before = await state()
  const index = await git(project, "ls-files", "--stage")
  expect(await meshwright(["update", "--allow-dirty"], { cwd: project })).toMatchObject({ exitCode: 3 })
  for (const path of ["merged.txt", "leaving.txt"]) expect(await git(project, "ls-files", "-u")).toContain(path)
  write(project, { "merged.txt": lines({ eight: "DECIDED" }) })
  await git(project, "add", "--all")
  expect(await abort()).toMatchObject({ exitCode: 0 })
  expect(await state()).toEqual(before)
  expect(await git(project, "ls-files", "--stage")).toBe(index)
})

test("once something is committed on top it is refused, and what was kept goes with the next update", async () => {
  await start({})
  await succeed(["update"], { cwd: project })
  await commitAll(project)
  const before = stamps(project)
  expect(await abort()).toMatchObject({ exitCode: 1, document: { error: { code: "committed-since" } } })
  expect(stamps(project)).toEqual(before)
  await succeed(["update"], { cwd: project })
  expect(existsSync(join(project, ".git/meshwright"))).toBe(false)
  expect(await abort()).toMatchObject(NOTHING)
})

test("an update without git, and a repository made since", async () => {
  await start({}, ["--no-git"])
  const before = await state()
  await succeed(["update"], { cwd: project })
  await git(project, "init", "--quiet")
  expect(await git(project, "status", "--porcelain", "--untracked-files=all")).not.toContain(".meshwright/")
  expect(await abort()).toMatchObject({ exitCode: 0 })
  expect((await state()).files).toEqual(before.files)
  await succeed(["update", "--allow-dirty"], { cwd: project })
  await commitAll(project)
  expect(await abort()).toMatchObject({ exitCode: 1, document: { error: { code: "committed-since" } } })
})

test("each project of a repository has its own, and so has each linked work tree", async () => {
  template("1.0.0", { "a.txt": "1\n" })
  write(cwd, { "repo/README.md": "projects\n" })
  const repo = join(cwd, "repo")
  await commitAll(repo)
  for (const name of ["one", "two"])
    await succeed(["new", "--template", "./t", "--dest", `repo/${name}`, "--yes"], { cwd })
  await commitAll(repo)
  await git(repo, "worktree", "add", "--quiet", join(cwd, "linked"), "-b", "other")
  template("1.1.0", { "a.txt": "2\n" })
  const places = ["repo/one", "repo/two", "linked/one"].map((place) => join(cwd, place))
  for (const place of places) await succeed(["update"], { cwd: place })
  for (const [done, place] of places.entries()) {
    await succeed(["update", "--abort"], { cwd: place })
    expect(places.map((each) => read(each, "a.txt"))).toEqual(places.map((_, index) => (index <= done ? "1\n" : "2\n")))
  }
  expect(await git(join(cwd, "linked"), "status", "--porcelain")).toBe("")
  expect(await git(repo, "status", "--porcelain")).toBe("")
})

test("it takes no options of an update", async () => {
  await start({})
  await succeed(["update"], { cwd: project })
  for (const more of [["--to", "1.0.0"], ["--set", "a=b"], ["--rebuild-lock"], ["--allow-dirty"]]) {
    expect(await abort(...more)).toMatchObject({
      exitCode: 2,
      document: { error: { message: expect.stringContaining(more[0] ?? "") as string } },
    })
  }
})

test("what was kept and changed since is not put back", async () => {
  await start({})
  await succeed(["update"], { cwd: project })
  const kept = join(project, ".git/meshwright", readdirSync(join(project, ".git/meshwright"))[0] ?? "", "last/old")
  write(kept, { [readdirSync(kept)[0] ?? ""]: "forged\n" })
  const before = stamps(project)
  expect(await abort()).toMatchObject({ exitCode: 1, document: { error: { code: "undo-damaged" } } })
  expect(stamps(project)).toEqual(before)
})
