import { beforeEach, describe, expect, test } from "vitest"
import { commitAll, json, meshwright, type JsonDocument, type Run } from "../helpers/cli.ts"
import { filesBelow, makeExecutable, read, write } from "../helpers/files.ts"
import { tiny, type Tiny } from "../helpers/tiny.ts"

const POLICY = "docs/policies/standard-ci.md"
const DATES = `warn_from: 2026-12-01, error_from: 2027-01-15, policy: ${POLICY}`
const CI = "name: ci\non: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    timeout-minutes: 30\n"
const DBT = `# Settings of the project.
name: sales
models:
  +access: protected # by policy
  sales:
    +materialized: view

flags:
  send_anonymous_usage_stats: false
  use_colors: true
`
const RULES = `files:
  - { path: ci.yml, locked: { ${DATES} } }
  - { path: dbt_project.yml, locked: { keys: [flags, models.+access], ${DATES} } }
`

let work: Tiny

/** Gives the template a version with these rules. */
function template(version: string, files: Readonly<Record<string, string | null>>, rules = RULES): void {
  work.template(version, files)
  write(work.cwd, { "t/template.yml": `name: tiny\nversion: ${version}\ndescription: a test\n${rules}` })
}

function on(today: string) {
  const options = { cwd: work.project, env: { MESHWRIGHT_TODAY: today } }
  return {
    check: async (...args: readonly string[]): Promise<Run> => meshwright(["check", ...args], options),
    findings: async (): Promise<{ readonly exitCode: number } & JsonDocument> => {
      const { exitCode, document } = await json(["check"], options)
      return { exitCode, ...document }
    },
    update: async (...args: readonly string[]): Promise<Run> => meshwright(["update", ...args], options),
  }
}

beforeEach(async () => {
  work = tiny()
  template("1.0.0", { "ci.yml": CI, "dbt_project.yml": DBT, "README.md": "# Sales\n" })
  await work.create({
    "dbt_project.yml": DBT.replace("access: protected", "access: public").replace("view", "table"),
  })
})

