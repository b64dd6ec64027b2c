import { describe, expect, test } from "vitest"
import { readYaml } from "../../../src/app/adopt/read-surroundings.ts"
import { findAnswers } from "../../../src/core/adopt/find-answers.ts"
import type { Surroundings } from "../../../src/core/adopt/found.ts"

type Layout = Partial<Omit<Surroundings, "files" | "top">> & {
  readonly files?: Readonly<Record<string, string>>
  readonly top?: Readonly<Record<string, string>>
}

/** What is found for one guess, best first: `value (where)`. */
function found(guess: string, { files = {}, top = {}, ...rest }: Layout): readonly string[] {
  const project = {
    files: new Map(Object.entries(files)),
    top: new Map(Object.entries(top)),
    folder: "",
    origin: "",
    models: [],
    ...rest,
  }
  return (findAnswers(project, readYaml)[guess] ?? []).map(({ value, where }) => `${String(value)} (${where})`)
}

const NAMED = { "dbt_project.yml": "name: sales\nprofile: acme\nvars: {start: 2020-01-01, on: [a, b]}\n" }

test.each<[guess: string, layout: Layout, first: string | undefined]>([
  ["domain", { files: NAMED }, "sales (dbt_project.yml, name)"],
  ["domain", { files: { "dbt_project.yml": "name: '{{ env_var(\"X\") }}'" } }, undefined],
  ["domain", { files: { "dbt_project.yml": "name: [broken" } }, undefined],
  ["domain", {}, undefined],
  ["profile", { files: NAMED }, "acme (dbt_project.yml, profile)"],
  ["dbt_project.vars.start", { files: NAMED }, "2020-01-01 (dbt_project.yml, vars.start)"],
  ["dbt_project.vars.on", { files: NAMED }, "a,b (dbt_project.yml, vars.on)"],
  ["model_paths", { files: NAMED }, "models (dbt_project.yml, model-paths)"],
  ["model_paths", { files: { "dbt_project.yml": "source-paths: [./src/]" } }, "src (dbt_project.yml, model-paths)"],
  ["repository", {}, "own (the project is at the top of its repository)"],
  ["repository", { folder: "data/transform" }, "shared (the project is in data/transform/ of its repository)"],
])("%s of %j", (guess, layout, first) => {
  expect(found(guess, layout)[0]).toBe(first)
})

test("a name that a template may refuse is offered in snake_case too", () => {
  const all = found("domain", { files: { "dbt_project.yml": "name: AcmeSales" } })
  expect(all).toEqual([
    "AcmeSales (dbt_project.yml, name)",
    "acme_sales (dbt_project.yml, name: AcmeSales → acme_sales)",
  ])
})

describe("owners", () => {
  const rules =
    "# all\n* @acme/everyone lead@acme.com\n/data/ @acme/data\n/data/sales/ @ann @acme/sales\n*.sql @acme/sql\n"

  test.each<[folder: string, team: string | undefined]>([
    ["", "@acme/everyone (CODEOWNERS, line 2)"],
    ["docs", "@acme/everyone (CODEOWNERS, line 2)"],
    ["data/finance", "@acme/data (CODEOWNERS, line 3)"],
    ["data/sales", "@acme/sales (CODEOWNERS, line 4)"],
  ])("of the folder %j", (folder, team) => {
    expect(found("team", { folder, top: { CODEOWNERS: rules } })[0]).toBe(team)
  })

  test("the last of two rules for all counts, and the file that the host reads first", () => {
    const top = { "docs/CODEOWNERS": "* @acme/old\n", ".github/CODEOWNERS": "* @acme/a\n* @acme/b\n" }
    expect(found("team", { top })).toEqual(["@acme/b (.github/CODEOWNERS, line 2)"])
  })

  test("without a rule for all, the most general one", () => {
    const top = { CODEOWNERS: "/models/marts/core/ @acme/core\n/models/ @acme/models\n" }
    expect(found("team", { top })).toEqual(["@acme/models (CODEOWNERS, line 2)"])
  })

  test("of several teams, or people, none is taken", () => {
    expect(found("team", { top: { CODEOWNERS: "* @ann @bob @cem\n" } })).toEqual([])
    expect(found("team", { top: { CODEOWNERS: "* @acme/a @acme/b\n" } })).toEqual([])
    expect(found("team", { top: { CODEOWNERS: "* @ann @acme/a\n" } })).toEqual(["@acme/a (CODEOWNERS, line 1)"])
  })

  test("sections of GitLab are no rules; a mail address is no team", () => {
    const top = { ".gitlab/CODEOWNERS": "[Data] @acme/ignored\n* data@acme.com\n" }
    expect(found("team", { top })).toEqual([])
    expect(found("email", { top })).toEqual(["data@acme.com (.gitlab/CODEOWNERS, line 2)"])
  })
})

describe("organisation", () => {
  test.each([
    ["git@github.com:Acme-Inc/dbt.git", "acme-inc (git remote)"],
    ["https://user:token@gitlab.example.com/acme/data/dbt.git", "acme (git remote)"],
    ["/srv/git/dbt.git", undefined],
    ["", undefined],
  ])("of %j", (origin, first) => {
    expect(found("organisation", { origin })[0]).toBe(first)
  })

  test("without a remote, from the team or a mail address", () => {
    expect(found("organisation", { top: { CODEOWNERS: "* @acme/data" } })).toEqual(["acme (CODEOWNERS, line 1)"])
    expect(found("organisation", { top: { CODEOWNERS: "* data@acme.co.uk" } })).toEqual(["acme (CODEOWNERS, line 1)"])
    expect(found("organisation", { top: { CODEOWNERS: "* ann@gmail.com" } })).toEqual([])
  })
})

