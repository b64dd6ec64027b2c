import { describe, expect, it } from "vitest"
import { DEFAULT_RULES } from "../../../src/core/merge/rules/merge-rules.ts"
import { NO_SECRETS } from "../../../src/core/explain/show-part.ts"
import { secretsOf } from "../../../src/core/explain/secrets.ts"
import { explainText } from "../../../src/core/explain/explain-text.ts"
import type { PlaceChange, TeamChange } from "../../../src/core/model/explanation.ts"
import { relPathOf } from "../../../src/core/model/path.ts"
import { merge } from "../merge/build.ts"

const nothing = { base: new Map(), ours: new Map(), theirs: new Map(), rules: DEFAULT_RULES }

/** Merges, and tells what came of it: one line a place. */
function explain(path: string, base: string | null, ours: string, theirs: string, secrets = NO_SECRETS) {
  const result = merge(base, ours, theirs, "ours", path).text
  const { merged, yours } = explainText(relPathOf(path), { base, ours, theirs, result }, secrets)
  return { merged: merged.map(inWords), yours: yours.map(teamInWords), lines: merged.map(({ line }) => line) }
}

function inWords({ at, what, from, old, new: now, lines }: PlaceChange): string {
  const count = lines === undefined ? "" : ` +${lines.added} -${lines.removed}`
  return `${at} ${what} ${old ?? ""} → ${now ?? ""}${count} (${from})`
}

function teamInWords({ at, added, removed, changed }: TeamChange): string {
  const list = (sign: string, names: readonly string[]): string[] => names.map((name) => sign + name)
  return `${at}: ${[...list("+", added), ...list("-", removed), ...list("~", changed)].join(" ")}`
}

const PACKAGES = "packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n"

describe("YAML and JSON", () => {
  it("tells values of the template, and what the team did beside them", () => {
    const ours = `${PACKAGES}  - package: metaplane/dbt_expectations\n    version: 0.10.8\n  - local: ../x\n`
    expect(explain("packages.yml", PACKAGES, ours, PACKAGES.replace("1.3.0", "1.3.1"))).toEqual({
      merged: ["packages[package=dbt-labs/dbt_utils].version changed 1.3.0 → 1.3.1 (theirs)"],
      yours: ["packages: +[package=metaplane/dbt_expectations] +[local=../x]"],
      lines: [3],
    })
  })

  it("tells what is new and what is gone, whole", () => {
    const theirs = "packages:\n  - package: dbt-labs/codegen\n    version: 0.12.1\n"
    expect(explain("packages.yml", PACKAGES, PACKAGES, theirs).merged).toEqual([
      "packages[package=dbt-labs/dbt_utils] removed {package: dbt-labs/dbt_utils, version: 1.3.0} →  (theirs)",
      "packages[package=dbt-labs/codegen] added  → {package: dbt-labs/codegen, version: 0.12.1} (theirs)",
    ])
  })

  it("tells what stays away because the team removed it, and what both did", () => {
    const base = "a: 1\nb: 1\nc: 1\nd: {x: 1, y: 1}\n"
    const ours = "a: 1\nc: 2\nd: {x: 1, y: 1, z: 3}\n"
    const theirs = "a: 2\nb: 2\nc: 2\nd: {x: 2, y: 1}\n"
    expect(explain("x.yml", base, ours, theirs)).toMatchObject({
      merged: [
        "a changed 1 → 2 (theirs)",
        "b changed 1 → 2 (ours)",
        "c changed 1 → 2 (both)",
        "d.x changed 1 → 2 (theirs)",
      ],
      yours: [": -b ~c", "d: +z"],
    })
  })

  it("follows a list item that the team renamed", () => {
    const model = (name: string, version: string) =>
      `models:\n  - name: ${name}\n    description: d\n    access: public\n    group: g\n    version: ${version}\n`
    expect(explain("m.yml", model("orders", "1"), model("sales_orders", "1"), model("orders", "2")).merged).toEqual([
      "models[name=orders].version changed 1 → 2 (theirs)",
    ])
  })

  it("tells a list that only makes sense as a whole, and long values cut", () => {
    const base = 'require-dbt-version: [">=1.5.0", "<2.0.0"]\nx: 1\n'
    const theirs = `require-dbt-version: [">=1.8.0", "<3.0.0"]\nx: ${"word ".repeat(30).trim()}\n`
    expect(explain("dbt_project.yml", base, base, theirs).merged).toEqual([
      'require-dbt-version changed [">=1.5.0", "<2.0.0"] → [">=1.8.0", "<3.0.0"] (theirs)',
      `x changed 1 → ${"word ".repeat(12).trim().slice(0, 59)}… (theirs)`,
    ])
  })

  it("counts the lines of long texts, and tells when both are in the result", () => {
    const base = "run: |\n  one\n  two\n  three\n  four\n"
    expect(explain("x.yml", base, base.replace("one", "ONE"), base.replace("four", "FOUR\n  five")).merged).toEqual([
      "run changed  →  +2 -1 (merged)",
    ])
  })

  it("tells a new order of a list, and comments by their lines", () => {
    expect(explain("x.yml", "stages: [a, b]\n", "stages: [a, b]\n", "stages: [b, a]\n").merged).toEqual([
      "stages reordered  →  (theirs)",
    ])
    expect(explain("x.yml", "a: 1\n", "a: 1\n", "# why\na: 1\n").merged).toEqual(["line 1 layout  → # why (theirs)"])
  })

  it("tells keys of JSON", () => {
    expect(
      explain("x.json", '{"a": {"b c": 1}}\n', '{"a": {"b c": 1}, "d": 1}\n', '{"a": {"b c": 2}}\n'),
    ).toMatchObject({
      merged: ['a."b c" changed 1 → 2 (theirs)'],
      yours: [": +d"],
    })
  })

  it("tells lines where a side cannot be read", () => {
    const base = "{% if x %}\na: 1\n{% endif %}\n"
    expect(explain("x.yml", base, base, base.replace("1", "2")).merged).toEqual(["line 2 changed a: 1 → a: 2 (theirs)"])
  })

  it("tells keys beside a value that cannot be read", () => {
    expect(explain("x.yml", "a: 1\nb: {\n", "a: 1\nb: {\n", "a: 2\nb: {\n").merged).toEqual([
      "a changed 1 → 2 (theirs)",
    ])
  })
})