describe("check", () => {
  test("an announced rule is told on demand, then a deviation is a warning, then an error", async () => {
    const early = await on("2026-11-30").check()
    expect(early).toMatchObject({ exitCode: 0, stdout: "In sync with ../t 1.0.0\n" })
    expect((await on("2026-11-30").check("--verbose")).stdout).toContain(
      "models.+access is public instead of protected; locked by the template; a warning in 1 day, from 2026-12-01 on, and fails from 2027-01-15 on",
    )
    const warned = await on("2027-01-03").check()
    expect(warned).toMatchObject({ exitCode: 0 })
    expect(warned.stdout).toBe(
      [
        `warning: dbt_project.yml:4:1: models.+access is public instead of protected; locked by the template; fails in 12 days, from 2027-01-15 on (policy: ${POLICY})`,
        "  `meshwright update` restores it; where it has to differ, and that is approved: `meshwright add exception`",
        "In sync with ../t 1.0.0",
        "",
      ].join("\n"),
    )
    const failed = await on("2027-01-15").check()
    expect(failed.exitCode).toBe(3)
    expect(failed.stdout).toMatch(/^error: dbt_project\.yml:4:1: models\.\+access is public.*; fails since 2027-01-15/)
  })

  test("--json tells all of it", async () => {
    const { exitCode, findings } = await on("2027-01-03").findings()
    expect({ exitCode, findings }).toEqual({
      exitCode: 0,
      findings: [
        {
          code: "locked",
          severity: "warning",
          message: expect.stringContaining("models.+access") as string,
          file: "dbt_project.yml",
          line: 4,
          column: 1,
          hint: expect.stringContaining("meshwright update") as string,
          what: "changed",
          key: "models.+access",
          expected: "protected",
          found: "public",
          policy: POLICY,
          warnFrom: "2026-12-01",
          errorFrom: "2027-01-15",
          daysLeft: 12,
        },
      ],
    })
  })

  test("a value, a key that is gone, one too many, a file that is gone or moved; comments and layout do not count", async () => {
    write(work.project, {
      "dbt_project.yml": DBT.replace("  use_colors: true\n", "  mine: 1\n").replace(
        "protected # by policy",
        '"protected"',
      ),
      "ci.yml": null,
      "own.yml": CI,
    })
    const { exitCode, findings } = await on("2027-02-01").findings()
    expect(exitCode).toBe(3)
    expect(findings).toMatchObject([
      { file: "ci.yml", what: "deleted" },
      { file: "dbt_project.yml", what: "missing", key: "flags.use_colors", expected: "true", line: 8 },
      { file: "dbt_project.yml", what: "added", key: "flags.mine", found: "1", line: 10 },
    ])
    write(work.project, { "dbt_project.yml": DBT, "ci.yml": CI.replace("30", "90"), "own.yml": null })
    expect((await on("2027-02-01").findings()).findings).toMatchObject([
      { file: "ci.yml", what: "changed", key: "jobs.build.timeout-minutes", expected: "30", found: "90", line: 6 },
    ])
    write(work.project, { "ci.yml": CI })
    makeExecutable(work.project, "ci.yml")
    expect((await on("2027-02-01").findings()).findings).toMatchObject([
      { what: "mode", expected: "644", found: "755" },
    ])
    write(work.project, { "ci.yml": null })
    write(work.project, { "ci.yml": CI.replaceAll("\n", "\r\n") })
    expect(await on("2027-02-01").findings()).toMatchObject({ exitCode: 0, findings: [] })
  })

  test("an exception holds to the end of its last day, then it is told as over; what it is not for is told", async () => {
    const until = "key: models.+access, reason: a partner reads it, approved_by: '@acme/platform', until: 2027-02-28"
    write(work.project, {
      "meshwright.yml": `${read(work.project, "meshwright.yml")}exceptions:\n  - {path: "*.yml", ${until}}\n`,
    })
    const allowed = await on("2027-02-28").check()
    expect(allowed).toMatchObject({ exitCode: 0 })
    expect(allowed.stdout).toContain(
      "models.+access is public instead of protected; locked by the template; allowed until 2027-02-28 (today): a partner reads it, approved by @acme/platform",
    )
    const { exitCode, findings } = await on("2027-03-01").findings()
    expect({ exitCode, findings }).toMatchObject({
      exitCode: 3,
      findings: [{ code: "exception-expired", severity: "error", exception: { until: "2027-02-28", daysLeft: -1 } }],
    })
    expect((await on("2026-12-24").findings()).findings).toMatchObject([
      { code: "locked-exception", severity: "info", exception: { approvedBy: "@acme/platform", daysLeft: 66 } },
    ])
    write(work.project, { "dbt_project.yml": DBT.replace("use_colors: true", "use_colors: false") })
    expect((await on("2027-02-01").findings()).findings).toMatchObject([
      { code: "locked", key: "flags.use_colors" },
      { code: "exception-unused", severity: "warning", file: "meshwright.yml", line: 7 },
    ])
  })

  test("a wrong exception stops with every problem and its place", async () => {
    write(work.project, {
      "meshwright.yml": `${read(work.project, "meshwright.yml")}exceptions:\n  - {path: ci.yml, until: soon}\n`,
    })
    const { exitCode, errors } = await on("2027-02-01").findings()
    expect({ exitCode, errors }).toMatchObject({
      exitCode: 1,
      errors: [
        { line: 7, column: 5 },
        { line: 7, column: 27 },
      ],
    })
  })

  test("without the template: locked content is checked; that a newer one could not be looked for has a code of its own", async () => {
    write(work.cwd, { "t/template.yml": null })
    const warned = await on("2027-01-03").findings()
    expect(warned).toMatchObject({ exitCode: 1, error: { message: expect.stringContaining("template") as string } })
    expect(warned.findings).toMatchObject([{ code: "locked", severity: "warning" }])
    expect(warned.template).toEqual({ source: "../t", current: "1.0.0" })
    expect(await on("2027-01-15").findings()).toMatchObject({ exitCode: 3, findings: [{ severity: "error" }] })
    const text = await on("2027-01-03").check()
    expect(text.stdout).toContain("whether a newer one is out could not be told")
    expect(text.stderr).toMatch(/^error: /)
  })
})

