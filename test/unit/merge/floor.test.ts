import { describe, expect, it } from "vitest"
import { explainText } from "../../../src/core/explain/explain-text.ts"
import { NO_SECRETS } from "../../../src/core/explain/show-part.ts"
import { relPathOf } from "../../../src/core/model/path.ts"
import { mergeRules } from "../../../src/core/merge/rules/merge-rules.ts"
import { pinOf, staysRaised } from "../../../src/core/merge/rules/version-pin.ts"
import { merge } from "./build.ts"

const HASHES = ["1", "2", "3"].map((digit) => `${digit}bcdef`.repeat(7).slice(0, 40))

describe("a raised version that the template would lower", () => {
  it.each([
    ["1.3.0", "1.10.0", "1.9.9"],
    ["1.5", "1.6", "1.4"],
    ["v4.0.0", "4.2.0", "v4.1.0"],
    ["v3.9", "v4.2", "v4.2"],
    ["1.0", "1.1.0rc2", "1.1.0b9"],
    [">=1.0,<2.0", ">=1.2,<2.0", ">=1.1,<2.0"],
    ["~> 5.0", "~> 5.30", "~> 5.10"],
    ["python:3.10-slim", "python:3.12-slim", "python:3.11-slim"],
    [
      "git::https://host/x.git//net?ref=v1.0.0",
      "git::https://host/x.git//net?ref=v1.2.0",
      "git::https://host/x.git//net?ref=v1.1.0",
    ],
  ])("stays: %s, %s and not %s", (base, ours, theirs) => {
    expect(staysRaised(pinOf(base), pinOf(ours), pinOf(theirs))).toBe(true)
  })

  it.each([
    ["raised further", "1.3.0", "1.3.1", "1.4.0"],
    ["raised further, as a range", ">= 1.5", ">= 1.5.7", ">= 1.6"],
    ["a pre-release of ours", "1.0", "1.1.0rc1", "1.1.0"],
    ["ours lowered it", "1.5", "1.4", "1.6"],
    ["another operator", "==1.0", ">=1.2", "==1.1"],
    ["a range that moved both ways", ">=1.0,<3.0", ">=1.2,<2.0", ">=1.1,<3.0"],
    ["a tag that may be newer than an exact one", "v3", "v4.1.2", "v4"],
    ["a narrower range", "~> 4.0", "~> 5.0", "~> 5.0.2"],
    ["another variant", "python:3.10-slim", "python:3.12-alpine", "python:3.11-slim"],
    ["a branch", "v1.0.0", "main", "v1.1.0"],
    ["another image", "a:1", "b:2", "a:3"],
    ["commits", HASHES[0]!, HASHES[1]!, HASHES[2]!],
    ["a release after the release", "1.0", "1.1.post1", "1.1"],
  ])("is asked about: %s", (_, base, ours, theirs) => {
    expect(staysRaised(pinOf(base), pinOf(ours), pinOf(theirs))).toBe(false)
  })

  it("is told by the comments behind commits", () => {
    const pin = (index: number, version: string) => pinOf(`actions/checkout@${HASHES[index]}`, ` # ${version}`)
    expect(staysRaised(pin(0, "v4.1.0"), pin(1, "v4.2.0"), pin(2, "v4.1.5"))).toBe(true)
    expect(staysRaised(pinOf("actions/checkout@v3"), pin(1, "v4.2.0"), pin(2, "v4.3.0"))).toBe(false)
    expect(staysRaised(pin(0, "v4.1.0"), pin(1, "v4.2.0"), pinOf("actions/checkout@v5"))).toBe(false)
    expect(staysRaised(pin(0, "v4.1.0"), pin(1, "v4.2.0"), pin(2, "v4.2.0"))).toBe(false)
    expect(staysRaised(pin(0, "frozen: v4.1.0"), pin(1, "v4.2.0"), pin(2, "frozen: v4.1.5"))).toBe(true)
    expect(staysRaised(pin(0, "v4.1.0"), pin(1, "main, as of May"), pin(2, "v4.3.0"))).toBe(false)
  })
})

/** A file with a version in it, in which ours and theirs have something else too. */
type Place = readonly [path: string, text: (version: string, more?: "ours" | "theirs") => string, at: string]

