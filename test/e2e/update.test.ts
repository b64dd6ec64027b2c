import { existsSync, readdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { beforeEach, describe, expect, test } from "vitest"
import { parse } from "yaml"
import { commitAll, git, type JsonFile, json, meshwright, succeed } from "../helpers/cli.ts"
import { filesBelow, makeExecutable, read, snapshot, stamps, write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

const PARAGRAPH = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]

/** Lines apart enough from each other that changes of some merge. */
function lines(changes: Readonly<Record<string, string>> = {}): string {
  return PARAGRAPH.map((line) => `${changes[line] ?? line}\n`).join("")
}

function manifest(version: string, more = ""): string {
  return `name: tiny\nversion: ${version}\ndescription: A tiny template\n${more}`
}

let cwd: string
let project: string

beforeEach(() => {
  cwd = folder()
  project = join(cwd, "p")
})

/** Version 1.0.0 of the template, and a project of it. */
async function start(files: Readonly<Record<string, string>>, more = "", args: readonly string[] = []): Promise<void> {
  template("1.0.0", files, more)
  await succeed(["new", "--template", "./t", "--dest", "p", "--yes", ...args], { cwd })
}

function template(version: string, files: Readonly<Record<string, string | null>>, more = ""): void {
  write(cwd, { "t/template.yml": manifest(version, more) })
  for (const [path, content] of Object.entries(files)) write(cwd, { [`t/files/${path}`]: content })
}

function update(...args: readonly string[]): ReturnType<typeof meshwright> {
  return meshwright(["update", "--yes", "--allow-dirty", ...args], { cwd: project })
}

/** What the update says of one file, and its content afterwards. */
async function outcome(
  path: string,
  ...args: readonly string[]
): Promise<{ exitCode: number; file: JsonFile | undefined; content: string | undefined }> {
  const { exitCode, document } = await json(["update", "--yes", "--allow-dirty", ...args], { cwd: project })
  if (document.error) throw new Error(document.error.message)
  const content = existsSync(join(project, path)) ? read(project, path) : undefined
  return { exitCode, file: document.files?.find((each) => each.path === path), content }
}

interface Row {
  readonly row: string
  readonly base?: string
  /** What the team made of it; absent: as it was; null: deleted. */
  readonly ours?: string | null
  readonly theirs?: string | null
  readonly exitCode?: number
  readonly file: Partial<JsonFile> | undefined
  readonly content: string | undefined
}

const BOTH = `<<<<<<< yours\nOURS\n||||||| template 1.0.0\nfive\n=======\nTHEIRS\n>>>>>>> template 1.1.0\n`

/** The table of the design: what the file was, is, and would be. */
const TABLE: readonly Row[] = [
  {
    row: "new in the template: created",
    theirs: "new\n",
    file: { action: "create", reason: "new-in-template" },
    content: "new\n",
  },
  {
    row: "new in both, the same: recorded",
    ours: "new\n",
    theirs: "new\n",
    file: { action: "adopt", reason: "already-there" },
    content: "new\n",
  },
  {
    row: "new in both, different: conflict",
    ours: "ours\n",
    theirs: "theirs\n",
    exitCode: 3,
    file: { action: "merge", status: "conflict", reason: "both-added" },
    content: "<<<<<<< yours\nours\n=======\ntheirs\n>>>>>>> template 1.1.0\n",
  },
  {
    row: "changed by the template: updated",
    base: "old\n",
    theirs: "new\n",
    file: { action: "update", reason: "template-changed" },
    content: "new\n",
  },
  {
    row: "changed by the team: kept",
    base: "old\n",
    ours: "ours\n",
    file: { action: "keep", reason: "team-changed" },
    content: "ours\n",
  },
  {
    row: "changed by both, in other places: merged",
    base: lines(),
    ours: lines({ two: "OURS" }),
    theirs: lines({ eight: "THEIRS" }),
    file: { action: "merge", status: "clean", reason: "both-changed" },
    content: lines({ two: "OURS", eight: "THEIRS" }),
  },
  {
    row: "changed by both, alike: recorded",
    base: lines(),
    ours: lines({ five: "SAME" }),
    theirs: lines({ five: "SAME" }),
    file: { action: "none", reason: "already-there" },
    content: lines({ five: "SAME" }),
  },
  {
    row: "changed by both, in the same place: conflict with base",
    base: lines(),
    ours: lines({ two: "TWO", five: "OURS" }),
    theirs: lines({ five: "THEIRS", eight: "EIGHT" }),
    exitCode: 3,
    file: { action: "merge", status: "conflict", reason: "both-changed" },
    content: lines({ two: "TWO", five: BOTH.trimEnd(), eight: "EIGHT" }),
  },
  {
    row: "deleted by the team: stays deleted",
    base: "old\n",
    ours: null,
    file: { action: "none", reason: "deleted-by-team" },
    content: undefined,
  },
  {
    row: "deleted by the team, changed by the template: stays deleted, and is told",
    base: "old\n",
    ours: null,
    theirs: "new\n",
    file: { action: "none", status: "clean", reason: "deleted-by-team-template-changed" },
    content: undefined,
  },
  {
    row: "removed by the template: deleted",
    base: "old\n",
    theirs: null,
    file: { action: "delete", reason: "deleted-by-template" },
    content: undefined,
  },
  {
    row: "removed by the template, changed by the team: conflict, and it stays",
    base: "old\n",
    ours: "ours\n",
    theirs: null,
    exitCode: 3,
    file: { action: "keep", status: "conflict", reason: "deleted-by-template-team-changed" },
    content: "ours\n",
  },
  {
    row: "deleted by both: gone",
    base: "old\n",
    ours: null,
    theirs: null,
    file: { action: "none", reason: "deleted-by-template" },
    content: undefined,
  },
]

describe("file by file", () => {
  test.each(TABLE)("$row", async ({ base, ours, theirs, exitCode = 0, file, content }) => {
    const path = "docs/a.txt"
    await start({ "keep.txt": "keep\n", ...(base === undefined ? {} : { [path]: base }) })
    if (ours !== undefined) write(project, { [path]: ours })
    template("1.1.0", theirs === undefined ? {} : { [path]: theirs })

    const before = snapshot(project)
    const dry = await json(["update", "--yes", "--dry-run", "--allow-dirty"], { cwd: project })
    expect(snapshot(project)).toEqual(before)
    const real = await json(["update", "--yes", "--allow-dirty"], { cwd: project })
    expect({ exitCode: dry.exitCode, document: { ...dry.document, dryRun: false } }).toEqual({
      exitCode: real.exitCode,
      document: real.document,
    })

    expect(real.exitCode).toBe(exitCode)
    expect(real.document.template).toMatchObject({ from: "1.0.0", to: "1.1.0" })
    expect(real.document.files?.find((each) => each.path === path)).toMatchObject(file ?? {})
    expect(existsSync(join(project, path)) ? read(project, path) : undefined).toBe(content)
    expect(parse(read(project, "meshwright.yml"))).toMatchObject({ version: "1.1.0" })
    if (exitCode !== 0) return

    // A second time there is nothing to do, and nothing is touched.
    const times = stamps(project)
    expect(await update()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("up to date") as string })
    expect(stamps(project)).toEqual(times)
  })

  test("a folder that the template left empty goes too", async () => {
    await start({ "keep.txt": "", "old/deep/a.txt": "a\n" })
    template("1.1.0", { old: null })
    expect(await update()).toMatchObject({ exitCode: 0 })
    expect(existsSync(join(project, "old"))).toBe(false)
  })

  test("an executable bit is merged like content", async () => {
    await start({ "run.sh": lines(), "build.sh": "b\n" })
    write(project, { "run.sh": lines({ two: "OURS" }) })
    makeExecutable(project, "build.sh")
    template("1.1.0", { "build.sh": "b2\n" })
    makeExecutable(cwd, "t/files/run.sh")
    expect(await update()).toMatchObject({ exitCode: 0 })
    expect(snapshot(project)).toMatchObject({ "run.sh": `755 ${lines({ two: "OURS" })}`, "build.sh": "755 b2\n" })
  })

  test("a binary file that both changed: ours stays, theirs is beside it, until one of them goes", async () => {
    const binary = (text: string): string => `\u0000${text}\u0000`
    await start({ "logo.bin": binary("base"), "keep.txt": "" })
    write(project, { "logo.bin": binary("ours") })
    template("1.1.0", { "logo.bin": binary("theirs") })
    expect(await update()).toMatchObject({ exitCode: 3 })
    expect(snapshot(project)).toMatchObject({
      "logo.bin": `644 ${binary("ours")}`,
      "logo.bin.theirs": `644 ${binary("theirs")}`,
    })
    expect(await meshwright(["check"], { cwd: project })).toMatchObject({ exitCode: 3 })
    write(project, { "logo.bin.theirs": null })
    expect(await meshwright(["check"], { cwd: project })).toMatchObject({ exitCode: 0 })
  })

  test("Windows line ends, a BOM and a missing final newline stay as the team has them", async () => {
    await start({ "a.txt": lines() })
    write(project, { "a.txt": `\ufeff${lines({ two: "OURS" }).replaceAll("\n", "\r\n").trimEnd()}` })
    template("1.1.0", { "a.txt": lines({ five: "THEIRS" }) })
    expect(await update()).toMatchObject({ exitCode: 0 })
    expect(read(project, "a.txt")).toBe(
      `\ufeff${lines({ two: "OURS", five: "THEIRS" }).replaceAll("\n", "\r\n").trimEnd()}`,
    )
  })

  test("modes: once is the team's, replace is the template's", async () => {
    const rules = "files:\n  - {path: once.txt, mode: once}\n  - {path: lib.js, mode: replace}\n"
    await start({ "once.txt": "first\n", "lib.js": "1\n", "keep.txt": "" }, rules)
    write(project, { "lib.js": "mine\n" })
    template("1.1.0", { "once.txt": "second\n", "lib.js": "2\n" }, rules)
    expect(await update()).toMatchObject({ exitCode: 0 })
    expect(snapshot(project)).toMatchObject({ "once.txt": "644 first\n", "lib.js": "644 2\n" })
  })
})