describe("update", () => {
  const late = "2027-02-01"

  test("puts locked content back, also with nothing new in the template, and leaves the rest; then there is nothing to do", async () => {
    const { project } = work
    write(project, {
      "ci.yml": CI.replace("30", "90"),
      "dbt_project.yml": read(project, "dbt_project.yml")
        .replace("public # by policy", "public # ours")
        .replace("  use_colors: true\n", "  mine: 1\nvars: {a: 1} # ours\n"),
    })
    await commitAll(project)
    const dry = await on(late).update("--dry-run")
    expect(dry).toMatchObject({ exitCode: 0 })
    expect(dry.stdout).toContain(`ci.yml  restored: locked by ${POLICY}`)
    expect(dry.stdout).toContain("models.+access: put back protected, yours public")
    expect(dry.stdout).toContain("flags.mine: taken out, yours 1")
    const summary = await on(late).update("--dry-run", "--summary", "-")
    expect(summary.stdout).toContain(`restored: locked by ${POLICY}`)
    expect(summary.stdout).toContain("flags.use_colors`: put back `true`")
    const { document } = await json(["update", "--dry-run"], { cwd: project, env: { MESHWRIGHT_TODAY: late } })
    expect(document.files).toMatchObject([
      { path: "ci.yml", action: "update", reason: "locked", restored: [{ policy: POLICY }] },
      {
        path: "dbt_project.yml",
        reason: "locked",
        restored: [
          { key: "models.+access", expected: "protected", found: "public", policy: POLICY },
          { key: "flags.use_colors", expected: "true" },
          { key: "flags.mine", found: "1" },
        ],
      },
    ])
    expect(await on(late).update()).toMatchObject({ exitCode: 0 })
    expect(read(project, "ci.yml")).toBe(CI)
    expect(read(project, "dbt_project.yml")).toBe(
      DBT.replace("# by policy", "# ours").replace("view", "table") + "vars: {a: 1} # ours\n",
    )
    expect(await on(late).findings()).toMatchObject({ exitCode: 0, findings: [] })
    await commitAll(project)
    expect((await on(late).update()).stdout).toContain("up to date")
  })

  test("before the day of warning it merges as ever", async () => {
    template("1.1.0", { "dbt_project.yml": DBT.replace("name: sales", "name: sales2") })
    expect(await on("2026-11-30").update()).toMatchObject({ exitCode: 0 })
    expect(read(work.project, "dbt_project.yml")).toContain("+access: public")
  })

  test("no conflict is left in a locked place; elsewhere there is one as ever", async () => {
    const { project } = work
    template("1.1.0", {
      "dbt_project.yml": DBT.replace("protected # by policy", "private # by policy").replace("view", "ephemeral"),
    })
    const { exitCode } = await on(late).update()
    expect(exitCode).toBe(3)
    const text = read(project, "dbt_project.yml")
    expect(text).toContain("+access: private")
    expect(text).not.toContain("public")
    expect(text.match(/^(?:<<<<<<<|>>>>>>>)/gm)).toHaveLength(2)
    write(project, { "dbt_project.yml": text.replace(/^<{7}[^]*?^={7}\n([^]*?)^>{7}.*\n/m, "$1") })
    expect(await on(late).findings()).toMatchObject({ exitCode: 0, findings: [] })
  })

  test("with an exception the team's value stays, and a conflict is a conflict again", async () => {
    const { project } = work
    const fields = "reason: r, approved_by: a, until: 2027-02-28"
    write(project, {
      "meshwright.yml": `${read(project, "meshwright.yml")}exceptions:\n  - {path: dbt_project.yml, key: models.+access, ${fields}}\n`,
    })
    await commitAll(project)
    expect((await on("2027-02-28").update()).stdout).toContain("up to date")
    expect(read(project, "dbt_project.yml")).toContain("+access: public")
    expect((await on("2027-03-01").update("--dry-run")).stdout).toContain("models.+access: put back protected")
    template("1.1.0", { "dbt_project.yml": DBT.replace("protected", "private") })
    expect((await on("2027-02-28").update("--dry-run")).exitCode).toBe(3)
  })

  test("an exception goes along with a file that the template has elsewhere now", async () => {
    const { project } = work
    const ours = CI.replace("30", "90")
    const exception = "{path: ci.yml, reason: r, approved_by: a, until: 2027-02-28}"
    write(project, {
      "ci.yml": ours,
      "meshwright.yml": `${read(project, "meshwright.yml")}exceptions:\n  - ${exception}\n`,
    })
    await commitAll(project)
    const renames = "renames: [{from: ci.yml, to: ci/main.yml, since: 1.1.0}]\n"
    template(
      "1.1.0",
      { "ci.yml": null, "ci/main.yml": CI },
      `${RULES.replace("path: ci.yml", "path: ci/main.yml")}${renames}`,
    )
    const { stdout } = await on(late).update()
    expect(stdout).toContain("ci/main.yml (from ci.yml)  renamed by the template")
    expect(stdout).toContain("The template has ci.yml at ci/main.yml now: its exception goes along.")
    expect(read(project, "ci/main.yml")).toBe(ours)
    expect(read(project, "meshwright.yml")).toContain(exception.replace("ci.yml", "ci/main.yml"))
    expect(await on(late).findings()).toMatchObject({ exitCode: 0, findings: [{ code: "locked-exception" }] })
  })

  test("a conflict elsewhere, or one decided for the template, hides nothing of what is put back", async () => {
    template("1.1.0", {
      "dbt_project.yml": DBT.replace("protected", "private").replace("view", "ephemeral").replace("sales #", "s #"),
    })
    const dry = await on(late).update("--dry-run")
    expect(dry.stdout).toContain("models.+access: put back private, yours public")
    expect(dry.stdout).not.toContain("not taken")
    expect(dry.stdout).not.toMatch(/yours changed .*access/)
    const taken = await on(late).update("--conflict", "theirs")
    expect(taken.stdout).toContain("models.+access: put back private, yours public")
  })

  test("deleted files come back, moved ones go back; a copy that was edited stays as the team's", async () => {
    const { project } = work
    const dbt = DBT.replace("view", "table")
    write(project, { "ci.yml": null, "other/ci.yml": CI, "dbt_project.yml": null, "sub/dbt_project.yml": dbt })
    await commitAll(project)
    expect(await on(late).update()).toMatchObject({ exitCode: 0 })
    expect(read(project, "ci.yml")).toBe(CI)
    expect(read(project, "dbt_project.yml")).toBe(DBT.replace("view", "table"))
    expect(filesBelow(project)).not.toContain("other/ci.yml")
    expect(filesBelow(project)).not.toContain("sub/dbt_project.yml")
    await commitAll(project)
    write(project, { "ci.yml": null, "own.yml": CI.replace("30", "90") })
    await commitAll(project)
    expect(await on(late).update()).toMatchObject({ exitCode: 0 })
    expect([read(project, "ci.yml"), read(project, "own.yml")]).toEqual([CI, CI.replace("30", "90")])
    expect(await on(late).findings()).toMatchObject({ exitCode: 0, findings: [] })
  })

  test("update.keep is no way around; rules of a new version arrive with an update", async () => {
    const { project } = work
    template(
      "1.1.0",
      {},
      `${RULES}  - { path: "*.md", mode: once }\n  - { path: README.md, locked: { policy: "https://example.com/readme" } }\n`,
    )
    write(project, {
      "README.md": "# Ours\n",
      "meshwright.yml": `${read(project, "meshwright.yml")}update: {keep: [README.md, dbt_project.yml]}\n`,
    })
    await commitAll(project)
    expect((await on(late).findings()).findings?.map(({ file }) => file)).not.toContain("README.md")
    expect((await on(late).update()).stdout).toContain("README.md  restored: locked by https://example.com/readme")
    expect(read(project, "README.md")).toBe("# Sales\n")
    expect(await on(late).findings()).toMatchObject({ exitCode: 0, findings: [] })
  })

  test("answers to secret questions are never told", async () => {
    const rules = `questions:\n  - { name: token, type: password, message: Token }\n${RULES}`
    template("1.1.0", { "dbt_project.yml": null, "dbt_project.yml.hbs": `${DBT}  token: {{yaml token}}\n` }, rules)
    const secret = "s3cr3t-t0ken"
    await commitAll(work.project)
    await on(late).update("--yes", "--set", `token=${secret}`)
    const { project } = work
    write(project, { "dbt_project.yml": read(project, "dbt_project.yml").replace(secret, "other-t0ken") })
    const check = await on(late).check("--json")
    expect(check.stdout).toContain("flags.token differs; locked by the template")
    expect(check.stdout).not.toMatch(/s3cr3t|other-t0ken/)
    const dry = await on(late).update("--dry-run", "--json", "--yes", "--set", `token=${secret}`)
    expect(dry.stdout).toContain("flags.token")
    expect(dry.stdout).not.toMatch(/s3cr3t/)
  })
})
