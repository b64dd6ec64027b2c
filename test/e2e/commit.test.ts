import { chmodSync, existsSync } from "node:fs"
import { join } from "node:path"
import { beforeEach, describe, expect, test } from "vitest"
import { commitAll, git, json, meshwright, succeed } from "../helpers/cli.ts"
import { read, snapshot, stamps, write } from "../helpers/files.ts"
import { lines, tiny, type Tiny } from "../helpers/tiny.ts"

let cwd: string
let project: string
let template: Tiny["template"]
let create: Tiny["create"]

beforeEach(() => {
  ;({ cwd, project, template, create } = tiny())
})

/** A project, and a version of its template that changes, adds, removes and renames. */
async function start(...args: readonly string[]): Promise<void> {
  template("1.0.0", { "a.txt": lines(), "old.txt": "old\n", "ignored.log": "1\n" })
  await create({ "a.txt": lines({ two: "OURS" }), "mine.txt": "mine\n", ".gitignore": "*.log\n" }, ...args)
  template("1.1.0", {
    "a.txt": lines({ eight: "THEIRS" }),
    "old.txt": null,
    "new/b.txt": "new\n",
    "ignored.log": "2\n",
    "new/ignored.log": "new\n",
  })
}

function update(...args: readonly string[]): ReturnType<typeof json> {
  return json(["update", "--yes", ...args], { cwd: project })
}

function conflict(): void {
  template("1.1.0", { "a.txt": lines({ two: "THEIRS" }) })
}

const head = (): Promise<string> => git(project, "rev-parse", "HEAD")
const branch = (): Promise<string> => git(project, "rev-parse", "--abbrev-ref", "HEAD")
const log = (): Promise<string> => git(project, "log", "--format=%s")

function hook(name: string, script: string): void {
  write(project, { [`.git/hooks/${name}`]: `#!/bin/sh\n${script}\n` })
  chmodSync(join(project, ".git/hooks", name), 0o755)
}