describe("files that move", () => {
  test("a rename that the template declares carries the team's edits along", async () => {
    await start({ "ci/lint.yml": lines() })
    write(project, { "ci/lint.yml": lines({ two: "OURS" }) })
    template(
      "1.1.0",
      { "ci/lint.yml": null, ".github/lint.yml": lines({ eight: "THEIRS" }) },
      "renames: [{from: ci/lint.yml, to: .github/lint.yml, since: 1.1.0}]\n",
    )
    const { exitCode, file, content } = await outcome(".github/lint.yml")
    expect({ exitCode, file, content }).toMatchObject({
      exitCode: 0,
      file: { action: "rename", from: "ci/lint.yml", reason: "renamed-by-template" },
      content: lines({ two: "OURS", eight: "THEIRS" }),
    })
    expect(existsSync(join(project, "ci"))).toBe(false)
  })

  test("a file that the team moved gets the template's change where it is now", async () => {
    await start({ "docs/guide.md": lines(), "keep.txt": "" })
    write(project, { "docs/guide.md": null, "handbook/guide.md": lines({ two: "OURS" }) })
    template("1.1.0", { "docs/guide.md": lines({ eight: "THEIRS" }) })
    const { exitCode, file, content } = await outcome("handbook/guide.md")
    expect({ exitCode, file, content }).toMatchObject({
      exitCode: 0,
      file: { reason: "renamed-by-team" },
      content: lines({ two: "OURS", eight: "THEIRS" }),
    })
    expect(existsSync(join(project, "docs/guide.md"))).toBe(false)
  })

  test("a changed answer in a path is a rename, with the team's edits", async () => {
    const questions = "named_by: domain\nquestions: [{name: domain, type: input, message: Domain}]\n"
    await start({ "models/{{domain}}.sql.hbs": `${lines()}{{domain}}\n` }, questions, ["--set", "domain=sales"])
    write(project, { "models/sales.sql": read(project, "models/sales.sql").replace("two", "OURS") })
    const { exitCode, file, content } = await outcome("models/orders.sql", "--set", "domain=orders")
    expect({ exitCode, file, content }).toMatchObject({
      exitCode: 0,
      file: { action: "rename", from: "models/sales.sql", reason: "renamed-by-answer" },
      content: `${lines({ two: "OURS" })}orders\n`,
    })
    expect(existsSync(join(project, "models/sales.sql"))).toBe(false)
  })
})

