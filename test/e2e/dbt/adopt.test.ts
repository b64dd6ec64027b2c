import { mkdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, test } from "vitest"
import { compareManifests, contentOf } from "../../../bench/adopt-check/compare-manifests.ts"
import { type Engine, parseProject, type Tools } from "../../../bench/adopt-check/parse-project.ts"
import { commitAll, json, program } from "../../helpers/cli.ts"
import { read, snapshot, write } from "../../helpers/files.ts"
import { folder } from "../../helpers/workspace.ts"

// Projects in the shapes that real ones have (`npm run adopt-check` takes real ones): what dbt makes of them stays the same.

const { DBT1: v1 = "", DBT2: v2 = "", DBT2_LIBRARY_PATH: libraries = "" } = process.env
const tools: Tools = { meshwright: program, dbt: { v1, v2 }, libraries }

type Files = Readonly<Record<string, string>>

interface Shape {
  readonly files: Files
  /** The project's folder; absent: the top. */
  readonly at?: string
  readonly engines: readonly Engine[]
  readonly source?: string
  readonly models: number
}

const model = (name: string, from?: string): Files => ({
  [`models/${name}.sql`]: `select 1 as id${from === undefined ? "" : ` from {{ ref('${from}') }}`}\n`,
})

/** Hundreds of models in layers, each described and tested, some public with a contract, with configuration at every level. */
function large(): Files {
  const names = Array.from({ length: 300 }, (_, index) => `m_${index}`)
  return {
    "dbt_project.yml":
      "name: large\nprofile: warehouse\nmodels:\n  large:\n    +schema: base\n    marts: {+materialized: table, +tags: [nightly]}\nvars: {large: {start: '2020-01-01'}}\n",
    "packages.yml": "packages: []\n",
    "selectors.yml": "selectors:\n  - name: nightly\n    definition: {method: tag, value: nightly}\n",
    "macros/get_schema/generate_schema_name.sql":
      "{% macro generate_schema_name(custom, node) %}{{ target.schema }}_{{ custom or 'x' }}{% endmacro %}\n",
    "models/groups.yml": "groups:\n  - {name: finance, owner: {email: finance@acme.example}}\n",
    ...Object.fromEntries(
      names.flatMap((name, index) => {
        const at = `models/${index % 3 === 0 ? "marts" : "staging"}/area_${index % 20}`
        const contract = index % 30 === 0 ? "\n    config: {access: public, contract: {enforced: true}}" : ""
        const from = index < 20 ? "" : ` from {{ ref('m_${index - 20}') }}`
        return [
          [`${at}/${name}.sql`, `{{ config(alias='a_${index}') }}\nselect cast(1 as integer) as id${from}\n`],
          [
            `${at}/${name}.yml`,
            `models:\n  - name: ${name}\n    description: Number ${index}${contract}\n    columns:\n      - {name: id, data_type: integer, data_tests: [unique, not_null]}\n`,
          ],
        ]
      }),
    ),
  }
}

const SHAPES: Readonly<Record<string, Shape>> = {
  "of the layout before dbt 1.0": {
    files: {
      "dbt_project.yml":
        "name: shop\nversion: '0.1'\nprofile: shop\nsource-paths: [models]\ndata-paths: [data]\ntest-paths: [tests]\nmacro-paths: [macros]\nmodels:\n  shop:\n    materialized: table\n    staging: {materialized: view, tags: [hourly]}\n",
      ...model("staging/stg_orders"),
      ...model("orders", "stg_orders"),
      "models/docs.md": "{% docs order %}An order{% enddocs %}\n",
      "models/schema.yml":
        "version: 2\nmodels:\n  - name: orders\n    description: '{{ doc(\"order\") }}'\n    columns: [{name: id, tests: [unique]}]\n",
      "data/raw_orders.csv": "id\n1\n",
      "README.md": "Shop\n",
    },
    engines: ["v1"],
    models: 2,
  },
  "with hundreds of models": { files: large(), engines: ["v1", "v2"], models: 300 },
  "without packages, owners and CI, with models beside everything else": {
    files: {
      "dbt_project.yml": "name: flat\nprofile: default\nmodel-paths: ['.']\n",
      "a.sql": "select 1 as id\n",
      "schema.yml": "models:\n  - name: a\n    columns: [{name: id, data_tests: [unique]}]\n",
    },
    engines: ["v1"],
    models: 1,
  },
  "in a folder of a repository with several": {
    files: {
      CODEOWNERS: "* @acme/all\n/dbt/sales/ @acme/sales\n",
      ".gitlab-ci.yml": "build: {script: [make]}\n",
      "dbt/core/dbt_project.yml": "name: core\nprofile: default\n",
      "dbt/core/macros/cents.sql": "{% macro cents(x) %}{{ x }} / 100{% endmacro %}\n",
      "dbt/sales/dbt_project.yml": "name: sales\nprofile: default\nmodels: {sales: {+access: protected}}\n",
      "dbt/sales/packages.yml": "packages:\n  - local: ../core\n",
      "dbt/sales/models/a.sql": "select {{ core.cents(100) }} as id\n",
      // As `dbt deps` would have made it.
      "dbt/sales/dbt_packages/core/dbt_project.yml": "name: core\nprofile: default\n",
      "dbt/sales/dbt_packages/core/macros/cents.sql": "{% macro cents(x) %}{{ x }} / 100{% endmacro %}\n",
    },
    at: "dbt/sales",
    engines: ["v1"],
    models: 1,
  },
  "that is a package": {
    files: {
      "dbt_project.yml": "name: acme_utils\nversion: 1.2.0\nrequire-dbt-version: ['>=1.3.0', '<3.0.0']\n",
      "macros/schema.yml": "macros:\n  - name: cents\n    description: Cents\n",
      "macros/cents.sql": "{% macro cents(x) %}{{ x }} / 100{% endmacro %}\n",
      "macros/tests/positive.sql": "{% test positive(model, column_name) %}select 1{% endtest %}\n",
      "integration_tests/dbt_project.yml": "name: integration_tests\nprofile: default\n",
      "integration_tests/packages.yml": "packages:\n  - local: ../\n",
    },
    engines: ["v1"],
    source: "builtin:platform",
    models: 0,
  },
}

test.each(Object.entries(SHAPES))(
  "a project %s is parsed by dbt as before",
  async (_, { files, at = ".", engines, source = "builtin:domain", models }) => {
    const top = folder()
    const project = join(top, at)
    const home = join(dirname(top), "home")
    mkdirSync(home)
    write(top, files)
    const before = new Map<Engine, unknown>()
    for (const engine of engines) {
      const parsed = await parseProject(tools, engine, project, home)
      if (!parsed.ok) throw new Error(parsed.reason)
      expect(contentOf(parsed.manifest)["models"]).toBe(models)
      before.set(engine, parsed.manifest)
    }
    await commitAll(top)
    const old = snapshot(top)

    const { exitCode, document, stdout } = await json(["adopt", source, "--yes"], { cwd: project })
    expect(exitCode, stdout).toBe(0)
    for (const engine of engines) {
      const parsed = await parseProject(tools, engine, project, home)
      expect(parsed.ok ? compareManifests(before.get(engine), parsed.manifest) : parsed.reason).toEqual([])
    }
    const now = snapshot(top)
    const changed = Object.keys(old).filter((path) => old[path] !== now[path])
    expect(changed.filter((path) => !path.endsWith(".gitignore"))).toEqual([])
    expect(document.summary).toMatchObject({ updated: 0, deleted: 0, conflicts: 0 })
    expect(read(project, "meshwright.yml")).toContain(`template: ${source}\n`)
  },
)
