import { chmodSync, existsSync, mkdirSync, symlinkSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, test } from "vitest"
import { parse } from "yaml"
import { commitAll, git, json, meshwright, shell, succeed } from "../helpers/cli.ts"
import { filesBelow, read, snapshot, stamps, write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

const KINDS = [
  { kind: "domain", name: "sales", more: [], projects: ["sales"] },
  { kind: "platform", name: "acme_platform", more: [], projects: ["acme_platform"] },
  {
    kind: "mesh",
    name: "acme",
    more: ["--set", "domains=sales,finance"],
    projects: ["acme", "acme/platform", "acme/sales", "acme/finance"],
  },
]

describe.each(KINDS)("$kind", ({ kind, name, more, projects }) => {
  test("is created with its records, in a git repository with one commit", async () => {
    const cwd = folder()
    const { stdout } = await succeed(["new", kind, name, ...more, "--yes"], { cwd })
    for (const project of projects) {
      expect(filesBelow(join(cwd, project))).toEqual(
        expect.arrayContaining(["meshwright.lock", "meshwright.yml", "README.md"]),
      )
    }
    const told = [...stdout.matchAll(/^Created (\S+): (\d+) files$/gm)]
    expect(told.map(([, project]) => project)).toEqual(projects)
    expect(told.reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(filesBelow(join(cwd, name)).length)
    expect(stdout).toContain(`Next:\n  cd ${name}\n`)
    expect(await git(join(cwd, name), "log", "--format=%s")).toMatch(/^Create project from template \w+ \S+$/)
    expect(await git(join(cwd, name), "status", "--porcelain", "--ignored")).toBe("")
  })

  test("is the same, byte for byte, by the command that was told, where other projects, mail and remotes are around", async () => {
    const [cwd, elsewhere] = [folder(), folder()]
    const { document } = await json(["new", kind, name, ...more, "--yes"], { cwd })
    await succeed(["new", "platform", "other_platform", "--yes"], { cwd: elsewhere })
    await succeed(["new", "hr", "--yes", "--set", "organisation=other"], { cwd: elsewhere })
    const repeated = await shell(document.repeat ?? "", { cwd: elsewhere })
    expect(repeated).toMatchObject({ exitCode: 0 })
    expect(snapshot(join(elsewhere, name))).toEqual(snapshot(join(cwd, name)))
  })

  test("is in sync at once: an update touches nothing", async () => {
    const cwd = folder()
    await succeed(["new", kind, name, ...more, "--yes"], { cwd })
    const before = stamps(cwd)
    for (const project of projects) {
      const update = await meshwright(["update", "--yes"], { cwd: join(cwd, project) })
      expect(update).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/: up to date\n$/) as string })
      expect(await meshwright(["check"], { cwd: join(cwd, project) })).toMatchObject({ exitCode: 0 })
      expect(await meshwright(["diff", "--exit-code"], { cwd: join(cwd, project) })).toMatchObject({
        exitCode: 0,
        stdout: "",
      })
      expect(await meshwright(["diff", "--incoming", "--exit-code"], { cwd: join(cwd, project) })).toMatchObject({
        exitCode: 0,
        stdout: "",
      })
    }
    expect(stamps(cwd)).toEqual(before)
  })

  test("a dry run writes nothing and tells the same files", async () => {
    const cwd = folder()
    const dry = await json(["new", kind, name, ...more, "--yes", "--dry-run"], { cwd })
    expect(filesBelow(cwd)).toEqual([])
    const real = await json(["new", kind, name, ...more, "--yes"], { cwd })
    expect(dry.document).toMatchObject({
      dryRun: true,
      files: real.document.files,
      summary: real.document.summary,
      git: "none",
    })
    expect(real.document).toMatchObject({ dryRun: false, git: "committed" })
  })
})