describe("answers", () => {
  const OWNER = "questions:\n  - {name: owner, type: input, message: Owner}\n"

  test("a changed answer is a change like any other: merged with the team's", async () => {
    await start({ "a.txt.hbs": lines({ eight: "{{owner}}" }) }, OWNER, ["--set", "owner=ann"])
    write(project, { "a.txt": read(project, "a.txt").replace("two", "OURS") })
    const { exitCode, content } = await outcome("a.txt", "--set", "owner=bob")
    expect({ exitCode, content }).toEqual({ exitCode: 0, content: lines({ two: "OURS", eight: "bob" }) })
    expect(parse(read(project, "meshwright.yml"))).toMatchObject({ answers: { owner: "bob" } })
  })

  test("a new question takes its default and is told; without one it is missing, and nothing is changed", async () => {
    await start({ "a.txt.hbs": "{{owner}}\n" }, OWNER, ["--set", "owner=ann"])
    template(
      "1.1.0",
      { "a.txt.hbs": "{{owner}} {{tier}}\n" },
      `${OWNER}  - {name: tier, type: input, message: Tier, default: gold}\n`,
    )
    const { document, exitCode } = await json(["update", "--yes", "--dry-run"], { cwd: project })
    expect({ exitCode, added: document.newAnswers }).toEqual({ exitCode: 0, added: { tier: "gold" } })
    expect((await update()).stdout).toContain("New question tier: answered with its default, gold")
    expect(read(project, "a.txt")).toBe("ann gold\n")

    template(
      "1.2.0",
      {},
      `${OWNER}  - {name: tier, type: input, message: Tier, default: gold}\n  - {name: cost, type: input, message: Cost}\n`,
    )
    const before = stamps(project)
    const failed = await update()
    expect(failed).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("--set cost=…") as string })
    expect(stamps(project)).toEqual(before)
  })

  test("comments, order and style of meshwright.yml stay", async () => {
    await start({ "a.txt.hbs": "{{owner}}\n" }, OWNER, ["--set", "owner=ann"])
    write(project, {
      "meshwright.yml":
        "# ours\nanswers:   # all of them\n    owner: 'ann' # who\n\nversion: 1.0.0 # pinned by nobody\ntemplate: ../t\nupdate: {keep: [x.txt]} # yes\n",
    })
    template(
      "1.1.0",
      { "a.txt.hbs": "{{owner}}!\n" },
      `${OWNER}  - {name: tier, type: input, message: Tier, default: gold}\n`,
    )
    expect(await update("--set", "owner=bob")).toMatchObject({ exitCode: 0 })
    expect(read(project, "meshwright.yml")).toBe(
      "# ours\nanswers:   # all of them\n    owner: bob # who\n    tier: gold\n\nversion: 1.1.0 # pinned by nobody\ntemplate: ../t\nupdate: {keep: [x.txt]} # yes\n",
    )
  })
})

