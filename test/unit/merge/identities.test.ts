import { describe, expect, it } from "vitest"
import { merge } from "./build.ts"

/** A list as it is in a file, and items of it as they stand behind a dash. */
interface List {
  readonly path: string
  /** The lines above the list, each one level deeper than the one before it. */
  readonly under: readonly string[]
  /** An item of the template, and the same one in the template's next version. */
  readonly item: string
  readonly bumped: string
  /** Others, of the template and of the team. */
  readonly other: string
  readonly ours: string
  readonly theirs: string
}

const LISTS: Readonly<Record<string, List>> = {
  "containers of Kubernetes": {
    path: "k8s/job.yaml",
    under: ["spec:", "containers:"],
    item: "name: dbt\nimage: dbt:a\nargs: [build]",
    bumped: "name: dbt\nimage: dbt:b\nargs: [build]",
    other: "name: proxy\nimage: proxy:a",
    ours: "name: logs\nimage: logs:a",
    theirs: "name: metrics\nimage: metrics:a",
  },
  "ports of a container": {
    path: "k8s/job.yaml",
    under: ["spec:", "ports:"],
    item: "containerPort: 80\nprotocol: TCP\nhostPort: 1",
    bumped: "containerPort: 80\nprotocol: TCP\nhostPort: 2",
    other: "containerPort: 80\nprotocol: UDP",
    ours: "containerPort: 81",
    theirs: "containerPort: 82",
  },
  "ports of a service": {
    path: "k8s/service.yaml",
    under: ["spec:", "ports:"],
    item: "port: 80\ntargetPort: 8080",
    bumped: "port: 80\ntargetPort: 8081",
    other: "port: 443",
    ours: "port: 81",
    theirs: "port: 82",
  },
  "mounts of a container": {
    path: "k8s/job.yaml",
    under: ["spec:", "volumeMounts:"],
    item: "name: work\nmountPath: /work",
    bumped: "name: work\nmountPath: /work\nreadOnly: true",
    other: "name: work\nmountPath: /other",
    ours: "name: ours\nmountPath: /ours",
    theirs: "name: theirs\nmountPath: /theirs",
  },
  "tolerations of a pod": {
    path: "k8s/job.yaml",
    under: ["spec:", "tolerations:"],
    item: "key: spot\noperator: Exists\neffect: NoSchedule",
    bumped: "key: spot\noperator: Equal\neffect: NoSchedule",
    other: "key: spot\noperator: Exists\neffect: NoExecute",
    ours: "key: ours\noperator: Exists",
    theirs: "key: theirs\noperator: Exists",
  },
  "environment of a container, as a list": {
    path: "k8s/job.yaml",
    under: ["spec:", "env:"],
    item: "name: A\nvalue: one",
    bumped: "name: A\nvalue: two",
    other: "name: B\nvalue: one",
    ours: "name: OURS\nvalue: x",
    theirs: "name: THEIRS\nvalue: x",
  },
  "include of GitLab, of several kinds": {
    path: ".gitlab-ci.yml",
    under: ["include:"],
    item: "project: acme/ci\nref: one\nfile: /dbt.yml",
    bumped: "project: acme/ci\nref: two\nfile: /dbt.yml",
    other: "project: acme/ci\nref: one\nfile: /lint.yml",
    ours: "local: ours.yml",
    theirs: "template: Jobs/Theirs.gitlab-ci.yml",
  },
  "include of GitLab, a component": {
    path: ".gitlab-ci.yml",
    under: ["include:"],
    item: "component: gitlab.com/acme/dbt/build@one\ninputs: {stage: build}",
    bumped: "component: gitlab.com/acme/dbt/build@two\ninputs: {stage: build}",
    other: "component: gitlab.com/acme/dbt/lint@one",
    ours: "remote: https://example.com/ours.yml",
    theirs: "local: theirs.yml",
  },
  "rules of a GitLab job": {
    path: ".gitlab-ci.yml",
    under: ["build:", "rules:"],
    item: "if: $CI_COMMIT_TAG\nwhen: manual",
    bumped: "if: $CI_COMMIT_TAG\nwhen: never",
    other: "if: $CI_COMMIT_BRANCH\nwhen: always",
    ours: "changes: [models/**]",
    theirs: "exists: [Dockerfile]",
  },
  "needs of a GitLab job": {
    path: ".gitlab-ci.yml",
    under: ["build:", "needs:"],
    item: "job: lint\nartifacts: true",
    bumped: "job: lint\nartifacts: false",
    other: "job: parse",
    ours: "job: ours",
    theirs: "job: theirs",
  },
  "volumes of a compose service, long": {
    path: "docker-compose.yml",
    under: ["services:", "db:", "volumes:"],
    item: "type: bind\nsource: ./a\ntarget: /data",
    bumped: "type: bind\nsource: ./b\ntarget: /data",
    other: "type: volume\nsource: ./a\ntarget: /other",
    ours: "type: bind\nsource: ./o\ntarget: /ours",
    theirs: "type: bind\nsource: ./t\ntarget: /theirs",
  },
  "ports of a compose service, long": {
    path: "compose.yaml",
    under: ["services:", "db:", "ports:"],
    item: "target: 80\npublished: 8080",
    bumped: "target: 80\npublished: 8081",
    other: "target: 443\npublished: 8443",
    ours: "target: 81",
    theirs: "target: 82",
  },
  "updates of dependabot": {
    path: ".github/dependabot.yml",
    under: ["updates:"],
    item: 'package-ecosystem: pip\ndirectory: "/"\nschedule: {interval: weekly}',
    bumped: 'package-ecosystem: pip\ndirectory: "/"\nschedule: {interval: daily}',
    other: 'package-ecosystem: pip\ndirectory: "/tools"\nschedule: {interval: weekly}',
    ours: 'package-ecosystem: docker\ndirectory: "/"',
    theirs: 'package-ecosystem: github-actions\ndirectory: "/"',
  },
  "what dependabot ignores": {
    path: ".github/dependabot.yml",
    under: ["updates:", "ignore:"],
    item: "dependency-name: a\nversions: [1.x]",
    bumped: "dependency-name: a\nversions: [2.x]",
    other: "dependency-name: b",
    ours: "dependency-name: ours",
    theirs: "dependency-name: theirs",
  },
  "steps of Azure Pipelines": {
    path: "azure-pipelines.yml",
    under: ["steps:"],
    item: "task: UsePythonVersion@0\ninputs: {versionSpec: one}",
    bumped: "task: UsePythonVersion@1\ninputs: {versionSpec: one}",
    other: "script: dbt build\ndisplayName: Build",
    ours: "script: ours\ndisplayName: Ours",
    theirs: "bash: theirs\ndisplayName: Theirs",
  },
  "steps of Azure Pipelines, told by their display name": {
    path: "azure-pipelines.yml",
    under: ["steps:"],
    item: "script: dbt build\ndisplayName: Build",
    bumped: "script: dbt build --fail-fast\ndisplayName: Build",
    other: "script: dbt deps\ndisplayName: Install",
    ours: "script: ours\ndisplayName: Ours",
    theirs: "script: theirs\ndisplayName: Theirs",
  },
  "stages and jobs of Azure Pipelines": {
    path: "azure-pipelines.yml",
    under: ["stages:"],
    item: "stage: build\njobs:\n  - job: dbt\n    pool: one",
    bumped: "stage: build\njobs:\n  - job: dbt\n    pool: two",
    other: "stage: lint",
    ours: "stage: ours",
    theirs: "stage: theirs",
  },
  "variables of Azure Pipelines": {
    path: "azure-pipelines.yml",
    under: ["variables:"],
    item: "name: a\nvalue: one",
    bumped: "name: a\nvalue: two",
    other: "group: shared",
    ours: "group: ours",
    theirs: "template: theirs.yml",
  },
  "pages of mkdocs": {
    path: "mkdocs.yml",
    under: ["nav:"],
    item: "Guide:\n  - guide/a.md",
    bumped: "Guide:\n  - guide/a.md\n  - guide/b.md",
    other: "Home: index.md",
    ours: "Ours: ours.md",
    theirs: "Theirs: theirs.md",
  },
  "plugins of mkdocs": {
    path: "mkdocs.yml",
    under: ["plugins:"],
    item: "search:\n    lang: en",
    bumped: "search:\n    lang: de",
    other: "macros",
    ours: "ours",
    theirs: "theirs:\n    a: 1",
  },
  "extensions of mkdocs": {
    path: "mkdocs.yml",
    under: ["markdown_extensions:"],
    item: "toc:\n    permalink: true",
    bumped: "toc:\n    permalink: false",
    other: "admonition",
    ours: "ours",
    theirs: "theirs",
  },
  "dimensions of a semantic model": {
    path: "models/_semantic.yml",
    under: ["semantic_models:", "dimensions:"],
    item: "name: ordered_at\ntype: time\ntype_params: {time_granularity: day}",
    bumped: "name: ordered_at\ntype: time\ntype_params: {time_granularity: hour}",
    other: "name: region\ntype: categorical",
    ours: "name: ours\ntype: categorical",
    theirs: "name: theirs\ntype: categorical",
  },
  "exports of a saved query": {
    path: "models/_semantic.yml",
    under: ["saved_queries:", "exports:"],
    item: "name: daily\nconfig: {export_as: table}",
    bumped: "name: daily\nconfig: {export_as: view}",
    other: "name: weekly",
    ours: "name: ours",
    theirs: "name: theirs",
  },
  "metrics of a metric": {
    path: "models/_metrics.yml",
    under: ["metrics:", "input_metrics:"],
    item: "name: revenue\nalias: r",
    bumped: "name: revenue\nalias: rev",
    other: "name: cost",
    ours: "name: ours",
    theirs: "name: theirs",
  },
  "what a unit test is given": {
    path: "models/_unit_tests.yml",
    under: ["unit_tests:", "given:"],
    item: "input: ref('a')\nrows:\n  - {id: 1}",
    bumped: "input: ref('a')\nrows:\n  - {id: 1}\n  - {id: 2}",
    other: "input: ref('b')\nrows: []",
    ours: "input: ref('ours')\nrows: []",
    theirs: "input: ref('theirs')\nrows: []",
  },
  "constraints of a model": {
    path: "models/_models.yml",
    under: ["models:", "constraints:"],
    item: "type: primary_key\ncolumns: [id]",
    bumped: "type: primary_key\ncolumns: [id]\nwarn_unenforced: false",
    other: "type: check\nexpression: id > 0\nname: positive",
    ours: "type: check\nexpression: x > 0",
    theirs: "type: foreign_key\ncolumns: [b]",
  },
  "hooks of pre-commit": {
    path: ".pre-commit-config.yaml",
    under: ["repos:", "hooks:"],
    item: "id: sqlfluff-lint\nargs: [one]",
    bumped: "id: sqlfluff-lint\nargs: [two]",
    other: "id: sqlfluff-fix",
    ours: "id: ours",
    theirs: "id: theirs",
  },
  "steps of CircleCI": {
    path: ".circleci/config.yml",
    under: ["jobs:", "build:", "steps:"],
    item: "run:\n    name: Build\n    command: dbt build",
    bumped: "run:\n    name: Build\n    command: dbt build --fail-fast",
    other: "checkout",
    ours: "run: ours",
    theirs: "restore_cache:\n    key: theirs",
  },
  "jobs of a CircleCI workflow": {
    path: ".circleci/config.yml",
    under: ["workflows:", "main:", "jobs:"],
    item: "build:\n    context: one",
    bumped: "build:\n    context: two",
    other: "lint",
    ours: "ours:\n    requires: [build]",
    theirs: "theirs",
  },
  "tasks of VS Code": {
    path: ".vscode/tasks.yml",
    under: ["tasks:"],
    item: "label: build\ncommand: dbt build",
    bumped: "label: build\ncommand: dbt build -x",
    other: "label: test\ncommand: dbt test",
    ours: "label: ours",
    theirs: "label: theirs",
  },
  "problem matchers and inputs of VS Code": {
    path: ".vscode/tasks.yml",
    under: ["inputs:"],
    item: "id: model\ntype: promptString",
    bumped: "id: model\ntype: pickString",
    other: "id: target\ntype: promptString",
    ours: "id: ours",
    theirs: "id: theirs",
  },
  "rules of an Elementary or evaluator config": {
    path: "models/_exceptions.yml",
    under: ["alerts:", "filters:"],
    item: "name: owners\nvalue: one",
    bumped: "name: owners\nvalue: two",
    other: "name: tags\nvalue: x",
    ours: "name: ours",
    theirs: "name: theirs",
  },
  "selectors of dbt": {
    path: "selectors.yml",
    under: ["selectors:"],
    item: "name: nightly\ndefinition: {method: tag, value: one}",
    bumped: "name: nightly\ndefinition: {method: tag, value: two}",
    other: "name: weekly\ndefinition: {method: tag, value: w}",
    ours: "name: ours\ndefinition: {method: tag, value: o}",
    theirs: "name: theirs\ndefinition: {method: tag, value: t}",
  },
  "what a selector is made of": {
    path: "selectors.yml",
    under: ["definition:", "union:"],
    item: "method: tag\nvalue: nightly\nparents: true",
    bumped: "method: tag\nvalue: nightly\nparents: false",
    other: "method: tag\nvalue: weekly",
    ours: "method: path\nvalue: models/ours",
    theirs: "method: path\nvalue: models/theirs",
  },
}

