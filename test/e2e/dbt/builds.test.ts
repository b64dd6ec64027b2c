import { cpSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { dbt, type Engine, environmentOf, expectNoWarning, meshwright, workFolder } from "./projects.ts"

// Every kind of project that can be created, built by real dbt on DuckDB: no warning, no network, no credentials.
const work = workFolder()
const { folder } = work
const engines: Engine[] = ["v1", "v2"]

beforeAll(async () => {
  await meshwright(folder, "new", "sales", "--dest", "alone/sales", "--yes")
  await meshwright(folder, "new", "platform", "acme_platform", "--dest", "beside/platform", "--yes")
  await meshwright(folder, "new", "sales", "--dest", "beside/sales", "--yes")
  cpSync(join(folder, "beside/platform"), join(folder, "platform origin"), { recursive: true })
  await execa("git", ["tag", "v0.1.0"], { cwd: join(folder, "platform origin") })
  const url = pathToFileURL(join(folder, "platform origin")).href
  await meshwright(
    folder,
    "new",
    "logistics",
    "--dest",
    "from-git/logistics",
    "--yes",
    "--set",
    `platform_package=${url}@v0.1.0`,
    "--set",
    "platform_name=acme_platform",
  )
  await meshwright(folder, "new", "mesh", "acme", "--set", "domains=sales,finance", "--yes")
  await meshwright(folder, "new", "marketing", "--dest", "later/marketing", "--yes")
  await meshwright(folder, "new", "platform", "acme_platform", "--dest", "later/platform", "--yes")
}, 120_000)

afterAll(work.remove)

describe.each(engines)("on dbt %s", (engine) => {
  it("a domain project without an internal package builds, twice", async () => {
    const project = join(folder, "alone/sales")
    await dbt(engine, project, "parse")
    expect(await dbt(engine, project, "build")).toContain("sales_orders")
    await dbt(engine, project, "build")
  })

  it("a platform package builds by itself", async () => {
    const project = join(folder, "beside/platform")
    await dbt(engine, project, "parse")
    await dbt(engine, project, "build")
  })

  it.each(["beside/sales", "from-git/logistics"])(
    "a domain project with the internal package builds: %s",
    async (path) => {
      const project = join(folder, path)
      await dbt(engine, project, "deps")
      await dbt(engine, project, "parse")
      expect(await dbt(engine, project, "build")).toContain("not_blank")
    },
  )

  it("a mesh builds in order, and one domain reads the public model of the other", async () => {
    const mesh = join(folder, "acme")
    const { all, exitCode } = await execa("python3", ["build.py"], {
      cwd: mesh,
      env: environmentOf(engine),
      all: true,
      reject: false,
      stdin: "ignore",
    })
    expect(exitCode, all).toBe(0)
    expectNoWarning(all)
    expect(all).toContain("stg_sales__sales_orders")
  })
})

it("an internal package can be added to a project later, and it builds", async () => {
  const project = join(folder, "later/marketing")
  const output = await meshwright(project, "update", "--yes", "--set", "platform_package=../platform")
  expect(output).toContain("packages.yml")
  await dbt("v1", project, "deps")
  await dbt("v1", project, "build")
})

it("only public models can be used by another domain", async () => {
  const mesh = join(folder, "a private reference")
  cpSync(join(folder, "acme"), mesh, { recursive: true })
  const sql = join(mesh, "finance/models/staging/sales/stg_sales__sales_orders.sql")
  writeFileSync(sql, readFileSync(sql, "utf8").replace("'sales_orders'", "'fct_orders'"))
  const { all, exitCode } = await execa("dbt", ["parse"], {
    cwd: join(mesh, "finance"),
    env: environmentOf("v1"),
    all: true,
    reject: false,
  })
  expect(exitCode, all).not.toBe(0)
  expect(all).toContain("fct_orders")
})