test("a name alone is that of a domain", async () => {
  const cwd = folder()
  await succeed(["new", "sales", "--yes"], { cwd })
  expect(parse(read(cwd, "sales/meshwright.yml"))).toMatchObject({
    template: "builtin:domain",
    answers: { domain: "sales" },
  })
})

describe("the internal package", () => {
  test("is found beside the project, with its name", async () => {
    const cwd = folder()
    await succeed(["new", "platform", "acme_shared", "--dest", "platform", "--yes"], { cwd })
    const { stdout } = await succeed(["new", "sales", "--yes"], { cwd })
    expect(stdout).toContain("platform_package=../platform, platform_name=acme_shared")
    expect(parse(read(cwd, "sales/packages.yml"))).toEqual({ packages: [{ local: "../platform" }] })
  })

  test("is found beside the project where meshwright did not make it", async () => {
    const cwd = folder()
    write(cwd, { "data-platform/dbt_project.yml": 'name: "old_platform"\n' })
    const { document } = await json(["new", "sales", "--yes"], { cwd })
    expect(document.projects?.[0]?.answers).toMatchObject({
      platform_package: "../data-platform",
      platform_name: "old_platform",
    })
  })

  test("is a git URL at a revision, with a subfolder", async () => {
    const cwd = folder()
    await succeed(
      ["new", "sales", "--yes", "--set", "platform_package=https://github.com/acme/mono.git//dbt/platform@v1.2.0"],
      { cwd },
    )
    expect(parse(read(cwd, "sales/packages.yml"))).toEqual({
      packages: [{ git: "https://github.com/acme/mono.git", revision: "v1.2.0", subdirectory: "dbt/platform" }],
    })
  })

  test("a git URL without a revision, or of a branch that moves, is refused", async () => {
    const cwd = folder()
    for (const url of [
      "https://github.com/acme/platform.git",
      "https://github.com/acme/platform.git@main",
      "https://user:secret@github.com/acme/p.git@v1",
    ]) {
      const run = await meshwright(["new", "sales", "--yes", "--set", `platform_package=${url}`], { cwd })
      expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("platform_package: ") as string })
    }
    expect(filesBelow(cwd)).toEqual([])
  })

  test("with nothing in sight the project is made without it and says so; an update adds it later", async () => {
    const cwd = folder()
    const { stdout } = await succeed(["new", "sales", "--yes"], { cwd })
    expect(stdout).toContain("platform_package=none")
    expect(stdout).toContain(
      "There is no internal package yet. Add one later: meshwright update --set platform_package=",
    )
    expect(parse(read(cwd, "sales/packages.yml"))).toEqual({ packages: [] })

    await succeed(["new", "platform", "acme_shared", "--dest", "platform", "--yes"], { cwd })
    const sales = join(cwd, "sales")
    const update = await succeed(["update", "--yes", "--set", "platform_package=../platform"], { cwd: sales })
    expect(update.stdout).toContain("platform_name")
    expect(parse(read(sales, "packages.yml"))).toEqual({ packages: [{ local: "../platform" }] })
    expect(parse(read(sales, "meshwright.yml"))).toMatchObject({
      answers: { platform_package: "../platform", platform_name: "acme_shared" },
    })
    expect(await meshwright(["check"], { cwd: sales })).toMatchObject({ exitCode: 0 })

    // As if it had been so from the start.
    await succeed(
      [
        "new",
        "sales",
        "--yes",
        "--dest",
        "again/sales",
        "--set",
        "platform_package=../platform",
        "--set",
        "platform_name=acme_shared",
      ],
      { cwd },
    )
    expect(parse(read(cwd, "again/sales/packages.yml"))).toEqual(parse(read(sales, "packages.yml")))
  })
})