describe("--commit", () => {
  test("commits exactly the update: not what was staged, edited or untracked", async () => {
    await start()
    write(project, { "mine.txt": "staged\n", "untracked.txt": "untracked\n" })
    await git(project, "add", "mine.txt")
    write(project, { "mine.txt": "edited\n" })
    const { exitCode, document } = await update("--commit")
    expect({ exitCode, document }).toMatchObject({
      exitCode: 0,
      document: { branch: "main", commit: { sha: await head() } },
    })
    expect(await git(project, "log", "--max-count=1", "--format=%B")).toMatch(
      /^Update template tiny 1\.0\.0 → 1\.1\.0\n\nTemplate: \.\.\/t\nFiles: 2 created, 1 updated, 1 merged, 1 deleted\s*$/,
    )
    expect((await git(project, "show", "--name-status", "--format=", "--no-renames")).split("\n")).toEqual([
      "M\ta.txt",
      "M\tignored.log",
      "M\tmeshwright.lock",
      "M\tmeshwright.yml",
      "A\tnew/b.txt",
      "A\tnew/ignored.log",
      "D\told.txt",
    ])
    expect(await git(project, "status", "--porcelain")).toBe("MM mine.txt\n?? untracked.txt")
    expect(await git(project, "show", ":mine.txt")).toBe("staged")
    expect(await update("--abort")).toMatchObject({ exitCode: 1, document: { error: { code: "nothing-to-abort" } } })
  })

  test("nothing to do: no commit, and no branch", async () => {
    await start()
    await succeed(["update", "--commit"], { cwd: project })
    const before = await head()
    for (const args of [["--commit"], ["--branch", "other"]]) {
      const { exitCode, document } = await update(...args)
      expect({ exitCode, commit: document.commit, branch: document.branch }).toEqual({ exitCode: 0 })
    }
    expect(await head()).toBe(before)
    expect(await git(project, "branch", "--list", "other")).toBe("")
  })

  test("never with a conflict", async () => {
    await start()
    conflict()
    const before = await head()
    const { exitCode, document } = await update("--commit")
    expect({ exitCode, commit: document.commit, conflicts: document.summary?.["conflicts"] }).toEqual({
      exitCode: 3,
      conflicts: 1,
    })
    expect(await head()).toBe(before)
    expect(await git(project, "ls-files", "--unmerged")).toContain("a.txt")
  })

  test("the project of a larger repository, and a linked work tree", async () => {
    const repository = join(cwd, "repository")
    const linked = join(cwd, "linked")
    write(repository, { "README.md": "projects\n" })
    await commitAll(repository)
    template("1.0.0", { "a.txt": "1\n" })
    await succeed(["new", "--template", "./t", "--dest", "repository/größer", "--yes"], { cwd })
    await commitAll(repository)
    await git(repository, "worktree", "add", "--quiet", linked, "-b", "other")
    template("1.1.0", { "a.txt": "2\n", "new.txt": "new\n" })
    write(repository, { "README.md": "edited\n" })
    for (const [tree, left] of [
      [linked, ""],
      [repository, " M README.md"],
    ] as const) {
      await succeed(["update", "--commit"], { cwd: join(tree, "größer") })
      expect(await git(tree, "log", "--max-count=1", "--format=%s")).toBe("Update template tiny 1.0.0 → 1.1.0")
      expect(await git(tree, "status", "--porcelain")).toBe(left)
    }
  })

  test("a hook that says no: the update is there, uncommitted and as without --commit, and can be aborted", async () => {
    await start()
    const before = { files: snapshot(project), head: await head() }
    hook("pre-commit", "echo 'the hook says no' >&2\nexit 7")
    const { exitCode, document } = await update("--commit")
    expect({ exitCode, error: document.error }).toMatchObject({
      exitCode: 3,
      error: { code: "not-committed", message: expect.stringContaining("the hook says no") as string },
    })
    expect(document.error?.hint).toContain("meshwright update --abort")
    expect(read(project, "a.txt")).toBe(lines({ two: "OURS", eight: "THEIRS" }))
    expect((await git(project, "status", "--porcelain")).split("\n").map((line) => line.trim())).toEqual([
      "M a.txt",
      "M ignored.log",
      "M meshwright.lock",
      "M meshwright.yml",
      "D old.txt",
      "?? new/",
    ])
    expect(await update("--abort")).toMatchObject({ exitCode: 0 })
    expect({ files: snapshot(project), head: await head() }).toEqual(before)
  })

  test("hooks run, and see the update only", async () => {
    await start()
    write(project, { "mine.txt": "staged\n" })
    await git(project, "add", "mine.txt")
    hook("pre-commit", "git diff --cached --name-only > seen.txt")
    hook("commit-msg", 'echo "Signed-off-by: a hook" >> "$1"')
    await succeed(["update", "--commit"], { cwd: project })
    expect(read(project, "seen.txt")).not.toContain("mine.txt")
    expect(read(project, "seen.txt")).toContain("a.txt")
    expect(await git(project, "log", "--max-count=1", "--format=%B")).toContain("Signed-off-by: a hook")
  })

  test("uncommitted changes in a file of the update would be in its commit, so they stop it", async () => {
    await start()
    write(project, { "a.txt": lines({ two: "OURS", four: "MORE" }) })
    const before = stamps(project)
    expect(await update("--commit", "--allow-dirty")).toMatchObject({
      exitCode: 1,
      document: { errors: [{ code: "uncommitted", file: "a.txt" }] },
    })
    expect(stamps(project)).toEqual(before)
  })

  test("its message tells new questions and what was decided, but no secret", async () => {
    await start()
    const secret = "{name: token, type: input, message: Token, secret: true, default: s3cret-value}"
    const plain = "{name: size, type: input, message: Size, default: two}"
    write(cwd, {
      "t/template.yml": `{name: tiny, version: 1.1.0, description: a test, questions: [${secret}, ${plain}]}`,
      "t/files/a.txt": lines({ two: "THEIRS" }),
    })
    await succeed(["update", "--commit", "--yes", "--conflict", "ours"], { cwd: project })
    const message = await git(project, "log", "--max-count=1", "--format=%B")
    expect(message).toContain("size: two")
    expect(message).toContain("one was taken: a.txt")
    expect(message).toContain("token: ")
    expect(message).not.toContain("s3cret")
  })

  test("an edited answer goes into the commit with what it changes", async () => {
    await start()
    write(project, { "meshwright.yml": `# edited\n${read(project, "meshwright.yml")}` })
    await succeed(["update", "--commit"], { cwd: project })
    expect(await git(project, "show", "HEAD:meshwright.yml")).toContain("# edited")
    expect(await git(project, "status", "--porcelain")).toBe("")
  })
})

