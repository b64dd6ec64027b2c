import { existsSync } from "node:fs"
import { join } from "node:path"
import { beforeEach, describe, expect, test } from "vitest"
import { commitAll, git, json, meshwright, succeed } from "../helpers/cli.ts"
import { read, stamps, write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

const MANIFEST = (version: string, questions = "") =>
  `name: tiny\nversion: ${version}\ndescription: A tiny template\nnotes: CHANGELOG.md\n${questions}`
const CHANGELOG = "## 1.1.0\n\n### Added\n\n- a key\n\n## 1.0.0\n\n- first\n"

let cwd: string
let project: string

beforeEach(async () => {
  cwd = folder()
  project = join(cwd, "p")
  write(cwd, {
    "t/template.yml": MANIFEST("1.0.0"),
    "t/CHANGELOG.md": CHANGELOG,
    "t/files/a.yml": "x: 1\ny: 1\nz: 1\n",
    "t/files/b.yml": "x: 1\n",
    "t/files/c.txt": "c\n",
    "t/files/odd.yml": "a: x\n",
  })
  await succeed(["new", "--template", "./t", "--dest", "p", "--yes"], { cwd })
  write(project, { "a.yml": "x: 1\ny: 2\nz: 1\n", "c.txt": "mine\n" })
  await commitAll(project)
  write(cwd, {
    "t/template.yml": MANIFEST("1.1.0", "questions: [{name: owner, type: input, message: Owner, default: <ann>}]\n"),
    "t/files/a.yml": "x: 2\ny: 1\nz: 1\n",
    "t/files/odd.yml": "a: 'x | `y` <img src=x>'\n",
    "t/files/new.md": "new\n",
  })
})

const SUMMARY = `<!-- meshwright update -->
# Update tiny from 1.0.0 to 1.1.0

Template \`../t\` 1.0.0 → 1.1.0: 1 created, 1 updated, 1 merged.

## Files

| File | What | In detail |
| --- | --- | --- |
| \`a.yml\` | changed by both | \`x\`: template \`1\` → \`2\`<br>yours changed \`y\` |
| \`new.md\` | new in the template |  |
| \`odd.yml\` | changed by the template | \`a\`: template \`x\` → \`\`'x \\| \`y\` <img src=x>'\`\` |

## New questions

Their defaults were taken. To change one: \`meshwright update --set KEY=VALUE\`.

- \`owner\`: \`<ann>\`

## Kept as yours

- \`c.txt\`: changed by you, not by the template (yours changed line 1)

## Release notes

### 1.1.0

#### Added

- a key
`

describe("--summary", () => {
  test("writes what changed as Markdown, for a merge request", async () => {
    const run = await meshwright(["update", "--yes", "--summary", "../out.md"], { cwd: project })
    expect(run).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("1 created, 1 updated, 1 merged") as string,
    })
    expect(read(cwd, "out.md")).toBe(SUMMARY)
    await commitAll(project)
    await succeed(["update", "--yes", "--summary", "../out.md"], { cwd: project })
    expect(read(cwd, "out.md")).toContain("# Update tiny 1.1.0\n\nTemplate `../t` 1.1.0: No file changes.\n")
  })

  test("with a dry run and diff --incoming too, on stdout with -", async () => {
    const before = stamps(project)
    const dry = SUMMARY.replace("1 merged.", "1 merged. Nothing is written yet.")
    await succeed(["update", "--yes", "--dry-run", "--summary", "../out.md"], { cwd: project })
    expect(read(cwd, "out.md")).toBe(dry)
    expect(await meshwright(["update", "--yes", "-n", "--summary", "-"], { cwd: project })).toMatchObject({
      stdout: dry,
    })
    expect(await meshwright(["diff", "--incoming", "--summary", "-"], { cwd: project })).toMatchObject({ stdout: dry })
    expect(stamps(project)).toEqual(before)
    expect(await meshwright(["diff", "--summary", "-"], { cwd: project })).toMatchObject({ exitCode: 2 })
  })

  test("is written when a person is needed, with where and what to do", async () => {
    write(cwd, { "t/files/a.yml": "x: 2\ny: 3\nz: 1\n", "t/files/c.txt": null })
    const { exitCode } = await json(["update", "--yes", "--summary", "../out.md"], { cwd: project })
    expect(exitCode).toBe(3)
    expect(read(cwd, "out.md")).toContain(`## To decide

- [ ] \`a.yml\`, \`y\` (line 2): template \`1\` → \`3\`, yours \`2\` (conflict)
- [ ] \`c.txt\`: you changed it, the template removes it; it stays: delete it, or keep it as yours

In the files, both versions stand between \`<<<<<<<\` and \`>>>>>>>\`: keep what is right, remove the markers, \`git add\` them and commit.
`)
  })

  test("inside the project it is in nobody's way", async () => {
    await succeed(["update", "--yes", "--commit", "--summary", "summary.md"], { cwd: project })
    expect(read(project, "summary.md")).toBe(SUMMARY)
    expect(await git(project, "status", "--porcelain")).toBe("?? summary.md")
    write(cwd, { "t/template.yml": MANIFEST("1.2.0"), "t/files/b.yml": "x: 2\n" })
    await succeed(["update", "--yes", "--commit", "--summary", "summary.md"], { cwd: project })
    expect(read(project, "summary.md")).toContain("from 1.1.0 to 1.2.0")
    expect(await git(project, "status", "--porcelain")).toBe("?? summary.md")
  })

  const REFUSED: readonly (readonly [what: string, file: string, exitCode: number, message: string])[] = [
    ["a folder that does not exist", "../no/out.md", 1, "cannot be written: its folder does not exist"],
    ["a folder", "..", 1, "cannot be written"],
    ["a path below a file", "c.txt/out.md", 1, "cannot be written"],
    ["a file of the template", "b.yml", 2, "the template has a file there"],
    ["a file that the template brings", "new.md", 2, "the template has a file there"],
    ["the project's record", "meshwright.lock", 2, "the template has a file there"],
    ["a file of the team", "own.md", 2, "there is a file of the project that is no summary"],
    ["no name", "", 2, "the name of a file is missing"],
  ]
  test.each(REFUSED)("%s is refused before anything is changed", async (_, file, exitCode, message) => {
    write(project, { "own.md": "# mine\n" })
    const before = stamps(cwd)
    const run = await json(["update", "--yes", "--summary", file], { cwd: project })
    expect(run).toMatchObject({ exitCode, document: { error: { code: "summary-file" } } })
    expect(run.document.error?.message).toContain(message)
    expect(stamps(cwd)).toEqual(before)
  })

  test("stdout cannot be both, and an update that is refused leaves no file", async () => {
    expect(await json(["update", "--yes", "--summary", "-"], { cwd: project })).toMatchObject({
      exitCode: 2,
      document: { error: { code: "summary-file" } },
    })
    write(project, { "a.yml": "x: 1\ny: 5\nz: 1\n" })
    expect(await meshwright(["update", "--yes", "--summary", "../out.md"], { cwd: project })).toMatchObject({
      exitCode: 1,
    })
    expect(existsSync(join(cwd, "out.md"))).toBe(false)
  })

  test("when it turns out too late that it cannot be written, that is said, and that the update is done", async () => {
    const run = await json(["update", "--yes", "--summary", "/dev/full"], { cwd: project })
    expect(run).toMatchObject({ exitCode: 1, document: { error: { code: "summary-file" } } })
    expect(run.document.error?.hint).toContain("the update is done")
    expect(read(project, "new.md")).toBe("new\n")
  })
})
