import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { commitAll, git, shell } from "../helpers/cli.ts"
import { read, write } from "../helpers/files.ts"
import { tiny } from "../helpers/tiny.ts"

const DOCUMENT = readFileSync(join(import.meta.dirname, "../../docs/automation.md"), "utf8")
const [, SCRIPT = ""] = /^```sh\n([\s\S]*?)^```$/m.exec(DOCUMENT) ?? []

test("the nightly job of the documentation, night after night", { timeout: 120_000 }, async () => {
  const { cwd, project, template, create } = tiny()
  const origin = join(cwd, "origin.git")
  template("1.0.0", { "a.txt": "one\n" })
  await create()
  await git(cwd, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
  await git(project, "push", "--quiet", origin, "HEAD:main")

  let nights = 0
  /** What happens in a fresh clone, as in CI. */
  const night = async (branch = "main") => {
    nights += 1
    const clone = `night-${nights}`
    // The template is a folder beside the project.
    await git(cwd, "clone", "--quiet", "--branch", branch, origin, clone)
    return { clone: join(cwd, clone), ...(await shell(SCRIPT, { cwd: join(cwd, clone) })) }
  }
  const pushed = async () =>
    (await git(origin, "for-each-ref", "--format=%(objectname)", "refs/heads/meshwright-update")).trim()

  expect((await night()).exitCode).toBe(0)
  expect(await pushed()).toBe("")

  template("1.1.0", { "a.txt": "two\n" })
  expect((await night()).exitCode).toBe(0)
  const first = await pushed()
  expect(await git(origin, "show", "meshwright-update:a.txt")).toBe("two")
  expect(read(cwd, "merge-request.md")).toContain("a.txt")

  // The same result is not pushed again; another one replaces it, from the default branch on.
  expect((await night()).exitCode).toBe(0)
  expect(await pushed()).toBe(first)
  template("1.2.0", { "a.txt": "three\n" })
  expect((await night()).exitCode).toBe(0)
  const second = await pushed()
  expect(await git(origin, "show", "meshwright-update:a.txt")).toBe("three")
  expect(await git(origin, "rev-list", "--count", "main..meshwright-update")).toBe("1")

  // What a person added to it stays.
  const person = join(cwd, "person")
  await git(cwd, "clone", "--quiet", "--branch", "meshwright-update", origin, "person")
  write(person, { "b.txt": "mine\n" })
  await git(person, "add", "b.txt")
  await git(
    person,
    "-c",
    "user.email=jo@example.com",
    "commit",
    "--quiet",
    "--author=Jo <jo@example.com>",
    "--message=Mine",
  )
  await git(person, "push", "--quiet")
  const theirs = await pushed()
  expect(theirs).not.toBe(second)
  template("1.3.0", { "a.txt": "four\n" })
  const stays = await night()
  expect(stays.stdout).toContain("meshwright-update has commits of jo@example.com")
  expect(stays.exitCode).toBe(0)
  expect(await pushed()).toBe(theirs)

  // A conflict is a person's to decide: nothing is pushed.
  write(project, { "a.txt": "ours\n" })
  await commitAll(project)
  await git(project, "push", "--quiet", origin, "HEAD:main")
  expect((await night()).exitCode).toBe(3)
  expect(await pushed()).toBe(theirs)
  expect(read(cwd, "merge-request.md")).toContain("a.txt")
})