describe("Terraform, TOML, INI", () => {
  it("names blocks and attributes of Terraform", () => {
    const base = 'resource "aws_s3_bucket" "logs" {\n  acl = "private"\n  tags = {\n    env = "dev"\n  }\n}\n'
    const ours = base.replace('acl = "private"', 'acl = "private"\n  force_destroy = true')
    const theirs = `${base.replace('"dev"', '"prod"')}\nvariable "region" {\n  type = string\n}\n`
    expect(explain("main.tf", base, ours, theirs)).toEqual({
      merged: [
        'resource "aws_s3_bucket" "logs".tags.env changed "dev" → "prod" (theirs)',
        'variable "region" added  → {type: string} (theirs)',
      ],
      yours: ['resource "aws_s3_bucket" "logs": +force_destroy'],
      lines: [5, 9],
    })
  })

  it("names tables and keys of TOML", () => {
    const base =
      '[tool.ruff]\nline-length = 100\nselect = ["E"]\n\n[[tool.mypy.overrides]]\nmodule = "x"\nstrict = true\n'
    const theirs = base.replace("100", "120").replace('["E"]', '["E", "I"]').replace("strict = true", "strict = false")
    expect(explain("pyproject.toml", base, base.replace('["E"]', '["E", "F"]'), theirs)).toMatchObject({
      merged: [
        "tool.ruff.line-length changed 100 → 120 (theirs)",
        'tool.ruff.select["I"] added  → "I" (theirs)',
        'tool.mypy.overrides[module="x"].strict changed true → false (theirs)',
      ],
      yours: ['tool.ruff.select: +["F"]'],
    })
  })

  it("names sections and keys of INI", () => {
    const base = "[sqlfluff]\ndialect = duckdb\nrules = L001, L002\n"
    expect(explain(".sqlfluff", base, `${base}max = 3\n`, base.replace("duckdb", "snowflake"))).toMatchObject({
      merged: ["[sqlfluff].dialect changed duckdb → snowflake (theirs)"],
      yours: ["[sqlfluff]: +max"],
    })
  })
})

