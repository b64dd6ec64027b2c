import { expect, test } from "vitest"
import { readDbtPaths, readDbtProject } from "../../../src/core/add/dbt-project.ts"
import { factsOf } from "../../../src/core/add/facts.ts"
import { knownColumns } from "../../../src/core/add/known-columns.ts"
import { relPathOf } from "../../../src/core/model/path.ts"

function project(text: string, files: Readonly<Record<string, string>>) {
  const paths = readDbtPaths(text)
  if (!paths) throw new Error("no dbt project")
  return readDbtProject(
    text,
    paths,
    new Map(Object.entries(files).map(([path, content]) => [relPathOf(path), content])),
  )
}

const GROUPS = "groups:\n  - {name: a, owner: {email: a@example.com}}\n  - {name: b, owner: {name: B}}\n"

test("models, seeds and snapshots are found where the project has them", () => {
  const { nodes } = project("name: p\nmodel-paths: [./dbt/models/, more]\nseed-paths: [data]\n", {
    "dbt/models/a.sql": "",
    "dbt/models/deep/b.py": "",
    "dbt/models/c.md": "",
    "more/d.sql": "",
    "data/e.csv": "",
    "data/f.sql": "",
    "snapshots/g.sql": "{% snapshot h %}select 1{% endsnapshot %}{%- snapshot i %}{% endsnapshot %}",
  })
  expect(Object.fromEntries(nodes)).toEqual({
    a: "dbt/models/a.sql",
    b: "dbt/models/deep/b.py",
    d: "more/d.sql",
    e: "data/e.csv",
    h: "snapshots/g.sql",
    i: "snapshots/g.sql",
  })
})

test("the group is the one of dbt_project.yml, or the only one", () => {
  const configured = "name: p\nmodels: {p: {+group: b}}\n"
  expect(project(configured, { "models/g.yml": GROUPS }).group).toEqual({ name: "b" })
  expect(project("name: p\n", { "models/g.yml": GROUPS }).group).toBeUndefined()
  expect(
    project("name: p\n", { "models/g.yml": "groups: [{name: a}]\n", "models/x.yml": "groups: [\n" }).group,
  ).toEqual({ name: "a" })
})

test("facts name the layers as the project does, and never hold template code", () => {
  const dbt = project("name: p\nvars: {p: {sample_data: true}}\n", {
    "models/1_staging/app/a.sql": "",
    "models/core/marts/b.sql": "",
    "models/int/_models.yml": "models: []\n",
    "models/g.yml": GROUPS,
  })
  expect(factsOf(dbt, "", { owner_email: "x@example.com", evil: "{{x}}", tags: ["a", "b"] })).toMatchObject({
    staging_folder: "1_staging",
    intermediate_folder: "int",
    marts_folder: "core/marts",
    products_folder: "products",
    default_group: "none",
    group_email: "x@example.com",
    sample_data: "true",
  })
  expect(factsOf(dbt, "", { evil: "{{x}}" })).not.toHaveProperty("evil")
})

test("a folder of one mart is that of marts", () => {
  expect(factsOf(project("name: p\n", { "models/mart/a.sql": "" }), "", {})).toMatchObject({ marts_folder: "mart" })
})

test("known columns are those of the properties, the tested key first; without a key nothing is known", () => {
  const dbt = project("name: p\n", {
    "models/m.yml":
      "models:\n  - name: a\n    columns: [{name: day}, {name: id, data_tests: [not_null, unique]}]\n  - {name: b, columns: [{name: x}]}\n  - {name: c}\n",
    "models/broken.yml": "models: [ a\n",
  })
  expect(["a", "b", "c", "z"].map((name) => knownColumns(dbt, name))).toEqual([["id", "day"], [], [], []])
})

test("what is no dbt_project.yml is none", () => {
  for (const text of ["", "name: [\n", "- a\n", "version: 2\n"]) expect(readDbtPaths(text)).toBeUndefined()
})

test("the folders of a project are those of its settings, also in the words of old versions of dbt", () => {
  expect(readDbtPaths("name: a\nsource-paths: [./src/models/]\ndata-paths: data\n")).toEqual({
    models: ["src/models"],
    seeds: ["data"],
    snapshots: ["snapshots"],
  })
})