describe("continuous integration", () => {
  test.each<[paths: readonly string[], origin: string, all: readonly string[]]>([
    [[".github/workflows/dbt.yml"], "", ["github", "none"]],
    [[".gitlab-ci.yml"], "", ["gitlab", "none"]],
    [["azure-pipelines.yml"], "", ["azure", "none"]],
    [[".azuredevops/azure-pipelines-ci.yaml"], "", ["azure", "none"]],
    [["bitbucket-pipelines.yml"], "", ["bitbucket", "none"]],
    [[".circleci/config.yml"], "git@github.com:acme/x.git", ["circleci", "none"]],
    [[".github/workflows/a.yml", ".gitlab-ci.yml"], "git@gitlab.com:acme/x.git", ["gitlab", "github", "none"]],
    [[], "git@gitlab.com:acme/x.git", ["gitlab", "none"]],
    [[], "https://dev.azure.com/acme/x/_git/y", ["azure", "none"]],
    [[".github/workflows/README.md", "Makefile"], "", ["none"]],
  ])("%j with the remote %j", (paths, origin, all) => {
    const top = Object.fromEntries(paths.map((path) => [path, ""]))
    expect(found("ci", { top, origin }).map((each) => each.split(" ")[0])).toEqual(all)
  })

  test("whether the project is on GitHub", () => {
    const github = (layout: Layout): string | undefined => found("github", layout)[0]?.split(" ")[0]
    expect(github({ origin: "git@github.com:acme/x.git", top: { ".gitlab-ci.yml": "" } })).toBe("true")
    expect(github({ origin: "https://github.example.com/acme/x" })).toBe("true")
    expect(github({ origin: "git@gitlab.com:acme/x.git" })).toBe("false")
    expect(github({ top: { ".gitlab-ci.yml": "" } })).toBe("false")
    expect(github({})).toBe("false")
  })

  test("whether Terraform looks after GitHub: not where Terraform is of something else", () => {
    const terraform = (text: string): readonly string[] => found("github_terraform", { top: { "iac/a.tf": text } })
    expect(terraform('provider "github" {}\n')).toEqual(["true (iac/a.tf)"])
    expect(terraform('  resource "github_repository" "x" {}\n')).toEqual(["true (iac/a.tf)"])
    expect(terraform('resource "snowflake_schema" "x" {}\n')).toEqual(["false (no Terraform for GitHub)"])
    expect(found("github_terraform", { top: { ".github/workflows/a.yml": "" } })[0]).toMatch(/^false/)
  })
})

describe("the internal package", () => {
  const origin = "git@github.com:acme/sales.git"

  test.each<[file: string, text: string, first: string]>([
    ["packages.yml", "packages:\n  - local: ../platform/\n", "../platform (packages.yml, packages[0])"],
    ["dependencies.yml", "packages:\n  - local: libs/core\n", "./libs/core (dependencies.yml, packages[0])"],
    [
      "packages.yml",
      "packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n  - git: https://github.com/Acme/platform.git\n    revision: v2.0.0\n    subdirectory: dbt\n",
      "https://github.com/Acme/platform.git//dbt@v2.0.0 (packages.yml, packages[1])",
    ],
    [
      "packages.yml",
      "packages:\n  - git: https://github.com/other/tools.git\n    revision: v1\n",
      "none (packages.yml: no internal package)",
    ],
    ["packages.yml", "", "none (packages.yml: no internal package)"],
    ["README.md", "", "none (there is no packages.yml)"],
  ])("in %s: %j", (file, text, first) => {
    expect(found("platform_package", { files: { [file]: text }, origin })[0]).toBe(first)
  })

  test("is called as its own dbt_project.yml says, or as its repository", () => {
    const files = {
      "packages.yml": "packages: [{local: ../platform}]",
      "../platform/dbt_project.yml": "name: acme_core",
    }
    expect(found("platform_name", { files })).toEqual(["acme_core (../platform/dbt_project.yml)"])
    const inGit = { "packages.yml": "packages: [{git: 'git@github.com:acme/data-platform.git', revision: v1}]" }
    expect(found("platform_name", { files: inGit, origin })).toEqual(["data_platform (packages.yml, packages[0])"])
  })
})

describe("the adapter", () => {
  const profiles =
    "config: {}\nacme:\n  target: \"{{ env_var('T', 'prod') }}\"\n  outputs: {dev: {type: duckdb}, prod: {type: snowflake}}\n"

  test("is that of the profile's usual target", () => {
    const files = { ...NAMED, "profiles.yml": profiles }
    expect(found("adapter", { files })).toEqual(["snowflake (profiles.yml, acme.outputs.prod.type)"])
  })

  test("or what is installed", () => {
    const files = { "requirements.txt": "dbt-core==1.11\ndbt-bigquery>=1.10\n", "pyproject.toml": '"dbt-loom"' }
    expect(found("adapter", { files })).toEqual(["bigquery (requirements.txt)"])
  })
})

describe("models", () => {
  test("owners of groups, and data products: public models before folders", () => {
    const files = {
      "models/_groups.yml": "groups:\n  - name: sales\n    owner: {email: sales@acme.com}\n",
      "models/a.yml": "models:\n  - name: secret\n  - name: orders\n    config: {access: public}\n",
      "models/broken.yml": "models:\n  - name: x\n access: public\n",
    }
    const models = ["models/marts/customers.sql", "models/products/returns.sql", "models/staging/stg_a.sql"]
    expect(found("email", { files })).toEqual(["sales@acme.com (models/_groups.yml, groups[name=sales].owner.email)"])
    expect(found("product", { files, models })).toEqual([
      "orders (models/a.yml, a public model)",
      "returns (models/products/returns.sql)",
    ])
  })
})