function text({ under }: List, ...items: readonly string[]): string {
  const dashes = items.map((item) => {
    const indent = "  ".repeat(under.length)
    return `${indent}- ${item.split("\n").join(`\n${indent}  `)}\n`
  })
  return under.map((line, depth) => `${"  ".repeat(depth)}${line}\n`).join("") + dashes.join("")
}

describe("items of lists are told apart", () => {
  it.each(Object.entries(LISTS))("%s", (_, list) => {
    const { path, item, bumped, other, ours, theirs } = list
    const merged = (base: readonly string[], mine: readonly string[], template: readonly string[]) => {
      const result = merge(text(list, ...base), text(list, ...mine), text(list, ...template), "inline", path)
      return result.kind === "clean" ? result.text : null
    }
    // Both add.
    expect(merged([item, other], [item, other, ours], [item, other, theirs])).toBe(
      text(list, item, other, ours, theirs),
    )
    // The template changes one where the team adds, reorders, or does both.
    expect(merged([item, other], [item, other, ours], [bumped, other])).toBe(text(list, bumped, other, ours))
    expect(merged([item, other], [ours, other, item], [bumped, other, theirs])).toBe(
      text(list, ours, other, theirs, bumped),
    )
    // One changes what the other removes.
    expect(merged([item, other], [bumped, other], [other])).toBeNull()
    expect(merged([item, other], [other], [bumped, other])).toBe(text(list, other))
    // Both add the same one, differently: never two of it.
    expect(merged([other], [other, item], [other, bumped]) ?? "").not.toContain(`${text(list, other, item, bumped)}`)
  })
})