describe("guesses", () => {
  test("organisation and mail from git", async () => {
    const cwd = folder()
    write(cwd, { "../gitconfig": "[user]\n\tname = Ann\n\temail = ann@mail.acme.co.uk\n" })
    const { document } = await json(["new", "sales", "--yes"], {
      cwd,
      env: { GIT_CONFIG_GLOBAL: join(dirname(cwd), "gitconfig") },
    })
    expect(document.projects?.[0]?.answers).toMatchObject({
      organisation: "acme",
      owner_team: "@acme/sales-data",
      owner_email: "sales-data@mail.acme.co.uk",
    })
  })

  test("nothing from a private mail address", async () => {
    const cwd = folder()
    write(cwd, { "../gitconfig": "[user]\n\temail = ann@gmail.com\n" })
    const { document } = await json(["new", "sales", "--yes"], {
      cwd,
      env: { GIT_CONFIG_GLOBAL: join(dirname(cwd), "gitconfig") },
    })
    expect(document.projects?.[0]?.answers).toMatchObject({
      organisation: "my-org",
      owner_email: "sales-data@example.com",
    })
  })

  test("organisation, team and mail from the project beside it, also for a name in the answers file", async () => {
    const cwd = folder()
    const given = [
      "--set",
      "organisation=acme",
      "--set",
      "owner_team=@acme/team-sales",
      "--set",
      "owner_email=sales@acme.test",
    ]
    await succeed(["new", "sales", "--yes", ...given], { cwd })
    const { document } = await json(["new", "--yes", "--answers", "-"], { cwd, input: "domain: order_management" })
    expect(document.projects?.[0]?.answers).toMatchObject({
      organisation: "acme",
      owner_team: "@acme/team-order-management",
      owner_email: "order-management@acme.test",
    })
  })

  test("a neighbour with broken records is passed over", async () => {
    const cwd = folder()
    write(cwd, { "broken/meshwright.yml": "template: [", "empty/meshwright.yml": "" })
    expect(await meshwright(["new", "sales", "--yes"], { cwd })).toMatchObject({ exitCode: 0 })
  })
})

describe("a folder that is there", () => {
  test("other files in it stay, and so do those that are the same", async () => {
    const [cwd, fresh] = [folder(), folder()]
    await succeed(["new", "sales", "--yes", "--no-git"], { cwd: fresh })
    write(cwd, { "sales/notes.txt": "mine", "sales/macros/_macros.yml": read(fresh, "sales/macros/_macros.yml") })
    const before = stamps(cwd)
    await succeed(["new", "sales", "--yes", "--no-git"], { cwd })
    expect(snapshot(cwd)).toEqual({ ...snapshot(fresh), "sales/notes.txt": "644 mine" })
    for (const path of ["sales/notes.txt", "sales/macros/_macros.yml"]) expect(stamps(cwd)[path]).toBe(before[path])
  })

  test("clashes are told, all of them, before anything is written", async () => {
    const cwd = folder()
    write(cwd, { "sales/README.md": "mine", "sales/models/_groups.yml": "groups: []", "sales/other.txt": "" })
    const before = stamps(cwd)
    const { exitCode, document } = await json(["new", "sales", "--yes"], { cwd })
    expect(exitCode).toBe(1)
    expect(document.errors?.map(({ code, message }) => `${code} ${message}`)).toEqual([
      `file-exists ${cwd}/sales/README.md exists already, with other content`,
      `file-exists ${cwd}/sales/models/_groups.yml exists already, with other content`,
    ])
    expect(stamps(cwd)).toEqual(before)
  })

  test("--keep-existing creates the others; the first update leaves what was kept alone", async () => {
    const cwd = folder()
    write(cwd, { "sales/README.md": "mine" })
    const { stdout } = await succeed(["new", "sales", "--yes", "--keep-existing"], { cwd })
    expect(stdout).toContain("kept README.md, which was there already")
    expect(read(cwd, "sales/README.md")).toBe("mine")
    expect(await meshwright(["update", "--yes"], { cwd: join(cwd, "sales") })).toMatchObject({ exitCode: 0 })
    expect(read(cwd, "sales/README.md")).toBe("mine")
  })

  test("a link or a folder in the place of a file is not written through", async () => {
    const cwd = folder()
    write(cwd, { "outside.txt": "mine", "hr/README.md/inside.txt": "mine" })
    mkdirSync(join(cwd, "sales"))
    symlinkSync("../outside.txt", join(cwd, "sales/README.md"))
    const before = snapshot(cwd)
    for (const name of ["sales", "hr"]) {
      for (const more of [[], ["--keep-existing"]])
        await meshwright(["new", name, "--yes", "--no-git", "--dry-run", ...more], { cwd })
      expect(await meshwright(["new", name, "--yes", "--no-git"], { cwd })).toMatchObject({ exitCode: 1 })
    }
    expect(snapshot(cwd)).toEqual(before)
  })

  test("a linked folder of the project is not followed outside of it", async () => {
    const cwd = folder()
    write(cwd, { "outside/x.txt": "mine" })
    mkdirSync(join(cwd, "sales"))
    symlinkSync("../outside", join(cwd, "sales/models"))
    expect(await meshwright(["new", "sales", "--yes"], { cwd })).toMatchObject({ exitCode: 1 })
    expect(filesBelow(cwd)).toEqual(["outside/x.txt", "sales/models"])
  })

  test.each([
    ["a project", { "sales/meshwright.yml": "template: builtin:domain\n" }, "is a meshwright project already"],
    ["a file", { sales: "text" }, "is no folder"],
  ])("%s is refused", async (_, files, message) => {
    const cwd = folder()
    write(cwd, files as Record<string, string>)
    const before = snapshot(cwd)
    const run = await meshwright(["new", "sales", "--yes"], { cwd })
    expect(run).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(message) as string })
    expect(snapshot(cwd)).toEqual(before)
  })

  test("below a file nothing can be created, in words and in JSON", async () => {
    const cwd = folder()
    write(cwd, { file: "" })
    const { exitCode, document } = await json(["new", "sales", "--yes", "--dest", "file/sales"], { cwd })
    expect(exitCode).toBe(1)
    expect(document.error?.message).toContain("file is no folder")
    expect(filesBelow(cwd)).toEqual(["file"])
  })
})