describe("update.keep", () => {
  test("paths that it names are never touched, whatever the template does", async () => {
    await start({ "docs/a.md": "a\n", "docs/deep/b.md": "b\n", "c.txt": "c\n", "d.txt": "d\n" })
    write(project, {
      "meshwright.yml": `${read(project, "meshwright.yml")}update:\n  keep: ["docs/**", c.txt, new.txt]\n`,
    })
    template("1.1.0", { "docs/a.md": "A\n", "docs/deep/b.md": null, "c.txt": "C\n", "d.txt": "D\n", "new.txt": "n\n" })
    expect(await update()).toMatchObject({ exitCode: 0 })
    expect(snapshot(project)).toMatchObject({
      "docs/a.md": "644 a\n",
      "docs/deep/b.md": "644 b\n",
      "c.txt": "644 c\n",
      "d.txt": "644 D\n",
    })
    expect(existsSync(join(project, "new.txt"))).toBe(false)
    expect(await update()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("up to date") as string })

    // Let go, they follow from where they were left.
    write(project, { "meshwright.yml": read(project, "meshwright.yml").replace(/update:[\s\S]*/, "") })
    expect(await update()).toMatchObject({ exitCode: 0 })
    expect(snapshot(project)).toMatchObject({ "docs/a.md": "644 A\n", "c.txt": "644 C\n" })
  })
})