describe("without --commit", () => {
  const last = (stdout: string): string[] => stdout.trimEnd().split("\n").slice(-2)
  const look = "Look at it with `git diff` and commit it; `meshwright update --abort` undoes it."

  test("says what to do next, and of files that git does not show by itself", async () => {
    await start()
    const { stdout } = await succeed(["update"], { cwd: project })
    expect(last(stdout)).toEqual([look, "`git diff` does not show the new file: `git add new/b.txt` first."])
    await git(project, "add", "new/b.txt")
    expect(await git(project, "status", "--porcelain")).not.toContain("??")
    await commitAll(project)
    template("1.2.0", { "a.txt": lines({ eight: "MORE" }) })
    expect(last((await succeed(["update"], { cwd: project })).stdout).at(-1)).toBe(look)
    expect((await succeed(["update"], { cwd: project })).stdout).not.toContain("git")
  })

  test("names files from the folder where the command was typed, and not too many", async () => {
    template("1.0.0", { "a.txt": "a\n" })
    await create()
    template("1.1.0", { "b é.txt": "b\n" })
    const { stdout } = await succeed(["update", "--dest", "p"], { cwd })
    expect(last(stdout).at(-1)).toBe("`git diff` does not show the new file: `git add 'p/b é.txt'` first.")
    template("1.2.0", Object.fromEntries(["c", "d", "e", "f"].map((name) => [`${name}.txt`, name])))
    const many = await succeed(["update", "--allow-dirty"], { cwd: project })
    expect(last(many.stdout).at(-1)).toBe("`git diff` does not show the 4 new files: `git add --all` first.")
  })

  test("nothing of git where there is none", async () => {
    await start("--no-git")
    expect((await succeed(["update"], { cwd: project })).stdout).not.toContain("git diff")
  })
})