const step = (uses: string) => `      - uses: ${uses}\n`
const PLACES: readonly Place[] = [
  [
    "packages.yml",
    (version, more) =>
      `packages:\n  - package: dbt-labs/dbt_utils\n    version: ${version}\n${more ? `  - package: x/${more}\n    version: 0.1.0\n` : ""}`,
    "packages[package=dbt-labs/dbt_utils].version",
  ],
  [
    "packages.yml",
    (version) =>
      `packages:\n  - package: x/y\n    version: [">=${version}.0", "<9.0.0"]\n  - package: z/z\n    version: 1.0.0\n`,
    "packages[package=x/y].version",
  ],
  [
    "packages.yml",
    (version) => `packages:\n  - git: https://host/x.git\n    revision: v${version}\n`,
    "packages[git=https://host/x.git].revision",
  ],
  [
    ".github/workflows/ci.yml",
    (version, more) =>
      `jobs:\n  build:\n    steps:\n${step(`actions/checkout@v${version}`)}${more ? step(`x/${more}@v1`) : ""}`,
    "jobs.build.steps[uses=actions/checkout].uses",
  ],
  [
    ".github/workflows/ci.yml",
    (version) =>
      `jobs:\n  b:\n    steps:\n      - uses: actions/setup-python@v5\n        with:\n          python-version: "${version}"\n`,
    "jobs.b.steps[uses=actions/setup-python].with.python-version",
  ],
  [".gitlab-ci.yml", (version) => `build:\n  image: python:${version}-slim\n  script: [dbt build]\n`, "build.image"],
  [
    ".pre-commit-config.yaml",
    (version) =>
      `repos:\n  - repo: https://host/x\n    rev: v${version}\n    hooks:\n      - id: a\n        additional_dependencies: ["dbt-core==1.9.0"]\n`,
    "repos[repo=https://host/x].rev",
  ],
  [
    ".pre-commit-config.yaml",
    (version) =>
      `repos:\n  - repo: https://host/x\n    rev: v1\n    hooks:\n      - id: a\n        additional_dependencies: ["dbt-core==${version}", pytz]\n`,
    "repos[repo=https://host/x].hooks[id=a].additional_dependencies[dbt-core]",
  ],
  ["requirements.txt", (version, more) => `dbt-core==${version}\n${more ? `${more}-package\n` : ""}`, "dbt-core"],
  [
    "pyproject.toml",
    (version, more) =>
      `[project]\nname = "x"\ndependencies = [\n  "dbt-core>=${version}",\n${more ? `  "${more}",\n` : ""}]\n`,
    "project.dependencies[dbt-core]",
  ],
  [
    "pyproject.toml",
    (version) => `[project]\ndependencies = ["dbt-core~=${version}", "pytz"]\n`,
    "project.dependencies[dbt-core]",
  ],
  [
    "pyproject.toml",
    (version) => `[tool.poetry.dependencies]\npython = "^${version}"\n`,
    "tool.poetry.dependencies.python",
  ],
  [
    "infra/versions.tf",
    (version) => `terraform {\n  required_version = ">= ${version}"\n}\n`,
    "terraform.required_version",
  ],
  [
    "infra/versions.tf",
    (version, more) =>
      `terraform {\n  required_providers {\n    github = {\n      source  = "integrations/github"\n      version = "~> ${version}"\n    }\n${more ? `    ${more} = {\n      source = "x/${more}"\n    }\n` : ""}  }\n}\n`,
    "terraform.required_providers.github.version",
  ],
  [
    "infra/main.tf",
    (version) => `module "net" {\n  source = "git::https://host/net.git//vpc?ref=v${version}"\n}\n`,
    'module "net".source',
  ],
  ["dbt_project.yml", (version) => `name: x\nrequire-dbt-version: ">=${version}.0"\n`, "require-dbt-version"],
  [
    "dbt_project.yml",
    (version) => `name: x\nrequire-dbt-version:\n  - ">=${version}.0"\n  - "<9.0.0"\n`,
    "require-dbt-version",
  ],
  [".python-version", (version) => `${version}\n`, "line 1"],
  [".tool-versions", (version) => `python ${version}.1\nterraform 1.9.0\n`, "python"],
  [".terraform-version", (version) => `${version}\n`, "line 1"],
  ["Dockerfile", (version) => `FROM python:${version}-slim AS build\nRUN pip install dbt\n`, "line 1"],
  ["package.json", (version) => `{"devDependencies": {"x": "^${version}.0"}, "a": 1}\n`, "devDependencies.x"],
]