describe("git", () => {
  test("--no-git makes no repository", async () => {
    const cwd = folder()
    await succeed(["new", "sales", "--yes", "--no-git"], { cwd })
    expect(existsSync(join(cwd, "sales/.git"))).toBe(false)
  })

  test("inside a repository none is made, and nothing is committed", async () => {
    const cwd = folder()
    write(cwd, { "README.md": "" })
    await commitAll(cwd)
    const { document } = await json(["new", "sales", "--yes"], { cwd })
    expect(document).toMatchObject({ git: "none", projects: [{ answers: { repository: "shared" } }] })
    expect(existsSync(join(cwd, "sales/.git"))).toBe(false)
    expect(await git(cwd, "status", "--porcelain")).toBe("?? sales/")
  })

  test("without a name to commit by, everything is staged, and how to go on is told", async () => {
    const cwd = folder()
    const nobody = { GIT_AUTHOR_NAME: "", GIT_AUTHOR_EMAIL: "", GIT_COMMITTER_NAME: "", GIT_COMMITTER_EMAIL: "" }
    const run = await meshwright(["new", "sales", "--yes"], { cwd, env: nobody })
    expect(run).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("git config --global user.name") as string,
    })
    expect(await git(join(cwd, "sales"), "status", "--porcelain")).toMatch(/^(A {2}.*\n?)+$/)
  })

  test("a hook that refuses the commit leaves everything staged", async () => {
    const cwd = folder()
    write(cwd, {
      "../hooks/pre-commit": "#!/bin/sh\necho 'not today' >&2\nexit 1\n",
      "../gitconfig": `[core]\n\thooksPath = "${dirname(cwd)}/hooks"\n`,
    })
    chmodSync(join(cwd, "../hooks/pre-commit"), 0o755)
    const run = await meshwright(["new", "sales", "--yes"], {
      cwd,
      env: { GIT_CONFIG_GLOBAL: join(dirname(cwd), "gitconfig") },
    })
    expect(run).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("not today") as string })
    expect(await git(join(cwd, "sales"), "status", "--porcelain")).toContain("A  README.md")
  })

  test("on a machine without git the project is made all the same", async () => {
    const cwd = folder()
    symlinkSync(process.execPath, join(cwd, "node"))
    const { exitCode, document, stderr } = await json(["new", "sales", "--yes"], { cwd, env: { PATH: cwd } })
    expect({ exitCode, git: document.git }).toEqual({ exitCode: 0, git: "failed" })
    expect(stderr).toContain("git is not installed")
    expect(existsSync(join(cwd, "sales/dbt_project.yml"))).toBe(true)
    expect(await meshwright(["update", "--yes"], { cwd: join(cwd, "sales"), env: { PATH: cwd } })).toMatchObject({
      exitCode: 0,
    })
  })

  test("run by a git hook, the project gets its own repository all the same", async () => {
    const [cwd, other] = [folder(), folder()]
    await commitAll(other)
    await succeed(["new", "sales", "--yes"], {
      cwd,
      env: { GIT_DIR: join(other, ".git"), GIT_INDEX_FILE: join(other, ".git/index") },
    })
    expect(await git(join(cwd, "sales"), "log", "--format=%s")).toContain("Create project")
    expect(await git(other, "log", "--format=%s")).toBe("Change")
  })
})