describe("--branch", () => {
  test("makes the branch, and commits there", async () => {
    await start()
    const before = await head()
    const { exitCode, document } = await update("--branch", "team/update-ü")
    expect({ exitCode, document }).toMatchObject({ exitCode: 0, document: { branch: "team/update-ü", commit: {} } })
    expect(await branch()).toBe("team/update-ü")
    expect(await git(project, "rev-parse", "main", "HEAD^")).toBe(`${before}\n${before}`)
    expect(await git(project, "status", "--porcelain")).toBe("")
    await git(project, "checkout", "--quiet", "-")
    expect(await branch()).toBe("main")
  })

  test("with conflicts, the branch holds the unmerged work", async () => {
    await start()
    conflict()
    const before = await head()
    const { exitCode, document } = await update("--branch", "update")
    expect({ exitCode, branch: document.branch, commit: document.commit }).toEqual({ exitCode: 3, branch: "update" })
    expect([await branch(), await head()]).toEqual(["update", before])
    expect(await git(project, "ls-files", "--unmerged")).toContain("a.txt")
  })

  test.each([
    ["there already", "taken", 1, "branch-exists"],
    ["a folder of branches already", "team", 1, "branch-failed"],
    ["no name for git", "a..b", 2, "invalid-branch"],
    ["an option", "--force", 2, "invalid-branch"],
    ["HEAD", "HEAD", 2, "invalid-branch"],
    ["an expression", "@{-1}", 2, "invalid-branch"],
    ["empty", "", 2, "invalid-branch"],
  ])("a name that is %s is refused, and nothing changes", async (_, name, exitCode, code) => {
    await start()
    await git(project, "branch", "taken")
    await git(project, "branch", "team/one")
    const before = stamps(project)
    expect(await update(`--branch=${name}`)).toMatchObject({ exitCode, document: { error: { code } } })
    expect(stamps(project)).toEqual(before)
    expect(await branch()).toBe("main")
    expect(await git(project, "branch", "--format=%(refname:short)")).toBe("main\ntaken\nteam/one")
  })

  test("when nothing can be written, the branch goes again; what somebody wrote meanwhile stays", async () => {
    await start()
    hook("post-checkout", "echo MEANWHILE >> a.txt")
    const { exitCode, document } = await update("--branch", "update")
    expect({ exitCode, error: document.error }).toMatchObject({
      exitCode: 1,
      error: { code: "stale-plan", file: "a.txt" },
    })
    expect(read(project, "a.txt")).toMatch(/MEANWHILE/)
    expect(read(project, "a.txt")).not.toMatch(/THEIRS/)
    expect(await branch()).toBe("main")
    expect(await git(project, "branch", "--list", "update")).toBe("")
  })

  test("killed when the branch is made and nothing is written: the next command removes it", async () => {
    await start()
    const before = stamps(project)
    // The hook is started by git, and git by the program.
    hook("post-checkout", "kill -9 $(ps -o ppid= -p $PPID)")
    for (const own of [false, true]) {
      await expect(update("--branch", "update")).rejects.toThrow()
      await expect.poll(branch).toBe("update")
      hook("post-checkout", "exit 0")
      if (own) await git(project, "commit", "--quiet", "--allow-empty", "--message=Mine")
      const { stderr } = await meshwright(["diff"], { cwd: project })
      expect(stderr.includes("the empty branch update")).toBe(!own)
      expect(await branch()).toBe(own ? "update" : "main")
      expect(await git(project, "branch", "--list", "update")).toBe(own ? "* update" : "")
      expect(existsSync(join(project, ".git/meshwright"))).toBe(false)
      expect(stamps(project)).toEqual(before)
      hook("post-checkout", "kill -9 $(ps -o ppid= -p $PPID)")
    }
  })

  test("on no branch, only a new one is committed to", async () => {
    await start()
    await git(project, "checkout", "--quiet", "--detach")
    const before = stamps(project)
    expect(await update("--commit")).toMatchObject({ exitCode: 1, document: { error: { code: "detached-head" } } })
    expect(stamps(project)).toEqual(before)
    expect(await update("--branch", "update")).toMatchObject({ exitCode: 0, document: { branch: "update" } })
    expect(await log()).toContain("1.0.0 → 1.1.0")
  })
})

