import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { commitAll, git, json, meshwright, succeed } from "../helpers/cli.ts"
import { read, snapshot, write } from "../helpers/files.ts"
import { answer, CTRL_C, DOWN, ENTER, see, terminal, type } from "../helpers/terminal.ts"
import { tiny } from "../helpers/tiny.ts"
import { folder } from "../helpers/workspace.ts"

const MODELS = `version: 2

models:
  # The orders that count.
  - name: fct_orders
    description: 'One row per order.'   # agreed with finance

  - name: dim_customers
    description: "One row per customer."
`

/** A dbt project of a small template, with what a team has made of it. */
async function project(files: Readonly<Record<string, string | null>> = {}): Promise<string> {
  const { template, create, project: root } = tiny()
  template("1.0.0", { "dbt_project.yml": "name: sales\nmodels:\n  sales:\n    +group: sales\n" })
  await create({
    "models/_groups.yml": "groups:\n  - name: sales\n    owner:\n      email: sales@example.com\n",
    "models/marts/_models.yml": MODELS,
    "models/marts/fct_orders.sql": "select 1 as id\n",
    "models/marts/dim_customers.sql": "select 1 as id\n",
    ...files,
  })
  return root
}

describe("meshwright add", () => {
  let refusing: Promise<string> | undefined

  test("adds a model: its file, and its entry where the folder has them; all else there keeps its bytes", async () => {
    const cwd = await project()
    const before = snapshot(cwd)
    const dry = await succeed(["add", "model", "fct_returns", "--set", "from=fct_orders", "--dry-run"], { cwd })
    expect(snapshot(cwd)).toEqual(before)
    for (const part of ["+ models/marts/fct_returns.sql", "~ models/marts/_models.yml", "+  - name: fct_returns"])
      expect(dry.stdout).toContain(part)
    const { stdout } = await succeed(["add", "model", "fct_returns", "--set", "from=fct_orders"], { cwd })
    expect(stdout).toContain("dbt build --select fct_returns")
    expect(read(cwd, "models/marts/_models.yml")).toBe(
      `${MODELS}\n  - name: fct_returns\n    description: One row per fct_returns.\n`,
    )
    expect(read(cwd, "models/marts/fct_returns.sql")).toBe("select *\nfrom {{ ref('fct_orders') }}\n")
    const { "models/marts/_models.yml": _, "models/marts/fct_returns.sql": __, ...others } = snapshot(cwd)
    const { "models/marts/_models.yml": ___, ...othersBefore } = before
    expect(others).toEqual(othersBefore)
  })

  test("a model goes where models of its prefix are, with the columns that are known of the model that it reads", async () => {
    const columns = "    columns: [{name: day}, {name: customer_id, data_tests: [unique]}]\n"
    const cwd = await project({
      "models/marts/_models.yml": `models:\n  - name: dim_customers\n${columns}`,
      "models/int/_int__models.yml": "models: []\n",
    })
    await succeed(["add", "model", "int_days", "--set", "from=dim_customers"], { cwd })
    expect(read(cwd, "models/int/int_days.sql")).toBe(
      "select\n    customer_id,\n    day\nfrom {{ ref('dim_customers') }}\n",
    )
    expect(read(cwd, "models/int/_int__models.yml")).toMatch(/name: customer_id\n +data_tests: \[unique, not_null\]\n/)
    await succeed(["add", "model", "stg_shop__carts"], { cwd })
    expect(read(cwd, "models/staging/shop/stg_shop__carts.sql")).toContain("cast(null as varchar) as id")
  })

  test("works again without harm, and what it added is the team's", async () => {
    const cwd = await project()
    await succeed(["add", "data-product", "orders", "--set", "columns=id:integer", "--yes"], { cwd })
    await commitAll(cwd)
    const { stdout } = await succeed(["add", "data-product", "orders", "--set", "columns=id:integer", "--yes"], { cwd })
    expect(stdout).toContain("Nothing to do")
    expect(await git(cwd, "status", "--short")).toBe("")
    expect(read(cwd, "models/products/orders.yml")).toContain("owner: sales@example.com")
    expect(read(cwd, "meshwright.lock")).not.toContain("orders")
    expect((await succeed(["update"], { cwd })).stdout).toContain("up to date")
  })

  test("writes nothing where a file is there and says something else: a person is needed", async () => {
    const cwd = await project({ "models/marts/fct_returns.sql": "select 2 as id\n" })
    const before = snapshot(cwd)
    const { exitCode, document } = await json(["add", "model", "fct_returns"], { cwd })
    expect(exitCode).toBe(3)
    const message =
      "fct_returns is there already: models/marts/fct_returns.sql, with something else than what would be added"
    expect(document.errors).toMatchObject([{ code: "file-exists", file: "models/marts/fct_returns.sql", message }])
    expect(snapshot(cwd)).toEqual(before)
    write(cwd, { "models/staging/raw.yml": "sources:\n  - name: raw\n    schema: raw\n    tables: [{name: a}]\n" })
    const answers = ["--set", "tables=b", "--set", "schema=other", "--set", "staging=false"]
    const other = await json(["add", "source", "raw", ...answers], { cwd })
    expect(other.document.error).toMatchObject({
      message: expect.stringMatching(
        /raw.yml says otherwise at sources\[name=raw\].schema: .*raw.*would be .*other/,
      ) as unknown,
    })
  })

  test("adds to what has uncommitted changes, such as those of the last add, but not in the middle of a merge", async () => {
    const cwd = await project()
    const changed = MODELS.replace("One row per customer.", "Customers.")
    write(cwd, { "models/marts/_models.yml": changed })
    for (const name of ["fct_a1", "fct_a2"]) await succeed(["add", "model", name, "--set", "from=fct_orders"], { cwd })
    const entries = ["fct_a1", "fct_a2"].map((name) => `\n  - name: ${name}\n    description: One row per ${name}.\n`)
    expect(read(cwd, "models/marts/_models.yml")).toBe(changed + entries.join(""))
    await commitAll(cwd)
    await git(cwd, "checkout", "-q", "-b", "other", "HEAD~")
    write(cwd, { "other.txt": "a\n" })
    await commitAll(cwd)
    await git(cwd, "merge", "-q", "--no-ff", "--no-commit", "-")
    const before = snapshot(cwd)
    const { exitCode, document } = await json(["add", "model", "fct_a3"], { cwd })
    expect([exitCode, document.error?.code]).toEqual([1, "git-busy"])
    expect(snapshot(cwd)).toEqual(before)
  })

  test("a source goes where it is known, with its new tables", async () => {
    const sources = "sources:\n  - name: shop # the web shop\n    tables:\n      - name: carts\n"
    const cwd = await project({ "models/staging/raw.yml": sources })
    await succeed(["add", "source", "shop", "--set", "tables=visits", "--set", "staging=false"], { cwd })
    expect(read(cwd, "models/staging/raw.yml")).toBe(`${sources}      - name: visits\n`)
    const { document } = await json(["add", "source", "crm", "--set", "tables=a", "--set", "colour=red"], { cwd })
    expect(document.error?.message).toContain('the generator source has no question "colour"')
  })

  test("a domain gets its group, settings, owners and a first model", async () => {
    const cwd = await project({ ".github/CODEOWNERS": "* @acme/all\n" })
    const answers = ["--set", "owner_team=@acme/support", "--set", "owner_email=support@example.com"]
    await succeed(["add", "domain", "support", ...answers], { cwd })
    expect(read(cwd, "models/_groups.yml")).toMatch(/- name: sales[^]*- name: support[^]*support@example.com/)
    expect(read(cwd, "dbt_project.yml")).toBe(
      "name: sales\nmodels:\n  sales:\n    +group: sales\n    support:\n      +group: support\n      +access: private\n",
    )
    expect(read(cwd, ".github/CODEOWNERS")).toBe("* @acme/all\n/models/support/ @acme/support\n")
  })

  test.each<[string, string[], string, number]>([
    ["a name that is there in another folder", ["model", "fct_orders", "--set", "layer=staging"], "model-exists", 2],
    ["a name that is no name", ["model", "Fct-Orders"], "invalid-answer", 2],
    ["a reserved word", ["model", "select"], "invalid-answer", 2],
    ["a folder out of the project", ["model", "x", "--set", "layer=../x"], "invalid-answer", 2],
    ["a model that is not there", ["model", "x", "--set", "from=fct_order"], "no-model", 2],
    ["a group that is not there", ["data-product", "x", "--set", "columns=id", "--set", "group=y"], "no-group", 2],
    ["no name", ["model"], "missing-answer", 2],
    ["an unknown generator", ["modell"], "unknown-generator", 2],
    ["no generator", [], "usage", 2],
  ])("refuses %s", async (_, args, code, exit) => {
    refusing ??= project()
    const cwd = await refusing
    const { exitCode, document } = await json(["add", ...args], { cwd })
    expect(document.error?.code).toBe(code)
    expect(exitCode).toBe(exit)
    expect(await git(cwd, "status", "--short")).toBe("")
  })

  test("generators of dbt are refused elsewhere", async () => {
    const { template, create, project: cwd } = tiny()
    template("1.0.0", { "a.txt": "a\n" })
    await create()
    const { exitCode, document } = await json(["add", "model", "x"], { cwd })
    expect([exitCode, document.error?.code]).toEqual([1, "not-applicable"])
  })

  test("at a terminal it asks, offers what is there, shows the plan, and ends with the command for it", async () => {
    const cwd = await project()
    const { exitCode } = await terminal(
      ["add"],
      [
        see("? What do you want to add?"),
        see("data-product"),
        type(DOWN + DOWN + DOWN + ENTER),
        see("? Name of the model"),
        type(`dim_customers${ENTER}`),
        see("is there already: models/marts/dim_customers.sql"),
        type("\u0015dim_shops\r"),
        ...answer("? Folder of the model"),
        ...answer("? What one row of it is"),
        see("? Model that it reads"),
        see("fct_orders"),
        type(ENTER),
        ...answer("? Its columns", "id:integer,size:decimal(5,2)"),
        see("+ models/marts/dim_shops.sql"),
        see("+  - name: dim_shops"),
        ...answer("? Write this?"),
        see("Written:"),
        see("meshwright add model --set name=dim_shops --set layer=marts"),
      ],
      { cwd },
    )
    expect(exitCode).toBe(0)
    expect(read(cwd, "models/marts/dim_shops.sql")).toContain("cast(null as decimal(5,2)) as size")
  })

  test("a broken dbt_project.yml is told as that, and a mesh has the command for one more domain", async () => {
    const cwd = await project({
      "dbt_project.yml": "name: sales\n<<<<<<< yours\na: 1\n=======\na: 2\n>>>>>>> template\n",
    })
    const broken = (await json(["add", "model", "x"], { cwd })).document.error
    expect(broken).toMatchObject({ code: "invalid-yaml", file: "dbt_project.yml", line: 2 })
    const sales = tiny()
    sales.template("1.0.0", { "dbt_project.yml": "name: sales\n" })
    await sales.create({ "dbt_project.yml": "name: ours\n" })
    sales.template("1.1.0", { "dbt_project.yml": "name: theirs\n" })
    expect((await meshwright(["update"], { cwd: sales.project })).exitCode).toBe(3)
    const left = (await json(["add", "model", "x"], { cwd: sales.project })).document.error
    expect(left).toMatchObject({ code: "unresolved", file: "dbt_project.yml" })
    const mesh = tiny()
    mesh.template("1.0.0", { "a.txt": "a\n" })
    write(mesh.cwd, {
      "t/template.yml":
        "name: tiny\nversion: 1.0.0\ndescription: a test\nquestions: [{name: domains, type: list, message: Domains}]\nprojects: [{template: ./one, path: '{{item}}', for_each: domains}]\n",
      "t/one/template.yml": "name: one\nversion: 1.0.0\ndescription: one\n",
      "t/one/files/b.txt": "b\n",
    })
    await mesh.create({}, "--set", "domains=sales,finance")
    const { document } = await json(["add", "domain", "hr"], { cwd: mesh.project })
    expect(document.error).toMatchObject({
      code: "not-applicable",
      hint: expect.stringContaining("meshwright update --set domains=sales,finance,hr") as unknown,
    })
  })

  test("Ctrl-C before the end writes nothing", async () => {
    const cwd = await project()
    const steps = [see("? Name of the model"), type(`dim_shops${ENTER}`), see("? Folder of the model"), type(CTRL_C)]
    expect((await terminal(["add", "model"], steps, { cwd })).exitCode).toBe(130)
    expect(await git(cwd, "status", "--short")).toBe("")
  })
})