describe("lists of plain values", () => {
  const list = (key: string, ...items: readonly string[]) => `${key}:\n${items.map((item) => `  - ${item}\n`).join("")}`

  it.each([
    ["models/_models.yml", "+grants:\n  select"],
    [".gitlab-ci.yml", "stages"],
    ["docker-compose.yml", "volumes"],
    ["docker-compose.yml", "ports"],
    ["azure-pipelines.yml", "dependsOn"],
    [".circleci/config.yml", "requires"],
    ["mkdocs.yml", "plugins"],
    ["dbt_project.yml", "clean-targets"],
    [".vscode/extensions.yml", "recommendations"],
  ])("of sets both sides' changes are put together: %s, %s", (path, key) => {
    const merged = merge(list(key, "a", "b"), list(key, "a", "b", "ours"), list(key, "b", "theirs"), "inline", path)
    expect(merged).toMatchObject({ kind: "clean", text: list(key, "b", "ours", "theirs") })
  })

  it.each([
    ["dbt_project.yml", "search_order"],
    ["dbt_project.yml", "on-run-end"],
    ["packages.yml", "version"],
    [".gitlab-ci.yml", "script"],
    ["models/_unit_tests.yml", "rows"],
    [".pre-commit-config.yaml", "args"],
  ])("of what is only good as a whole there is one version: %s, %s", (path, key) => {
    const [base, ours, theirs] = [list(key, "a"), list(key, "a", "ours"), list(key, "a", "theirs")]
    expect(merge(base, ours, theirs, "inline", path).kind).toBe("conflict")
    expect(merge(base, base, theirs, "inline", path)).toMatchObject({ kind: "clean", text: theirs })
  })

  it("a variable is told by its name", () => {
    const environment = (...items: readonly string[]) => list("environment", ...items)
    const sides = [environment("A=1", "B=1"), environment("A=1", "B=5", "C=1"), environment("A=2", "B=1")] as const
    const merged = merge(...sides, "inline", "compose.yml")
    expect(merged).toMatchObject({ kind: "clean", text: environment("A=2", "B=5", "C=1") })
    expect(merge(environment("A=1"), environment("A=2"), environment("A=3")).kind).toBe("conflict")
  })
})