describe("conflicts", () => {
  const conflict = async (): Promise<void> => {
    await start({ "a.txt": lines(), "b.txt": "b\n" })
    write(project, { "a.txt": lines({ five: "OURS" }) })
    template("1.1.0", { "a.txt": lines({ five: "THEIRS" }), "b.txt": "B\n" })
  }

  test("inline: markers with base; the next update and check stop with 3 until they are gone; then it goes on", async () => {
    await conflict()
    const run = await update()
    expect(run).toMatchObject({ exitCode: 3, stdout: expect.stringContaining("1 place needs your decision") as string })
    expect(read(project, "a.txt")).toBe(lines({ five: BOTH.trimEnd() }))
    expect(read(project, "b.txt")).toBe("B\n")

    const before = stamps(project)
    const again = await json(["update", "--yes", "--allow-dirty"], { cwd: project })
    expect({ exitCode: again.exitCode, error: again.document.error }).toMatchObject({
      exitCode: 3,
      error: { code: "unresolved", file: "a.txt" },
    })
    expect(await meshwright(["check"], { cwd: project })).toMatchObject({
      exitCode: 3,
      stdout: expect.stringContaining("a.txt") as string,
    })
    expect(stamps(project)).toEqual(before)

    write(project, { "a.txt": lines({ five: "DECIDED" }) })
    expect(await meshwright(["check"], { cwd: project })).toMatchObject({ exitCode: 0 })
    expect(await update()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("up to date") as string })
    template("1.2.0", { "a.txt": lines({ five: "THEIRS", eight: "EIGHT" }) })
    expect(await update()).toMatchObject({ exitCode: 0 })
    expect(read(project, "a.txt")).toBe(lines({ five: "DECIDED", eight: "EIGHT" }))
  })

  test("several that are left are told with one advice, wherever they are told", async () => {
    await start({ "a.txt": lines(), "b.txt": lines() })
    write(project, { "a.txt": lines({ five: "OURS" }), "b.txt": lines({ five: "OURS" }) })
    template("1.1.0", { "a.txt": lines({ five: "THEIRS" }), "b.txt": lines({ five: "THEIRS" }) })
    await update()
    for (const args of [["update"], ["check"], []]) {
      const { stdout, stderr } = await meshwright(args, { cwd: project })
      expect((stdout + stderr).replaceAll("info:", "error:")).toContain(
        [
          "error: a.txt still has the conflict of the last update",
          "error: b.txt still has the conflict of the last update",
          "  decide, remove the markers (or the .theirs file), and commit; `meshwright update --abort` undoes it",
          "",
        ].join("\n"),
      )
    }
  })

  test("sidecar: ours is untouched, theirs is beside it", async () => {
    await conflict()
    expect(await update("--conflict", "sidecar")).toMatchObject({ exitCode: 3 })
    expect(snapshot(project)).toMatchObject({
      "a.txt": `644 ${lines({ five: "OURS" })}`,
      "a.txt.theirs": `644 ${lines({ five: "THEIRS" })}`,
      "b.txt": "644 B\n",
    })
    expect(await update()).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining("a.txt still has the conflict") as string,
    })
    write(project, { "a.txt.theirs": null })
    expect(await update()).toMatchObject({ exitCode: 0 })
  })

  test.each([
    ["ours", "OURS"],
    ["theirs", "THEIRS"],
  ])("%s: that side of the place, and no conflict", async (style, kept) => {
    await conflict()
    expect(await update("--conflict", style)).toMatchObject({ exitCode: 0 })
    expect(snapshot(project)).toMatchObject({ "a.txt": `644 ${lines({ five: kept })}`, "b.txt": "644 B\n" })
    expect(await update()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("up to date") as string })
  })

  test("another style is a wrong use", async () => {
    await conflict()
    expect(await update("--conflict", "both")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("inline, sidecar, ours, theirs") as string,
    })
  })

  test("--json names base, ours and theirs of the place", async () => {
    await conflict()
    const { exitCode, document } = await json(["update", "--yes", "--dry-run"], { cwd: project })
    expect({ exitCode, conflicts: document.files?.find(({ path }) => path === "a.txt")?.conflicts }).toMatchObject({
      exitCode: 3,
      conflicts: [{ kind: "both-changed", base: "five", ours: "OURS", theirs: "THEIRS" }],
    })
    expect(document.summary).toMatchObject({ updated: 1, conflicts: 1 })
  })
})

