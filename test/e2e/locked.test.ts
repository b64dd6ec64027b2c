import { beforeEach, describe, expect, test } from "vitest"
import { json, meshwright, type JsonDocument, type Run } from "../helpers/cli.ts"
import { read, write } from "../helpers/files.ts"
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
        "  `meshwright update` restores it; where it has to differ, ask for an exception in meshwright.yml",
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
      { code: "exception-unused", severity: "warning", file: "meshwright.yml", line: 6 },
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
        { line: 6, column: 27 },
        { line: 6, column: 5 },
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