describe("the command line", () => {
  test.each([
    [["nwe"], 'there is no command "nwe"'],
    [["updat"], "did you mean meshwright update?"],
    [["new", "sales", "--dryrun"], "did you mean --dry-run?"],
    [["new", "-x"], "new has no option -x"],
    [["new", "lake", "sales", "--yes"], 'there is no kind of project "lake"'],
    [["new", "sales", "extra", "words"], "at most 2 arguments"],
    [["new", "sales", "--set", "domain=hr", "--yes"], "domain is given twice"],
    [["new", "sales", "--set"], "--set"],
    [["new", "sales", "--set", "organisation", "--yes"], "expected KEY=VALUE"],
    [["new", "sales", "--yes=1"], "does not take an argument"],
    [["new", "sales", "--template", "builtin:nope", "--yes"], "there are: domain, mesh, platform"],
    [["update"], "is not inside a meshwright project"],
    [["check"], "is not inside a meshwright project"],
    [["diff"], "is not inside a meshwright project"],
    [["update", "sales"], "update takes no arguments"],
  ])("%j ends with 2 and says what is wrong, in JSON too", async (args, message) => {
    const cwd = folder()
    const run = await meshwright(args, { cwd })
    expect(run).toMatchObject({ exitCode: 2, stdout: "", stderr: expect.stringContaining(message) as string })
    const { document, exitCode, stderr } = await json(args, { cwd })
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: "" })
    expect(document.errors?.map(({ message: text, hint }) => `${text} ${hint}`).join("\n")).toContain(message)
    expect(filesBelow(cwd)).toEqual([])
  })

  test("a version that a built-in template does not have is refused", async () => {
    const cwd = folder()
    const { exitCode, document } = await json(["new", "sales", "--yes", "--to", "99.0.0"], { cwd })
    expect({ exitCode, code: document.error?.code }).toEqual({ exitCode: 1, code: "no-revision" })
    expect(filesBelow(cwd)).toEqual([])
  })

  test("--quiet prints nothing, --help everything", async () => {
    const cwd = folder()
    expect(await meshwright(["new", "sales", "--yes", "--quiet"], { cwd })).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "",
    })
    for (const args of [["--help"], ["help"], ["new", "--help"], ["help", "update"], ["check", "-h"]]) {
      const { exitCode, stdout, stderr } = await meshwright(args, { cwd })
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
      expect(stdout).toContain("Usage: meshwright")
    }
  })
})