describe("neither", () => {
  test("in a dry run: it tells, and does nothing", async () => {
    await start()
    const before = stamps(project)
    const { exitCode, document } = await update("--branch", "update", "--dry-run")
    expect({ exitCode, document }).toMatchObject({
      exitCode: 0,
      document: {
        dryRun: true,
        branch: "update",
        commit: { message: expect.stringContaining("1.0.0 → 1.1.0") as string },
      },
    })
    expect(document.commit?.sha).toBeUndefined()
    expect((await meshwright(["update", "-n", "--commit"], { cwd: project })).stdout).toContain(
      "Would be committed on main",
    )
    expect(stamps(project)).toEqual(before)
    expect(await git(project, "branch", "--list", "update")).toBe("")
    expect(await log()).not.toContain("Update template")
  })

  test("without a repository: a wrong use", async () => {
    await start("--no-git")
    const before = stamps(project)
    for (const args of [["--commit"], ["--branch", "update"]])
      expect(await update(...args)).toMatchObject({ exitCode: 2, document: { error: { code: "no-repository" } } })
    expect(stamps(project)).toEqual(before)
  })

  test("before the first commit", async () => {
    await start("--no-git")
    await git(project, "init", "--quiet")
    expect(await update("--commit", "--allow-dirty")).toMatchObject({
      exitCode: 1,
      document: { error: { code: "no-commit-yet" } },
    })
  })

  test("when git does not know who commits", async () => {
    await start()
    const before = stamps(project)
    const nobody = { GIT_AUTHOR_NAME: "", GIT_AUTHOR_EMAIL: "", GIT_COMMITTER_NAME: "", GIT_COMMITTER_EMAIL: "" }
    await git(project, "config", "user.useConfigOnly", "true")
    const run = await json(["update", "--commit"], { cwd: project, env: nobody })
    expect(run).toMatchObject({ exitCode: 1, document: { error: { code: "no-identity" } } })
    expect(stamps(project)).toEqual(before)
  })

  test.each([
    ["merge", async () => void (await git(project, "merge", "--quiet", "--no-commit", "--no-ff", "other"))],
    ["rebase", async () => void (await git(project, "rebase", "--quiet", "--exec", "false", "HEAD~1").catch(() => ""))],
    ["cherry-pick", async () => void (await git(project, "cherry-pick", "clash").catch(() => ""))],
    ["bisect", async () => void (await git(project, "bisect", "start"))],
    ["revert", async () => void (await git(project, "revert", "--no-edit", "HEAD~1").catch(() => ""))],
  ])("while a %s is in progress, plain and with --allow-dirty as well", async (operation, begin) => {
    await start()
    await git(project, "checkout", "--quiet", "-b", "other")
    write(project, { "other.txt": "other\n" })
    await commitAll(project)
    await git(project, "checkout", "--quiet", "-b", "clash", "main")
    write(project, { "mine.txt": "clash\n" })
    await commitAll(project)
    await git(project, "checkout", "--quiet", "main")
    write(project, { "mine.txt": "main\n" })
    await commitAll(project)
    await begin()
    const before = stamps(project)
    for (const options of [["--commit"], ["--allow-dirty"], []]) {
      const { exitCode, document } = await update(...options)
      expect({ exitCode, error: document.error }).toMatchObject({
        exitCode: 1,
        error: { code: "git-busy", message: expect.stringContaining(operation) as string },
      })
    }
    expect(stamps(project)).toEqual(before)
    for (const command of [["update", "--dry-run"], ["check"], ["diff"]])
      expect((await json(command, { cwd: project })).document).not.toHaveProperty("error")
  })

  test("in a linked work tree, only what is in progress there matters", async () => {
    await start("--no-git")
    await git(cwd, "init", "--quiet", "--initial-branch=main")
    await commitAll(cwd)
    await git(cwd, "worktree", "add", "--quiet", "../linked")
    const top = join(cwd, "../linked")
    const linked = { cwd: join(top, "p") }
    await git(cwd, "bisect", "start")
    expect((await json(["update", "--yes"], { cwd: project })).document.error).toMatchObject({ code: "git-busy" })
    expect(await json(["update", "--yes"], linked)).toMatchObject({ exitCode: 0 })
    await git(cwd, "bisect", "reset")
    await git(top, "reset", "--quiet", "--hard")
    await git(top, "bisect", "start")
    expect((await json(["update", "--yes"], linked)).document.error).toMatchObject({ code: "git-busy" })
    expect(await json(["update", "--yes"], { cwd: project })).toMatchObject({ exitCode: 0 })
  })
})

describe("an update with conflicts", () => {
  test("is committed by a second --branch once they are decided", async () => {
    await start()
    conflict()
    const first = await update("--branch", "new")
    expect(first.exitCode).toBe(3)
    expect(first.document.commit).toBeUndefined()
    write(project, { "a.txt": lines({ two: "BOTH" }) })
    // git has not been told yet.
    expect(await update("--branch", "new")).toMatchObject({ exitCode: 1, document: { error: { code: "git-busy" } } })
    await git(project, "add", "a.txt")
    const second = await update("--branch", "new")
    expect(second.document).toMatchObject({ branch: "new", commit: { sha: await head() } })
    expect(await git(project, "status", "--porcelain")).toBe("")
    expect((await log()).split("\n")[0]).toBe("Update template tiny 1.0.0 → 1.1.0")
    expect((await update("--commit")).document.commit).toBeUndefined()
  })

  test("leaves its branch when it is aborted", async () => {
    await start()
    conflict()
    const before = snapshot(project)
    await update("--branch", "new")
    await succeed(["update", "--abort"], { cwd: project })
    expect(await branch()).toBe("main")
    expect(await git(project, "branch", "--list", "new")).toBe("")
    expect(snapshot(project)).toEqual(before)
    expect(await git(project, "status", "--porcelain")).toBe("")
  })
})