describe("lines with a meaning", () => {
  it("names rules, packages and patterns", () => {
    expect(explain("CODEOWNERS", "* @a\n/docs/ @b\n", "* @a\n/docs/ @b\n", "* @c\n/docs/ @b\n").merged).toEqual([
      "* changed @a → @c (theirs)",
    ])
    expect(explain("requirements.txt", "dbt-core==1.8\n", "dbt-core==1.8\nruff\n", "dbt-core==1.9\n")).toMatchObject({
      merged: ["dbt-core changed ==1.8 → ==1.9 (theirs)"],
      yours: [": +ruff"],
    })
    expect(explain(".gitignore", "target/\n", "target/\nx\n", "target/\nlogs/\n")).toMatchObject({
      merged: ["logs/ added  →  (theirs)"],
      yours: [": +x"],
    })
  })
})

describe("Makefiles", () => {
  it("names variables and rules", () => {
    const base = "DBT = dbt\n\nbuild:\n\t$(DBT) build\n"
    expect(explain("Makefile", base, `${base}\nlint:\n\tsqlfluff\n`, base.replace("= dbt", "= dbtf"))).toMatchObject({
      merged: ["variable DBT changed dbt → dbtf (theirs)"],
      yours: [": +rule lint"],
    })
  })
})

describe("text", () => {
  it("names sections of Markdown and macros of SQL", () => {
    const md = "# Title\n\nText.\n\n## Install\n\nOne.\n\n## Use\n\nTwo.\n"
    expect(explain("README.md", md, md.replace("Two", "2"), md.replace("One.", "One.\nMore."))).toMatchObject({
      merged: ["## Install changed  →  +1 -0 (theirs)"],
      yours: [": ~## Use"],
    })
    const sql = (a: string, b: string) =>
      `{% macro a() %}\n${a}\n{% endmacro %}\n\n{% macro b() %}\n${b}\n{% endmacro %}\n`
    expect(explain("macros/x.sql", sql("1", "1"), sql("2", "1"), sql("1", "2"))).toMatchObject({
      merged: ["macro b changed  →  +1 -1 (theirs)"],
      yours: [": ~macro a"],
    })
  })

  it("tells lines of all else", () => {
    const base = "1\n2\n3\n4\n5\n6\n7\n8\n"
    expect(
      explain(
        "x.txt",
        base,
        base.replace("1", "one\nmore").replace("5", "both"),
        base.replace("3", "three").replace("5", "both").replace("8", "8\n9"),
      ),
    ).toEqual({
      merged: ["line 4 changed 3 → three (theirs)", "line 6 changed 5 → both (both)", "line 10 added  → 9 (theirs)"],
      yours: [": ~lines 1-2 ~line 6"],
      lines: [4, 6, 10],
    })
  })

  it("tells what does not come in", () => {
    expect(explain("x.txt", "1\n2\n3\n", "1\nours\n3\n", "1\ntheirs\n3\n").merged).toEqual([
      "line 2 changed 2 → theirs (ours)",
    ])
  })
})

describe("secrets", () => {
  const secrets = secretsOf(
    [
      { name: "token", type: "password", message: "" },
      { name: "pin", type: "number", message: "", secret: true },
      { name: "plain", type: "input", message: "" },
    ],
    { token: 'it\'s "hunter2"', pin: 4711, plain: "seen" },
    nothing,
  )

  it("hides values, the old ones with them, however they are written", () => {
    const base = "token: before\nurl: x\npin: 1\nplain: a\n"
    const theirs = 'token: \'it\'\'s "hunter2"\'\nurl: "https://it\'s \\"hunter2\\"@host"\npin: 4711\nplain: seen\n'
    expect(explain("x.yml", base, base, theirs, secrets).merged).toEqual([
      "token changed (secret) → (secret) (theirs)",
      "url changed (secret) → (secret) (theirs)",
      "pin changed (secret) → (secret) (theirs)",
      "plain changed a → seen (theirs)",
    ])
  })

  it("hides them in lines and in names", () => {
    expect(explain("x.txt", "a\n", "a\n", "pin 4711\n", secrets).merged).toEqual([
      "line 1 changed (secret) → (secret) (theirs)",
    ])
    expect(
      explain("x.yml", "a: [{name: b}]\n", "a: [{name: b}]\n", "a: [{name: b}, {name: 4711}]\n", secrets).merged,
    ).toEqual(["a[name=(secret)] added  → (secret) (theirs)"])
  })
})