describe("a version that the team raised", () => {
  it.each(PLACES)("is not lowered in %s", (path, text, at) => {
    const [base, ours] = [text("3.10"), text("3.12", "ours")]
    for (const theirs of [text("3.11", "theirs"), text("3.9", "theirs")]) {
      const result = merge(base, ours, theirs, "inline", path)
      expect(result.kind).toBe("clean")
      for (const line of ours.split("\n")) expect(result.text.split("\n")).toContain(line)
      if (theirs.includes("theirs")) expect(result.text).toContain("theirs")
      const texts = { base, ours, theirs, result: result.text }
      const told = explainText(relPathOf(path), texts, NO_SECRETS).merged.find(({ from }) => from === "ours")
      expect(told).toMatchObject({ at, why: "higher-version" })
      expect(merge(theirs, result.text, theirs, "inline", path).text).toBe(result.text)
    }
  })

  it.each(PLACES)("is asked about where the template raised it further, in %s", (path, text) => {
    const result = merge(text("3.10"), text("3.11", "ours"), text("3.12", "theirs"), "inline", path)
    expect(result.kind).toBe("conflict")
    for (const version of ["3.11", "3.12"]) expect(result.text).toContain(version)
  })

  it.each(PLACES)("is asked about where the team lowered it, in %s", (path, text) => {
    expect(merge(text("3.10"), text("3.9"), text("3.12"), "inline", path).kind).toBe("conflict")
  })
})

describe("a version that nobody raised", () => {
  it.each(PLACES)("is what the template says, in %s", (path, text) => {
    const result = merge(text("3.10"), text("3.10", "ours"), text("3.9", "theirs"), "inline", path)
    expect(result.kind).toBe("clean")
    expect(result.text).toContain("3.9")
  })
})

describe("commits of actions", () => {
  const text = (index: number, version: string) =>
    `jobs:\n  a:\n    steps:\n      - uses: actions/checkout@${HASHES[index]} # ${version}\n      - run: dbt build\n`

  it("count by the comment that names their version", () => {
    const [base, low, high] = [text(0, "v4.0.0"), text(1, "v4.1.0"), text(2, "v4.2.0")]
    const at = ".github/workflows/ci.yml"
    expect(merge(base, low, high, "inline", at).kind).toBe("conflict")
    expect(merge(base, high, low, "inline", at)).toMatchObject({ kind: "clean", text: high })
  })
})

describe("beside a raised version", () => {
  it("a comment of the template's comes in", () => {
    const merged = merge("a\nb==1.0\n", "a\nb==1.2\n", "a\nb==1.1  # why\n", "inline", "requirements.txt")
    expect(merged).toMatchObject({ kind: "clean", text: "a\nb==1.2  # why\n" })
  })

  it("a conflict shows the base as it was", () => {
    const merged = merge("FROM x:1.0\nRUN a\n", "FROM x:1.2\nRUN b\n", "FROM x:1.1\nRUN c\n", "inline", "Dockerfile")
    expect(merged.text).toContain("||||||| 1.3.0\nFROM x:1.0\nRUN a\n")
  })
})

describe("places that a template names", () => {
  const sides = ["a: 1.0\nb: 1.0\n", "a: 1.2\nb: 1.2\n", "a: 1.1\nb: 1.0\n"] as const
  const kind = (path: string, ...floor: Parameters<typeof mergeRules>[0]["floor"]) =>
    merge(...sides, "inline", path, mergeRules({ floor, identity: [] })).kind

  it("are as good as the usual ones", () => {
    expect(kind("tools.yml")).toBe("conflict")
    expect(kind("tools.yml", { path: "tools.yml" })).toBe("clean")
    expect(kind("conf/tools.yml", { path: "**/*.yml", keys: ["a"] })).toBe("clean")
    expect(kind("tools.yml", { path: "tools.yml", keys: ["b"] })).toBe("conflict")
    expect(kind("tools.yml", { path: "other.yml" })).toBe("conflict")
  })

  it("can be taken back, and so can the usual ones", () => {
    expect(kind("tools.yml", { path: "**" }, { path: "tools.yml", off: true })).toBe("conflict")
    const pins = (floor: Parameters<typeof mergeRules>[0]["floor"]) =>
      merge("x==1.0\n", "x==1.2\n", "x==1.1\n", "inline", "requirements.txt", mergeRules({ floor, identity: [] })).kind
    expect(pins([])).toBe("clean")
    expect(pins([{ path: "*.txt", off: true }])).toBe("conflict")
  })
})