describe("meshwright add exception", () => {
  const LOCKED = "files: [{path: ci.yml, locked: {keys: [jobs], error_from: 2020-01-01}}]\n"
  const ANSWERS = ["--set", "reason=a slow test", "--set", "approved_by=ada@example.com", "--set", "until=2999-12-31"]

  async function locked(): Promise<string> {
    const { template, create, project: root, cwd } = tiny()
    template("1.0.0", { "ci.yml": "jobs: {build: {timeout: 5}}\n", "free.yml": "a: 1\n" })
    write(cwd, { "t/template.yml": `name: tiny\nversion: 1.0.0\ndescription: a test\n${LOCKED}` })
    await create({ "ci.yml": "jobs: {build: {timeout: 50}}\n" })
    return root
  }

  test("lets a locked file differ until its day, with its bytes in meshwright.yml kept", async () => {
    const cwd = await locked()
    expect((await meshwright(["check"], { cwd })).exitCode).toBe(3)
    write(cwd, { "meshwright.yml": `# ours\n${read(cwd, "meshwright.yml")}` })
    await succeed(["add", "exception", "ci.yml", "--set", "key=jobs.build", ...ANSWERS], { cwd })
    expect(read(cwd, "meshwright.yml")).toMatch(/^# ours\n[^]*exceptions:\n {2}- path: ci.yml\n {4}key: jobs.build\n/)
    expect((await meshwright(["check"], { cwd })).exitCode).toBe(0)
    const again = await succeed(["add", "exception", "ci.yml", "--set", "key=jobs.build", ...ANSWERS], { cwd })
    expect(again.stdout).toContain("Nothing to do")
  })

  test("asks at a terminal, offers what is locked, and says what is wrong with a day", async () => {
    const cwd = await locked()
    const steps = [
      ...answer("? File that may differ"),
      ...answer("? Key path that may differ"),
      ...answer("? Why", "a slow test"),
      ...answer("? Who has approved it", "ada@example.com"),
      ...answer("? Last day", "2020-01-01"),
      see("which is over"),
      type("\u00152999-12-31\r"),
      see("+  - path: ci.yml"),
      ...answer("? Write this?"),
      see("Written:"),
    ]
    expect((await terminal(["add", "exception"], steps, { cwd })).exitCode).toBe(0)
  })

  test("warns where nothing is locked at the key", async () => {
    const cwd = await locked()
    const { stderr } = await succeed(["add", "exception", "ci.yml", "--set", "key=job", ...ANSWERS], { cwd })
    expect(stderr).toMatch(/warning: .*nothing is locked at job in ci.yml\n.*did you mean jobs\?/)
  })

  test("refuses what is not locked, and a day that is over", async () => {
    const cwd = await locked()
    const code = async (...args: string[]) => (await json(["add", "exception", ...args], { cwd })).document.error?.code
    expect(await code("free.yml", ...ANSWERS)).toBe("not-locked")
    expect(await code("ci.yml", ...ANSWERS, "--set", "until=2020-01-01")).toBe("exception")
    expect(await code("ci.yml", ...ANSWERS, "--set", "until=tomorrow")).toBe("invalid-answer")
    const other = await project()
    expect((await json(["add", "exception", "a", ...ANSWERS], { cwd: other })).document.error?.code).toBe(
      "not-applicable",
    )
  })
})

describe("a template's own generators", () => {
  const REPORT = {
    "generators/report/generator.yml":
      "description: a report\nnamed_by: name\nquestions:\n  - {name: name, type: input, message: Name}\n  - {name: team, type: input, message: Team, default: '{{team_name}}'}\n",
    "generators/report/files/reports/{{name}}.yml.hbs": "name: {{name}}\nteam: {{yaml team}}\n",
    "generators/report/files/reports.yml.hbs": "reports:\n  - name: {{name}}\n",
  }

  test("are listed and run like the program's, from a folder and from git, and know the answers of the project", async () => {
    const cwd = folder()
    const origin = join(cwd, "origin")
    write(origin, {
      "template.yml":
        "name: tiny\nversion: 1.0.0\ndescription: a test\nquestions:\n  - {name: team_name, type: input, message: Team}\n",
      "files/a.txt": "a\n",
      ...REPORT,
    })
    await commitAll(origin)
    await git(origin, "tag", "v1.0.0")
    for (const source of ["./origin", `git+file://${origin.replaceAll(" ", "%20")}`]) {
      const root = join(cwd, source.startsWith("git") ? "from-git" : "from-folder")
      await succeed(["new", "--template", source, "--dest", root, "--set", "team_name=blue", "--yes"], { cwd })
      const { document } = await json(["add", "--list"], { cwd: root })
      expect(document).toMatchObject({
        generators: expect.arrayContaining([
          { name: "report", origin: "template", description: "a report" },
          expect.objectContaining({ name: "model", origin: "builtin" }),
        ]) as unknown,
      })
      await succeed(["add", "report", "monthly"], { cwd: root })
      await succeed(["add", "report", "daily"], { cwd: root })
      expect(read(root, "reports/monthly.yml")).toBe("name: monthly\nteam: blue\n")
      expect(read(root, "reports.yml")).toBe("reports:\n  - name: monthly\n  - name: daily\n")
    }
  }, 30_000)

  test("a template that is out of reach is told, and the program's generators work", async () => {
    const { template, create, project: root, cwd } = tiny()
    template("1.0.0", { "dbt_project.yml": "name: sales\n" })
    await create()
    write(cwd, { t: null })
    const { stderr } = await succeed(["add", "model", "x"], { cwd: root })
    expect(stderr).toContain("own generators are not looked at")
    expect((await json(["add", "report"], { cwd: root })).document.error?.code).toBe("no-template")
  })

  test("one that is broken is told with file and line", async () => {
    const { template, create, project: root, cwd } = tiny()
    template("1.0.0", { "a.txt": "a\n" })
    await create()
    write(cwd, { "t/generators/x/generator.yml": "description: x\nquestion: []\n" })
    const { exitCode, document } = await json(["add", "x"], { cwd: root })
    expect(exitCode).toBe(1)
    expect(document.error).toMatchObject({ code: "manifest-schema", line: 2 })
  })
})