describe("uncommitted changes", () => {
  test("in a file that would change, they stop the update before it writes anything; --allow-dirty goes on", async () => {
    await start({ "a.txt": lines(), "b.txt": "b\n", "c.txt": "c\n" })
    write(project, { "a.txt": lines({ two: "OURS" }), "c.txt": "mine\n", "untracked.txt": "" })
    template("1.1.0", { "a.txt": lines({ eight: "THEIRS" }), "b.txt": "B\n" })
    const before = stamps(project)
    const dryRun = await json(["update", "--yes", "--dry-run"], { cwd: project })
    expect(dryRun).toMatchObject({
      exitCode: 0,
      document: { remarks: [{ code: "uncommitted", severity: "warning", file: "a.txt" }] },
    })
    const { exitCode, document } = await json(["update", "--yes"], { cwd: project })
    expect({ exitCode, errors: document.errors }).toMatchObject({
      exitCode: 1,
      errors: [{ code: "uncommitted", file: "a.txt" }],
    })
    expect(stamps(project)).toEqual(before)
    expect(await meshwright(["update", "--yes", "--allow-dirty"], { cwd: project })).toMatchObject({ exitCode: 0 })
    expect(read(project, "a.txt")).toBe(lines({ two: "OURS", eight: "THEIRS" }))
  })

  test("elsewhere, and in meshwright.yml, they are no matter", async () => {
    await start({ "a.txt": "a\n", "b.txt": "b\n" })
    write(project, { "b.txt": "mine\n", "meshwright.yml": `# edited\n${read(project, "meshwright.yml")}` })
    template("1.1.0", { "a.txt": "A\n" })
    expect(await meshwright(["update", "--yes"], { cwd: project })).toMatchObject({ exitCode: 0 })
  })

  test("in a folder of a larger repository, with a name beyond ASCII, they are found too", async () => {
    await commitAll(cwd)
    await start({ "Größe a.txt": "a\n", "b.txt": "b\n" })
    await commitAll(cwd)
    write(project, { "Größe a.txt": "mine\n" })
    template("1.1.0", { "Größe a.txt": "A\n", "b.txt": "B\n" })
    const { exitCode, document } = await json(["update", "--yes"], { cwd: project })
    expect({ exitCode, errors: document.errors }).toMatchObject({
      exitCode: 1,
      errors: [{ code: "uncommitted", file: "Größe a.txt" }],
    })
  })

  test("an update commits nothing, and stages nothing", async () => {
    await start({ "a.txt": "a\n" })
    template("1.1.0", { "a.txt": "A\n" })
    expect(await meshwright(["update", "--yes"], { cwd: project })).toMatchObject({ exitCode: 0 })
    expect((await git(project, "status", "--porcelain")).split("\n").map((line) => line.trim())).toEqual([
      "M a.txt",
      "M meshwright.lock",
      "M meshwright.yml",
    ])
  })
})

