import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { commitAll, git, json, meshwright, succeed } from "../helpers/cli.ts"
import { write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

/** A template in a bare repository of its own: releases are commits with a tag. */
class Remote {
  readonly work: string
  readonly url: string

  constructor(cwd: string, name: string) {
    this.work = join(cwd, `${name} source`)
    this.url = `git+file://${join(cwd, `${name}.git`)}`
  }

  async release(version: string, files: Readonly<Record<string, string | null>>): Promise<void> {
    write(this.work, files)
    await commitAll(this.work, `Release ${version}`)
    await git(this.work, "tag", `v${version}`)
    const bare = this.url.slice("git+file://".length)
    if (!existsSync(bare)) await git(this.work, "clone", "--quiet", "--bare", ".", bare)
    else await git(this.work, "push", "--quiet", bare, "main", "--tags")
  }
}

const base = (version: string): string => `name: base
version: ${version}
description: what all have
named_by: domain
notes: CHANGELOG.md
questions:
  - { name: domain, type: input, message: Domain }
  - { name: organisation, type: input, message: Organisation }
  - { name: ci, type: select, message: CI, choices: [{ value: github, label: GitHub }, gitlab, none], default: github }
derived: { title: "{{titleCase domain}}" }
files:
  - { path: .gitlab-ci.yml, when: { ci: gitlab } }
${version === "1.0.0" ? "" : "renames: [{ from: docs/old.md, to: docs/new.md, since: 1.1.0 }]\n"}`

const BASE_FILES = {
  "files/dbt_project.yml.hbs": `# The project.
name: {{domain}} # as in profiles.yml
model-paths: [models]

flags:
  use_colors: false

models:
  {{domain}}:
    +materialized: view
`,
  "files/packages.yml": "packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.2.0\n",
  "files/.gitignore.hbs": "# dbt\ntarget/\nlogs/\n.user.yml\n",
  "files/.github/CODEOWNERS.hbs": "* @{{organisation}}/{{domain}}\n",
  "files/.gitlab-ci.yml.hbs": "stages: [build]\nbuild:\n  stage: build\n  script:\n    - dbt build\n",
  "files/infra/main.tf": 'module "a" {\n  source = "x"\n}\n',
  "files/docs/old.md": "# {{ }}\n\nThe documentation of the base.\n\nLine by line.\n",
  "files/README.md.hbs": "# {{title}}\n\nOf {{organisation}}.\n",
}

const company = (version: string, source: string): string => `name: acme-domain
version: ${version}
description: a domain at acme
extends: ${source}
notes: CHANGELOG.md
defaults: { ci: gitlab }
fixed: { organisation: acme }
questions:
  - { name: ci, choices: [gitlab, none] }
  - { name: cost_centre, type: input, message: Cost centre, default: "cc-{{kebabCase domain}}" }
drop:
  - infra/**
  - { path: dbt_project.yml, keys: [flags] }
  - { path: .gitignore, keys: [.user.yml] }
files:
  - { path: dbt_project.yml, layer: merge }
  - { path: packages.yml, layer: merge }
  - { path: .gitignore, layer: merge }
  - { path: .gitlab-ci.yml, layer: merge }
  - { path: .github/CODEOWNERS, layer: merge }
`

const COMPANY_FILES = {
  "files/dbt_project.yml.hbs":
    'vars:\n  cost_centre: {{yaml cost_centre}}\nmodels:\n  {{domain}}:\n    +meta: {owner: "{{organisation}}"}\n',
  "files/packages.yml": "packages:\n  - package: acme/checks\n    version: 1.0.0\n",
  "files/.gitignore.hbs": "# acme\n.acme/\n",
  "files/.gitlab-ci.yml": "build:\n  image: acme/dbt:1\npolicy:\n  script:\n    - acme check\n",
  "files/.github/CODEOWNERS": "/.gitlab-ci.yml @acme/platform\n",
  "files/POLICY.md.hbs": "# Policy for {{title}} ({{cost_centre}})\n",
  "files/README.md.hbs": "# {{title}} at {{organisation}}\n",
}

const read = (root: string, path: string): string => readFileSync(join(root, path), "utf8")

describe("a company's template on top of another one, both in git", () => {
  const cwd = folder()
  const project = join(cwd, "sales")
  const [lower, upper] = [new Remote(cwd, "base"), new Remote(cwd, "acme")]
  const inProject = { cwd: project }

  beforeAll(async () => {
    await lower.release("1.0.0", {
      "template.yml": base("1.0.0"),
      "CHANGELOG.md": "## 1.0.0\n\n- The first.\n",
      ...BASE_FILES,
    })
    await upper.release("1.0.0", {
      "template.yml": company("1.0.0", `${lower.url}@^1`),
      "CHANGELOG.md": "## 1.0.0\n\n- Ours.\n",
      ...COMPANY_FILES,
    })
    await succeed(["new", "sales", "--template", upper.url, "--yes"], { cwd })
  })

  it("renders one project of both", () => {
    expect(read(project, "dbt_project.yml")).toBe(`# The project.
name: sales # as in profiles.yml
model-paths: [models]
vars:
  cost_centre: cc-sales

models:
  sales:
    +materialized: view
    +meta: {owner: "acme"}
`)
    expect(read(project, "packages.yml")).toBe(
      "packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.2.0\n  - package: acme/checks\n    version: 1.0.0\n",
    )
    expect(read(project, ".gitignore")).toBe("# dbt\ntarget/\nlogs/\n\n# acme\n.acme/\n")
    expect(read(project, ".github/CODEOWNERS")).toBe("* @acme/sales\n/.gitlab-ci.yml @acme/platform\n")
    expect(read(project, ".gitlab-ci.yml")).toBe(
      "stages: [build]\nbuild:\n  stage: build\n  script:\n    - dbt build\n  image: acme/dbt:1\npolicy:\n  script:\n    - acme check\n",
    )
    expect(read(project, "README.md")).toBe("# Sales at acme\n")
    expect(existsSync(join(project, "infra"))).toBe(false)
    expect(read(project, "meshwright.yml")).not.toContain("organisation")
    expect(read(project, "meshwright.yml")).toContain("cost_centre: cc-sales")
  })

  it("leaves out what it would merge into a file that is not there with these answers", async () => {
    await succeed(["new", "quiet", "--template", upper.url, "--yes", "--no-git", "--set", "ci=none"], { cwd })
    expect(existsSync(join(cwd, "quiet", ".gitlab-ci.yml"))).toBe(false)
  })

  it("refuses another answer to what it decided, and a choice that it took away", async () => {
    const other = await json(["update", "--set", "organisation=other"], inProject)
    expect(other.exitCode).toBe(2)
    expect(other.document.error).toMatchObject({
      code: "fixed-answer",
      message: expect.stringContaining("fixed by the template acme-domain: acme"),
    })
    expect((await json(["update", "--set", "ci=github"], inProject)).document.error?.code).toBe("invalid-answer")
    // The same answer is none.
    expect((await meshwright(["update", "--set", "organisation=acme"], inProject)).exitCode).toBe(0)
    expect((await meshwright(["check"], inProject)).exitCode).toBe(0)
  })

  it("a release of the lower one comes in while the upper one stays, and the team's edits stay", async () => {
    write(project, {
      "dbt_project.yml": read(project, "dbt_project.yml").replace(
        "+materialized: view",
        "+materialized: view # the team's\n    +tags: [daily]",
      ),
      "docs/old.md": `${read(project, "docs/old.md")}\nThe team's line.\n`,
    })
    await commitAll(project)
    await lower.release("1.1.0", {
      "template.yml": base("1.1.0"),
      "CHANGELOG.md": "## 1.1.0\n\n- Seeds have a place.\n\n## 1.0.0\n\n- The first.\n",
      "files/dbt_project.yml.hbs": BASE_FILES["files/dbt_project.yml.hbs"].replace(
        "model-paths: [models]\n",
        "model-paths: [models]\nseed-paths: [seeds]\n",
      ),
      "files/packages.yml": "packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n",
      "files/docs/new.md": BASE_FILES["files/docs/old.md"].replace("of the base", "of the base, renamed"),
      "files/docs/old.md": null,
    })
    // A lock that is damaged still tells which version of the lower one was the base.
    const lock = read(project, "meshwright.lock")
    write(project, { "meshwright.lock": lock.replace('"cost_centre": "cc-sales"', '"cost_centre": "cc-other"') })
    expect((await meshwright(["check"], inProject)).exitCode).toBe(1)
    await succeed(["update", "--rebuild-lock"], inProject)
    expect(read(project, "meshwright.lock")).toBe(lock)
    const check = await json(["check"], inProject)
    expect(check.exitCode).toBe(3)
    expect(check.document.findings?.map(({ code, message }) => [code, message])).toEqual([
      [
        "newer-template",
        expect.stringMatching(/base\.git@\^1 v1\.1\.0 \(this project: v1\.0\.0\), below acme-domain v1\.0\.0$/),
      ],
    ])
    expect(check.document.template).toMatchObject({
      extends: [{ name: "base", source: `${lower.url}@^1`, from: "v1.0.0", to: "v1.1.0" }],
    })
    const dry = await json(["update", "--dry-run"], inProject)
    expect(dry.document.template).toEqual({
      source: upper.url,
      from: "v1.0.0",
      to: "v1.0.0",
      extends: [{ name: "base", source: `${lower.url}@^1`, from: "v1.0.0", to: "v1.1.0" }],
    })
    expect(dry.document.notes).toEqual([{ template: "base", version: "1.1.0", text: "- Seeds have a place." }])
    const summary = join(cwd, "summary.md")
    const run = await succeed(["update", "--commit", "--summary", summary], inProject)
    expect(run.stdout).toContain("acme-domain v1.0.0 on base v1.0.0 → v1.1.0:")
    expect(run.stdout).toContain("What is new in base 1.1.0:")
    expect(readFileSync(summary, "utf8")).toContain("# Update acme-domain v1.0.0: base from v1.0.0 to v1.1.0")
    expect(await git(project, "log", "-1", "--format=%s")).toContain(
      "Update template acme-domain v1.0.0: base v1.0.0 → v1.1.0",
    )
    expect(read(project, "dbt_project.yml")).toContain("seed-paths: [seeds]")
    expect(read(project, "dbt_project.yml")).toContain("+materialized: view # the team's\n    +tags: [daily]\n")
    expect(read(project, "dbt_project.yml")).not.toContain("flags")
    expect(read(project, "packages.yml")).toContain("version: 1.3.0\n  - package: acme/checks")
    // The rename counts against the lower one's versions.
    expect(read(project, "docs/new.md")).toContain("of the base, renamed")
    expect(read(project, "docs/new.md")).toContain("The team's line.")
    expect(existsSync(join(project, "docs/old.md"))).toBe(false)
    expect((await meshwright(["check"], inProject)).exitCode).toBe(0)
    expect((await succeed(["update"], inProject)).stdout).toContain("up to date")
  })

  it("then a release of the upper one; its range keeps a major version of the lower one out", async () => {
    await lower.release("2.0.0", {
      "template.yml": base("2.0.0"),
      "files/README.md.hbs": "# 2\n",
      "files/.gitignore.hbs": "two/\n",
    })
    expect((await meshwright(["check"], inProject)).exitCode).toBe(0)
    await upper.release("1.1.0", {
      "template.yml": company("1.1.0", `${lower.url}@^1`),
      "CHANGELOG.md": "## 1.1.0\n\n- Another image.\n\n## 1.0.0\n\n- Ours.\n",
      "files/.gitlab-ci.yml": COMPANY_FILES["files/.gitlab-ci.yml"].replace("dbt:1", "dbt:2"),
    })
    const { document } = await json(["update"], inProject)
    expect(document.template).toMatchObject({
      from: "v1.0.0",
      to: "v1.1.0",
      extends: [{ from: "v1.1.0", to: "v1.1.0" }],
    })
    expect(document.notes).toEqual([{ version: "1.1.0", text: "- Another image." }])
    const written = document.files?.filter(({ action }) => action !== "keep")
    expect(written?.map(({ path, action }) => [path, action])).toEqual([[".gitlab-ci.yml", "update"]])
    expect(read(project, ".gitlab-ci.yml")).toContain("image: acme/dbt:2")
  })
})

describe("a project that changes its template", () => {
  it("moves on top of the one that it is of, and back, with hardly a change", async () => {
    const cwd = folder()
    const project = join(cwd, "sales")
    write(cwd, {
      "acme/template.yml":
        "name: acme-domain\nversion: 1.0.0\ndescription: at acme\nextends: builtin:domain\nfixed: { organisation: acme }\nfiles: [{ path: .gitignore, layer: merge }]\n",
      "acme/files/.gitignore.hbs": ".acme/\n",
    })
    await succeed(["new", "sales", "--yes", "--set", "organisation=acme"], { cwd })
    const before = read(project, "meshwright.yml")
    write(project, { "meshwright.yml": before.replace("builtin:domain", "../acme") })
    await commitAll(project)
    const other = await succeed(["update", "--dry-run"], { cwd: project })
    expect(other.stdout).not.toContain("decides")
    const there = await json(["update"], { cwd: project })
    expect(there.document.files?.map(({ path, action }) => [path, action])).toEqual([[".gitignore", "update"]])
    expect(there.document.template).toMatchObject({
      source: "../acme",
      to: "1.0.0",
      extends: [{ name: "domain", source: "builtin:domain" }],
    })
    expect((await meshwright(["check"], { cwd: project })).exitCode).toBe(0)
    await commitAll(project)
    write(project, { "meshwright.yml": read(project, "meshwright.yml").replace("../acme", "builtin:domain") })
    await commitAll(project)
    // What was fixed is the answer from now on.
    const back = await json(["update"], { cwd: project })
    expect(back.exitCode, back.stderr).toBe(0)
    expect(back.document.files?.map(({ path, action }) => [path, action])).toEqual([[".gitignore", "update"]])
    expect(read(project, "meshwright.yml")).toContain("organisation: acme")
    expect((await meshwright(["check"], { cwd: project })).exitCode).toBe(0)
  })
})

describe("two templates in one repository", () => {
  it("one extends the folder beside it, at the same release; a project of the lower one moves up", async () => {
    const cwd = folder()
    const remote = new Remote(cwd, "templates")
    const manifest = (name: string, version: string, more = ""): string =>
      `name: ${name}\nversion: ${version}\ndescription: a test\n${more}`
    const files = (version: string): Record<string, string> => ({
      "base/template.yml": manifest("base", version),
      "base/files/a.yml": `version: ${version}\n`,
      "domain/template.yml": manifest("domain", version, "extends: ../base\nfiles: [{ path: a.yml, layer: merge }]\n"),
      "domain/files/a.yml": "domain: true\n",
    })
    await remote.release("1.0.0", files("1.0.0"))
    await succeed(["new", "--template", `${remote.url}//base`, "--dest", "p", "--yes"], { cwd })
    const project = join(cwd, "p")
    await remote.release("1.1.0", files("1.1.0"))
    write(project, { "meshwright.yml": read(project, "meshwright.yml").replace("//base", "//domain") })
    await commitAll(project)
    const { document } = await json(["update"], { cwd: project })
    expect(document.template).toMatchObject({
      source: `${remote.url}//domain`,
      to: "v1.1.0",
      extends: [{ name: "base", source: `${remote.url}//base`, from: "v1.0.0", to: "v1.1.0" }],
    })
    expect(read(project, "a.yml")).toBe("version: 1.1.0\ndomain: true\n")
    expect((await meshwright(["check"], { cwd: project })).exitCode).toBe(0)
    write(remote.work, { "domain/template.yml": manifest("domain", "1.2.0", "extends: ../../base\n") })
    await remote.release("1.2.0", {})
    const outside = await json(["update"], { cwd: project })
    expect(outside.document.error?.message).toContain("leads out of")
  })
})

describe("what a company decides for all", () => {
  it("a mesh of its own domains: projects inside are made of the template beside, and what that fixes stays", async () => {
    const cwd = folder()
    write(cwd, {
      "t/mesh/template.yml": `name: acme-mesh
version: 1.0.0
description: acme's mesh
extends: builtin:mesh
fixed: { organisation: acme }
projects:
  - { template: ../domain, path: "{{item}}", for_each: domains, answers: { infra: false } }
`,
      "t/domain/template.yml": `name: acme-domain
version: 1.0.0
description: a domain at acme
extends: builtin:domain
fixed: { organisation: acme, owner_email: data@example.com }
`,
      "t/domain/files/POLICY.md.hbs": "# {{domain}} at {{organisation}}: {{owner_email}}\n",
    })
    await succeed(["new", "--template", "./t/mesh", "--dest", "m", "--yes", "--set", "domains=sales,finance"], { cwd })
    expect(read(cwd, "m/sales/POLICY.md")).toBe("# sales at acme: data@example.com\n")
    expect(read(cwd, "m/sales/meshwright.yml")).toContain("../../t/domain")
    expect(existsSync(join(cwd, "m/platform/dbt_project.yml"))).toBe(true)
    const inside = { cwd: join(cwd, "m/finance") }
    expect((await meshwright(["check"], inside)).exitCode).toBe(0)
    expect((await succeed(["update"], inside)).stdout).toContain("up to date")
  })

  it("locked content of either template holds", async () => {
    const cwd = folder()
    write(cwd, {
      "base/template.yml": `name: base
version: 1.0.0
description: a test
files: [{ path: a.yml, locked: { keys: [one], error_from: 2020-01-01 } }]
`,
      "base/files/a.yml": "one: 1\ntwo: 2\n",
      "base/files/b.yml": "three: 3\n",
      "acme/template.yml": `name: acme
version: 1.0.0
description: a test
extends: ../base
files:
  - { path: a.yml, layer: merge, locked: { keys: [four], error_from: 2020-01-01 } }
  - { path: b.yml, locked: { error_from: 2020-01-01 } }
`,
      "acme/files/a.yml": "four: 4\n",
    })
    await succeed(["new", "--template", "./acme", "--dest", "p", "--yes"], { cwd })
    const project = join(cwd, "p")
    expect(read(project, "a.yml")).toBe("one: 1\ntwo: 2\nfour: 4\n")
    write(project, { "a.yml": "one: 0\ntwo: 0\nfour: 0\n", "b.yml": "three: 0\n" })
    const { document, exitCode } = await json(["check"], { cwd: project })
    expect(exitCode).toBe(3)
    const told = document.findings?.map(({ message }) => message).join("\n")
    for (const place of ["one is", "four is", "three is"]) expect(told).toContain(place)
    expect(told).not.toContain("two is")
  })
})

describe("a template that extends what it cannot", () => {
  const cwd = folder()
  const template = (name: string, yaml: string): void =>
    write(cwd, { [`${name}/template.yml`]: `name: ${name}\nversion: 1.0.0\ndescription: a test\n${yaml}` })
  const questions = "questions:\n  - { name: ci, type: select, message: CI, choices: [a, b], default: a }\n"

  it.each([
    ["nothing that is there", "extends: ../nowhere", "no-template", 4, /nowhere/],
    ["a built-in template that is none", "extends: builtin:nope", "no-template", 4, /no built-in template "nope"/],
    ["itself", "extends: ../t", "extends-circle", 4, /t extends t/],
    ["another one that extends it", "extends: ../circle", "extends-circle", undefined, /t extends circle extends t/],
    [
      "a default of no question",
      "extends: ../base\ndefaults: { cj: a }",
      "manifest-inconsistent",
      5,
      /did you mean ci/,
    ],
    [
      "a default that is no choice",
      "extends: ../base\ndefaults: { ci: c }",
      "manifest-inconsistent",
      5,
      /must be one of a, b/,
    ],
    [
      "choices without the default",
      "extends: ../base\nquestions: [{ name: ci, choices: [b] }]",
      "manifest-inconsistent",
      5,
      /the default of ci, "a"/,
    ],
    ["half a question", "extends: ../base\nquestions: [{ name: new }]", "manifest-inconsistent", 5, /needs type/],
    [
      "keys of a text",
      "extends: ../base\nfiles: [{ path: README.md, layer: merge }]",
      "manifest-inconsistent",
      5,
      /README\.md has no keys/,
    ],
    ["drop without extends", "drop: [x]", "manifest-inconsistent", 4, /extends none/],
  ])("%s", async (_, yaml, code, line, message) => {
    template("base", questions)
    template("circle", "extends: ../t")
    template("t", yaml)
    const { document, exitCode } = await json(["new", "--template", "./t", "--dest", "p", "--yes"], { cwd })
    expect(exitCode).not.toBe(0)
    expect(document.error).toMatchObject({ code, message: expect.stringMatching(message) })
    expect(document.error?.file).toContain("template.yml")
    if (line !== undefined) expect(document.error?.line).toBe(line)
  })
})
