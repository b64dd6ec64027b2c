import { join } from "node:path"
import { beforeEach, describe, expect, test } from "vitest"
import { json, meshwright, succeed } from "../helpers/cli.ts"
import { stamps, write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

const CHANGELOG = `# Changelog

## [1.4.0] - 2026-10-01

- dbt_utils 1.3.1

## 1.3.0

- the first
`
const PACKAGES = "packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n"
const TERRAFORM = 'resource "aws_s3_bucket" "logs" {\n  bucket = "logs"\n  acl    = "private"\n}\n'

let cwd: string
let project: string

/** A project of 1.3.0 that the team changed, and 1.4.0 out. */
beforeEach(async () => {
  cwd = folder()
  project = join(cwd, "p")
  write(cwd, {
    "t/template.yml": "{name: tiny, version: 1.3.0, description: A tiny template, notes: CHANGELOG.md}\n",
    "t/CHANGELOG.md": CHANGELOG,
    "t/files/packages.yml": PACKAGES,
    "t/files/infra/main.tf": TERRAFORM,
    "t/files/dbt_project.yml": "name: sales\nvars: {start: 2020}\n",
    "t/files/models/a.sql": "select 1\nfrom a\n",
  })
  await succeed(["new", "--template", "./t", "--dest", "p", "--yes"], { cwd })
  write(project, {
    "packages.yml": `${PACKAGES}  - package: metaplane/dbt_expectations\n    version: 0.10.8\n  - local: ../platform\n`,
    "infra/main.tf": TERRAFORM.replace('"private"', '"log-delivery"'),
  })
  write(cwd, {
    "t/template.yml": "{name: tiny, version: 1.4.0, description: A tiny template, notes: CHANGELOG.md}\n",
    "t/files/packages.yml": PACKAGES.replace("1.3.0", "1.3.1"),
    "t/files/infra/main.tf": TERRAFORM.replace('"private"', '"public-read"'),
    "t/files/dbt_project.yml": "name: sales\nvars: {start: 2024}\n",
    "t/files/models/a.sql": "select 1\nfrom b\n",
  })
})

const EXPLAINED = `tiny 1.3.0 → 1.4.0: would be 2 updated, 1 merged, 1 conflict
  ~ dbt_project.yml  changed by the template
      vars.start: template 2020 → 2024
  ! infra/main.tf  changed by both
      resource "aws_s3_bucket" "logs".acl: template "private" → "public-read", yours "log-delivery" (conflict)
  ~ models/a.sql  changed by the template
      line 2: template from a → from b
  ~ packages.yml  changed by both
      packages[package=dbt-labs/dbt_utils].version: template 1.3.0 → 1.3.1; yours added 2 packages

What is new in 1.4.0:
  - dbt_utils 1.3.1
`
const DECIDE = `
1 place needs your decision:
  infra/main.tf, resource "aws_s3_bucket" "logs".acl (line 3): you and the template changed the same place
`
const DIFF = "--- a/models/a.sql\n+++ b/models/a.sql\n@@ -1,2 +1,2 @@\n select 1\n-from a\n+from b\n"

describe("what comes from whom", () => {
  test("a dry run tells it by file and by key, with the release notes", async () => {
    const before = stamps(cwd)
    const run = await meshwright(["update", "--dry-run"], { cwd: project })
    expect(run).toMatchObject({ exitCode: 3, stdout: EXPLAINED + DECIDE })
    expect(stamps(cwd)).toEqual(before)
  })

  test("so does diff --incoming, with the diffs", async () => {
    const { exitCode, stdout } = await meshwright(["diff", "--incoming", "--exit-code"], { cwd: project })
    expect(exitCode).toBe(3)
    expect(stdout.startsWith(EXPLAINED)).toBe(true)
    expect(stdout).toContain(DIFF)
    expect(stdout.endsWith(DECIDE)).toBe(true)
  })

  test("--verbose adds the diffs, before and after, in colours where they are wanted", async () => {
    const plain = await meshwright(["update", "--dry-run", "--verbose"], { cwd: project })
    expect(plain.stdout).toContain(DIFF)
    expect(plain.stdout).not.toContain("\u001b")
    const env = { FORCE_COLOR: "1" }
    const coloured = await meshwright(["diff", "--incoming", "--verbose"], { cwd: project, env })
    expect(coloured.stdout).toContain("\u001b[31m-from a\u001b[39m\n\u001b[32m+from b\u001b[39m")
    const refused = await meshwright(["diff", "--incoming", "--no-color"], { cwd: project, env })
    expect(refused.stdout).not.toContain("\u001b")
    const done = await meshwright(["update", "--allow-dirty", "--verbose"], { cwd: project })
    expect(done).toMatchObject({ exitCode: 3, stdout: expect.stringContaining(DIFF) as string })
    expect(done.stdout).toContain("      vars.start: template 2020 → 2024\n")
  })

  test("--json has it all", async () => {
    const { document } = await json(["update", "--dry-run", "--verbose"], { cwd: project })
    expect(document).toMatchObject({
      notes: [{ version: "1.4.0", text: "- dbt_utils 1.3.1" }],
      files: [
        {
          path: "dbt_project.yml",
          merged: [{ at: "vars.start", what: "changed", from: "theirs", old: "2020", new: "2024" }],
        },
        {
          path: "infra/main.tf",
          merged: [{ at: 'resource "aws_s3_bucket" "logs".acl', from: "conflict", ours: '"log-delivery"' }],
          conflicts: [{ at: 'resource "aws_s3_bucket" "logs".acl', line: 3, theirs: '  acl    = "public-read"' }],
        },
        { path: "models/a.sql", merged: [{ at: "line 2", line: 2 }] },
        {
          path: "packages.yml",
          merged: [{ at: "packages[package=dbt-labs/dbt_utils].version", old: "1.3.0", new: "1.3.1", line: 3 }],
          yours: [{ at: "packages", added: ["[package=metaplane/dbt_expectations]", "[local=../platform]"] }],
        },
      ],
      diffs: expect.arrayContaining([{ path: "models/a.sql", status: "changed", text: DIFF }]) as unknown,
    })
    const incoming = await json(["diff", "--incoming"], { cwd: project })
    expect(incoming.document).toMatchObject({
      template: { from: "1.3.0", to: "1.4.0" },
      notes: [{ version: "1.4.0" }],
      changes: document.files,
      summary: document.summary,
    })
  })
})

test("a secret never shows, old or new", async () => {
  const manifest = (version: string) =>
    `{name: tiny, version: ${version}, description: d, questions: [{name: token, type: password, message: T}]}\n`
  write(cwd, { "s/template.yml": manifest("1.0.0"), "s/files/env.yml.hbs": "token: {{yaml token}}\nx: 1\ny: 1\n" })
  await succeed(["new", "--template", "./s", "--dest", "q", "--yes", "--set", "token=old-hunter"], { cwd })
  write(join(cwd, "q"), { "env.yml": "token: own-hunter\nx: 1\ny: 2\n" })
  write(cwd, { "s/template.yml": manifest("1.1.0"), "s/files/env.yml.hbs": "token: {{yaml token}}\nx: 2\ny: 1\n" })
  const args = ["--dry-run", "--verbose", "--set", "token=new-hunter"]
  for (const more of [[], ["--json"]]) {
    const { stdout } = await meshwright(["update", ...args, ...more], { cwd: join(cwd, "q") })
    expect(stdout).toContain("(secret)")
    expect(stdout).not.toContain("new-hunter")
    expect(stdout).not.toContain("old-hunter")
    expect(stdout).not.toContain("own-hunter")
  }
})

describe("release notes", () => {
  const NOTES: readonly (readonly [what: string, notes: string, message: string])[] = [
    ["missing", "NEWS.md", "does not exist"],
    ["a folder", "files", "is a folder"],
    ["elsewhere", "../../NEWS.md", "is outside of"],
  ]
  test.each(NOTES)("%s: the template is told to be wrong, with file and line", async (_, notes, message) => {
    write(cwd, { "t/template.yml": `name: tiny\nversion: 1.4.0\ndescription: d\nnotes: ${notes}\n`, "../NEWS.md": "x" })
    const { exitCode, document } = await json(["update", "--dry-run"], { cwd: project })
    expect(exitCode).toBe(1)
    expect(document.error).toMatchObject({ code: "no-notes", file: join(cwd, "t/template.yml"), line: 4 })
    expect(document.error?.message).toContain(`notes: ${notes} ${message}`)
  })

  test("a new version that changes no file tells them too", async () => {
    write(cwd, { "t/files": null })
    write(cwd, {
      "t/files/packages.yml": PACKAGES,
      "t/files/infra/main.tf": TERRAFORM,
      "t/files/dbt_project.yml": "name: sales\nvars: {start: 2020}\n",
      "t/files/models/a.sql": "select 1\nfrom a\n",
    })
    const { stdout } = await meshwright(["update", "--allow-dirty"], { cwd: project })
    expect(stdout).toBe(
      "tiny 1.3.0 → 1.4.0: up to date; its records are renewed\n\nWhat is new in 1.4.0:\n  - dbt_utils 1.3.1\n",
    )
  })
})

test("what of the template does not come in is told, without being asked for", async () => {
  write(project, {
    "packages.yml": PACKAGES.replace("1.3.0", "1.4.0"),
    "infra/main.tf": TERRAFORM,
    "dbt_project.yml": "name: sales\n# no vars\n",
  })
  const { exitCode, stdout } = await meshwright(["update", "--yes", "--allow-dirty"], { cwd: project })
  expect(exitCode).toBe(0)
  expect(stdout).toContain(
    "  = packages.yml  changed by both\n" +
      "      packages[package=dbt-labs/dbt_utils].version: template 1.3.0 → 1.3.1, yours 1.4.0 (not taken: yours is higher)\n",
  )
  expect(stdout).toContain("      vars: template {start: 2020} → {start: 2024} (not taken: yours stays)\n")
  expect(stdout).not.toContain("private")
})
