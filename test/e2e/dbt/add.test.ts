import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { dbt, type Engine, meshwright, workFolder } from "./projects.ts"

// What `add` adds, in a new domain project and beside what the template brought, is good dbt: built without a warning.
const work = workFolder()
const project = join(work.folder, "sales")
const engines: Engine[] = ["v1", "v2"]

async function add(...args: string[]): Promise<void> {
  await meshwright(project, "add", ...args, "--yes")
}

beforeAll(async () => {
  await meshwright(work.folder, "new", "sales", "--yes")
  await add("source", "shop", "--set", "tables=carts,visits", "--set", "key=cart_id")
  await add("source", "crm", "--set", "tables=contacts", "--set", "staging=false")
  await add("model", "fct_carts", "--set", "from=stg_shop__carts", "--set", "columns=cart_id:integer")
  await add("model", "fct_orders2", "--set", "from=stg_app__orders")
  await add("model", "fct_all_orders", "--set", "from=raw_app__orders")
  await add(
    "model",
    "int_empty",
    "--set",
    "layer=intermediate/carts",
    "--set",
    "columns=id:integer,amount:decimal(18,2),note",
  )
  await add("data-product", "carts", "--set", "from=fct_carts", "--set", "columns=cart_id:integer")
  await add("data-product", "promised", "--set", "columns=id:integer,day:date,amount:decimal(18,2),name")
  await add("domain", "support", "--set", "owner_team=@acme/support", "--set", "owner_email=support@example.com")
}, 120_000)

afterAll(work.remove)

describe.each(engines)("on dbt %s", (engine) => {
  it("all of it builds", async () => {
    const output = await dbt(engine, project, "build")
    // A source without staging models has nothing that stands in for it, so it is not turned off.
    const read = (source: string) =>
      readFileSync(join(project, `models/staging/${source}/_${source}__sources.yml`), "utf8")
    expect([read("shop").includes("enabled"), read("crm").includes("enabled")]).toEqual([true, false])
    for (const name of [
      "stg_shop__carts",
      "fct_carts",
      "fct_orders2",
      "fct_all_orders",
      "int_empty",
      "promised",
      "support_overview",
    ])
      expect(output).toContain(name)
  })
})

it("what reads the source itself parses too", async () => {
  await dbt("v2", project, "parse", "--vars", "{sample_data: false}")
})
