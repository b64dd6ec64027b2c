import { join } from "node:path"
import { beforeEach, describe, expect, test } from "vitest"
import { commitAll, json, meshwright, succeed } from "../helpers/cli.ts"
import { read, write } from "../helpers/files.ts"
import { answer, see, terminal } from "../helpers/terminal.ts"
import { folder } from "../helpers/workspace.ts"

const OLD = `name: t
version: 1.0.0
description: a test
questions:
  - {name: owner, type: input, message: Owner, default: "@acme/core"}
  - {name: ci, type: confirm, message: CI?, default: true}
  - {name: shards, type: input, message: Shards, default: many}
`
const NEW = `name: t
version: 1.2.0
description: a test
questions:
  - {name: team, type: input, message: Team, default: "@acme/core"}
  - {name: shards, type: number, message: Shards, default: 2}
renames:
  - {question: owner, to: owner_team, since: 1.1.0}
  - {question: owner_team, to: team, since: 1.2.0}
`
const RECORD = `template: ../t
version: 1.0.0
answers:
  # Who is called at night.
  owner: "@acme/sales" # since May
  ci: true
  shards: many
`

let cwd: string
let project: string
beforeEach(async () => {
  cwd = folder()
  project = join(cwd, "p")
  write(cwd, { "t/template.yml": OLD, "t/files/a.yml.hbs": "team: {{yaml owner}}\n" })
  await succeed(["new", "--template", "./t", "--dest", "p", "--yes", "--set", "owner=@acme/sales"], { cwd })
  write(project, { "meshwright.yml": RECORD })
  await commitAll(project)
  write(cwd, { "t/template.yml": NEW, "t/files/a.yml.hbs": "team: {{yaml team}}\nshards: {{shards}}\n" })
})

describe("an update to a template whose questions have other names", () => {
  test("asks what the record does not tell any more, with the old answer", async () => {
    const { exitCode, document } = await json(["update"], { cwd: project })
    expect(exitCode).toBe(2)
    expect(document.errors).toEqual([
      expect.objectContaining({
        code: "outdated-answer",
        message: 'shards: "many", as answered before, must be a number',
        hint: "--set shards=…",
      }),
    ])
    const asked = await terminal(
      ["update"],
      [
        see('shards: "many", as answered before, must be a number'),
        ...answer("? Shards (2)", "4"),
        see("1.0.0 → 1.2.0"),
      ],
      { cwd: project },
    )
    expect(asked.exitCode).toBe(0)
    expect(read(project, "a.yml")).toBe('team: "@acme/sales"\nshards: 4\n')
  })

  test("takes the answer along, in place, and tells of one that is gone", async () => {
    const { stdout } = await succeed(["update", "--set", "shards=4"], { cwd: project })
    expect(stdout).toContain("The question owner is called team now: its answer goes along.")
    expect(stdout).toContain("The question ci is gone: its answer, true, is taken out of meshwright.yml.")
    expect(read(project, "meshwright.yml")).toBe(
      RECORD.replace("1.0.0", "1.2.0").replace("owner:", "team:").replace("  ci: true\n", "").replace("many", "4"),
    )
    expect(read(project, "a.yml")).toBe('team: "@acme/sales"\nshards: 4\n')
    const again = await json(["update"], { cwd: project })
    expect(again.document).toMatchObject({ summary: { updated: 0 } })
    expect(again.document).not.toHaveProperty("remarks")
    expect((await meshwright(["check"], { cwd: project })).exitCode).toBe(0)
  })

  test("takes an edited answer under its old name, and tells all in --json and --summary", async () => {
    write(project, { "meshwright.yml": RECORD.replace("@acme/sales", "@acme/night") })
    const args = ["update", "--allow-dirty", "--set", "shards=4", "--summary", "../summary.md"]
    const { document } = await json(args, { cwd: project })
    expect(document.remarks).toEqual([
      expect.objectContaining({ code: "answer-renamed", severity: "info", file: "meshwright.yml", line: 5 }),
      expect.objectContaining({ code: "answer-removed", line: 6 }),
    ])
    expect(read(cwd, "summary.md")).toContain("The question owner is called team now")
    expect(read(project, "a.yml")).toBe('team: "@acme/night"\nshards: 4\n')
    expect(read(project, "meshwright.yml")).toContain('  team: "@acme/night" # since May\n')
  })

  test("takes answers that are given under old names, with a remark", async () => {
    write(cwd, { "a.yml": "owner_team: '@acme/file'\n" })
    const flag = await meshwright(["update", "--dry-run", "--set", "shards=4", "--set", "owner=@acme/x"], {
      cwd: project,
    })
    expect(flag.stdout).toContain("--set owner: the question is called team now; write --set team=…")
    const file = await json(["update", "--set", "shards=4", "--answers", "../a.yml"], { cwd: project })
    expect(file.document.remarks).toContainEqual(
      expect.objectContaining({ code: "old-question-name", file: "../a.yml", line: 1 }),
    )
    expect(read(project, "a.yml")).toContain("@acme/file")

    const env = { MESHWRIGHT_ANSWER_OWNER: "@acme/env" }
    const created = await succeed(["new", "--template", "./t", "--dest", "q", "--yes"], { cwd, env })
    expect(created.stderr).toContain("MESHWRIGHT_ANSWER_OWNER: the question is called team now")
    expect(read(join(cwd, "q"), "a.yml")).toContain("@acme/env")
    const both = ["--set", "owner=@acme/x", "--set", "team=@acme/y"]
    const twice = await succeed(["new", "--template", "./t", "--dest", "r", "--yes", ...both], { cwd })
    expect(twice.stderr).toContain("which is given too: --set owner is not used")
    expect(read(join(cwd, "r"), "a.yml")).toContain("@acme/y")
  })
})

describe("a template for another meshwright", () => {
  test("is refused with what to do, before what this one does not know", async () => {
    write(cwd, { "t/template.yml": `${NEW}requires: {meshwright: ">=99"}\nteams: [a]\nquestions: 5\n` })
    for (const args of [["new", "--template", "../t", "--dest", "../q"], ["update"], ["check"]]) {
      const { exitCode, stderr, stdout } = await meshwright(args, { cwd: project })
      expect(exitCode, args.join(" ")).not.toBe(0)
      expect(stdout + stderr).toContain("template.yml:10:24: this template needs meshwright >=99, and this is ")
      expect(stdout + stderr).toContain("run it with a version that fits: npx meshwright@latest …")
      expect(stdout + stderr).not.toContain("teams")
    }
  })
})