describe("the records", () => {
  test.each([
    ["cut off", (text: string) => text.slice(0, text.length / 2)],
    ["with markers of a merge", (text: string) => `<<<<<<< HEAD\n${text}>>>>>>> branch\n`],
    ["with another base", (text: string) => text.replace(/"base":"..../, '"base":"AAAA')],
    ["empty", () => ""],
    ["lost", () => null],
  ])("a lock %s stops every command; it is rebuilt from meshwright.yml", async (_, damage) => {
    await start({ "a.txt": lines(), "b.txt": "b\n" })
    const lock = read(project, "meshwright.lock")
    write(project, { "a.txt": lines({ two: "OURS" }), "meshwright.lock": damage(lock) })
    for (const command of ["update", "check", "diff"]) {
      const { exitCode, document } = await json([command], { cwd: project })
      expect({ command, exitCode, code: document.error?.code }).toEqual({
        command,
        exitCode: 1,
        code: expect.stringMatching(/^(lock-damaged|no-lock)$/) as string,
      })
      expect(document.error?.hint).toContain("meshwright update --rebuild-lock")
    }
    expect(await update("--rebuild-lock")).toMatchObject({ exitCode: 0 })
    expect(read(project, "meshwright.lock")).toBe(lock)
    expect(read(project, "a.txt")).toBe(lines({ two: "OURS" }))
    template("1.1.0", { "a.txt": lines({ eight: "THEIRS" }) })
    expect(await update()).toMatchObject({ exitCode: 0 })
    expect(read(project, "a.txt")).toBe(lines({ two: "OURS", eight: "THEIRS" }))
  })

  test("a damaged lock that is not committed, or unmerged, is rebuilt without --allow-dirty, and the update can be undone", async () => {
    await start({ "a.txt": lines() })
    const lock = read(project, "meshwright.lock")
    write(project, { "meshwright.lock": lock.slice(9) })
    expect(await meshwright(["update", "--yes", "--rebuild-lock"], { cwd: project })).toMatchObject({ exitCode: 0 })
    expect(read(project, "meshwright.lock")).toBe(lock)
    expect(await meshwright(["update", "--abort"], { cwd: project })).toMatchObject({ exitCode: 0 })
    expect(read(project, "meshwright.lock")).toBe(lock.slice(9))

    await git(project, "checkout", "--quiet", "-b", "other")
    await commitAll(project)
    await git(project, "checkout", "--quiet", "main")
    write(project, { "meshwright.lock": `# main\n${lock}` })
    await commitAll(project)
    await expect(git(project, "merge", "--quiet", "other")).rejects.toThrow("CONFLICT")
    expect(await meshwright(["update", "--yes", "--rebuild-lock"], { cwd: project })).toMatchObject({ exitCode: 0 })
    expect(read(project, "meshwright.lock")).toBe(lock)
  })

  test("a lock that is rebuilt while a conflict is open knows of it", async () => {
    await start({ "a.txt": lines() })
    write(project, { "a.txt": lines({ two: "OURS" }) })
    await commitAll(project)
    template("1.1.0", { "a.txt": lines({ two: "THEIRS" }) })
    expect(await update()).toMatchObject({ exitCode: 3 })
    const lock = read(project, "meshwright.lock")
    write(project, { "meshwright.lock": null })
    expect(await update("--rebuild-lock")).toMatchObject({ exitCode: 0 })
    expect(read(project, "meshwright.lock")).toBe(lock)
    expect(await meshwright(["check"], { cwd: project })).toMatchObject({ exitCode: 3 })
  })

  test("a lock of a version that is not there any more cannot be rebuilt", async () => {
    await start({ "a.txt": "a\n" })
    write(project, { "meshwright.lock": null })
    template("1.1.0", {})
    const { exitCode, document } = await json(["update", "--rebuild-lock"], { cwd: project })
    expect({ exitCode, code: document.error?.code }).toEqual({ exitCode: 1, code: "no-revision" })
    expect(existsSync(join(project, "meshwright.lock"))).toBe(false)
  })

  test("a broken meshwright.yml is told with line and column", async () => {
    await start({ "a.txt": "a\n" })
    write(project, { "meshwright.yml": `${read(project, "meshwright.yml")}anwsers: {}\n` })
    const { exitCode, document } = await json(["check"], { cwd: project })
    expect({ exitCode, error: document.error }).toMatchObject({
      exitCode: 1,
      error: { file: "meshwright.yml", message: expect.stringContaining("anwsers") as string },
    })
  })

  test("an older template is refused, unless it is asked for", async () => {
    await start({ "a.txt": "a\n" })
    template("1.1.0", { "a.txt": "A\n" })
    await update()
    template("1.0.0", { "a.txt": "a\n" })
    const before = stamps(project)
    const { exitCode, document } = await json(["update", "--yes", "--allow-dirty"], { cwd: project })
    expect({ exitCode, code: document.error?.code }).toEqual({ exitCode: 1, code: "older-template" })
    expect(stamps(project)).toEqual(before)
    expect(await update("--to", "1.0.0")).toMatchObject({ exitCode: 0 })
    expect(read(project, "a.txt")).toBe("a\n")
  })
})

describe("check and diff", () => {
  test("projects inside are named: they are checked by themselves", async () => {
    await start({ "a.txt": "a\n" })
    await succeed(["new", "--template", "./t", "--dest", "p/inner/one", "--yes", "--no-git"], { cwd })
    const { exitCode, document } = await json(["check"], { cwd: project })
    expect({ exitCode, findings: document.findings }).toMatchObject({
      exitCode: 0,
      findings: [
        { code: "projects-inside", severity: "info", message: expect.stringContaining("inner/one") as string },
      ],
    })
  })

  test("a newer template is told, with 3, and what it brings", async () => {
    await start({ "a.txt": "a\n", "b.txt": "b\n" })
    write(project, { "b.txt": "mine\n" })
    template("1.1.0", { "a.txt": "A\n" })
    const check = await json(["check"], { cwd: project })
    expect(check).toMatchObject({
      exitCode: 3,
      document: { findings: [{ code: "newer-template" }], template: { current: "1.0.0", newest: "1.1.0" } },
    })
    const incoming = await meshwright(["diff", "--incoming", "--exit-code"], { cwd: project })
    expect(incoming).toMatchObject({
      exitCode: 3,
      stdout: expect.stringContaining("--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-a\n+A\n") as string,
    })
    const ours = await meshwright(["diff"], { cwd: project })
    expect(ours).toMatchObject({ exitCode: 0, stdout: "--- a/b.txt\n+++ b/b.txt\n@@ -1 +1 @@\n-b\n+mine\n" })
  })

  test("a template whose content changed without its version is told too", async () => {
    await start({ "a.txt": "a\n" })
    template("1.0.0", { "a.txt": "A\n" })
    expect(await meshwright(["check"], { cwd: project })).toMatchObject({ exitCode: 3 })
  })

  test("they work from any folder of the project, and with --dest from outside", async () => {
    await start({ "deep/er/a.txt": "a\n" })
    write(project, { "deep/er/a.txt": "mine\n" })
    const expected = { exitCode: 3, stdout: expect.stringContaining("+mine") as string }
    expect(await meshwright(["diff", "--exit-code"], { cwd: join(project, "deep/er") })).toMatchObject(expected)
    expect(await meshwright(["diff", "--exit-code", "--dest", "p"], { cwd })).toMatchObject(expected)
    expect(await meshwright([], { cwd: join(project, "deep") })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("in 1 of its files") as string,
    })
  })
})

test("a domain added to a mesh's answers becomes a project; one taken out stays, and one that the team removed stays away", async () => {
  await succeed(["new", "mesh", "acme", "--set", "domains=sales,finance", "--yes"], { cwd })
  const mesh = join(cwd, "acme")
  await succeed(["update", "--set", "domains=sales,finance,hr"], { cwd: mesh })
  expect(read(mesh, "hr/meshwright.yml")).toContain("upstream_domain: finance")
  expect(filesBelow(join(mesh, "hr"))).toContain("dbt_project.yml")
  await commitAll(mesh)
  rmSync(join(mesh, "finance"), { recursive: true })
  await commitAll(mesh)
  await succeed(["update", "--set", "domains=sales,finance"], { cwd: mesh })
  expect(readdirSync(mesh)).toContain("hr")
  expect(readdirSync(mesh)).not.toContain("finance")
})

test("an answer to a question that does not apply is told", async () => {
  const run = await succeed(["new", "sales", "--yes", "--set", "platform_name=acme_platform"], { cwd })
  expect(run.stderr).toContain("platform_name")
})

test("a file of mode once follows an answer, and never a newer template, whatever comes together", async () => {
  const once = (version: string, more = "") =>
    `name: tiny\nversion: ${version}\ndescription: A tiny template\nfiles: [{path: "*.sql", mode: once}]\n` +
    `questions: [{name: who, type: input, message: Who, default: a}${more}]\n`
  write(cwd, {
    "once/template.yml": once("1.0.0"),
    "once/files/logic.sql": "select 0\n",
    "once/files/{{who}}.sql.hbs": "select '{{who}}'\n",
  })
  await succeed(["new", "--template", "once", "--dest", "p", "--yes"], { cwd })
  project = join(cwd, "p")
  write(cwd, {
    "once/template.yml": once("1.1.0", ", {name: more, type: input, message: More, default: x}"),
    "once/files/logic.sql": "select -1\n",
  })
  await succeed(["update"], { cwd: project })
  await commitAll(project)
  await succeed(["update", "--set", "who=b"], { cwd: project })
  expect(read(project, "logic.sql")).toBe("select 0\n")
  expect(read(project, "b.sql")).toBe("select 'b'\n")
  expect(filesBelow(project)).not.toContain("a.sql")
})
