import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { isStructured } from "../../../src/core/merge/formats/index.ts"
import { layOver } from "../../../src/core/merge/lay-over.ts"
import { relPathOf } from "../../../src/core/model/path.ts"
import { entry, textFrom } from "../merge/build.ts"
import { SAMPLES } from "../merge/sample-files.ts"
import { files, printJson, printYaml, styles, type Value } from "../merge/structured.ts"
import { tries } from "../property.ts"

/** One text laid over another; undefined where that cannot be done. */
function over(path: string, below: string, above: string): string | undefined {
  return textFrom(layOver(relPathOf(path), entry(below), entry(above))?.bytes)
}

describe("laws of a file laid over another", () => {
  for (const { path, text } of SAMPLES.filter((sample) => isStructured(relPathOf(sample.path)))) {
    it(`${path}: nothing, comments and itself change no byte`, () => {
      const nothing = path.endsWith(".json") ? ["", "{}\n", "// a remark\n{}\n"] : ["", "# a remark\n", "\n\n"]
      for (const above of [...nothing, text]) expect(over(path, text, above)).toBe(text)
      const windows = text.replaceAll("\n", "\r\n")
      for (const above of nothing) expect(over(path, windows, above)).toBe(windows)
    })
  }

  it("has every value of both, the upper one's where they differ, and keeps comments and order of the lower one", () => {
    const partial = fc.subarray(["name", "version", "vars", "settings", "models"]).chain((keys) => {
      return files.map((all) => Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key))))
    })
    fc.assert(
      fc.property(files, partial, styles, styles, (below, above, style, other) => {
        const lower = printYaml(below as Value, style)
        const result = over(
          "x.yml",
          lower,
          Object.keys(above).length === 0 ? "" : printYaml(above as Value, { ...other, comments: false }),
        )
        expect(result).toBeDefined()
        expect(plain(parse(result!))).toEqual(expected(plain(below), plain(above)))
        const remarks = (text: string): string[] =>
          text
            .split("\n")
            .map((line) => line.trim())
            .filter((line) => line.startsWith("# about"))
        expect(remarks(result!).slice().sort()).toEqual(remarks(lower).slice().sort())
        expect(Object.keys(parse(result!) as object).slice(0, Object.keys(below).length)).toEqual(Object.keys(below))
        // Twice is once.
        expect(over("x.yml", result!, printYaml(above as Value, { ...other, comments: false }))).toBe(result)
      }),
      tries(150),
    )
  })

  it("does so in JSON", () => {
    fc.assert(
      fc.property(files, files, styles, styles, (below, above, style, other) => {
        const result = over("x.json", printJson(below as Value, style), printJson(above as Value, other))
        expect(plain(JSON.parse(result ?? "null"))).toEqual(expected(plain(below), plain(above)))
      }),
      tries(100),
    )
  })
})

/** What the two say together: maps key by key, lists of things with a name by that name, other lists as sets. */
function expected(below: unknown, above: unknown): unknown {
  // An empty list adds nothing.
  if (Array.isArray(above) && above.length === 0 && (isMap(below) || Array.isArray(below))) return below
  if (Array.isArray(below) && Array.isArray(above)) return [...new Set([...below, ...above])].toSorted()
  if (!isMap(below) || !isMap(above)) return above
  const keys = new Set([...Object.keys(below), ...Object.keys(above)])
  return Object.fromEntries(
    [...keys].map((key) => [
      key,
      below[key] === undefined ? above[key] : above[key] === undefined ? below[key] : expected(below[key], above[key]),
    ]),
  )
}

/** Lists of things with a name as maps of them, other lists sorted. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.some(isMap)
      ? Object.fromEntries(value.map((item: unknown) => [String((item as { name: unknown }).name), plain(item)]))
      : value.toSorted()
  }
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)])) : value
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

describe("one file laid over another", () => {
  it("puts rules of which the last one counts behind those that are there, and one that both have in its place", () => {
    expect(
      over(
        ".github/CODEOWNERS",
        "# who\n* @acme/sales\n/models/ @acme/b\n",
        "# platform\n/infra/ @acme/platform\n* @acme/all\n",
      ),
    ).toBe("# who\n* @acme/all\n/models/ @acme/b\n\n# platform\n/infra/ @acme/platform\n")
    expect(over(".gitignore", "# dbt\ntarget/\n", "# acme\n.acme/\n!target/keep\n")).toBe(
      "# dbt\ntarget/\n\n# acme\n.acme/\n!target/keep\n",
    )
    expect(over(".gitattributes", "* text=auto\n", "*.csv -text\n")).toBe("* text=auto\n*.csv -text\n")
  })

  it("takes a lower version too: what a template says is no edit of a team", () => {
    expect(over("requirements.txt", "dbt-core==1.9.0\nsqlfluff>=3\n", "dbt-core==1.8.0\nacme==1\n")).toBe(
      "dbt-core==1.8.0\nacme==1\nsqlfluff>=3\n",
    )
    expect(
      over(
        "packages.yml",
        "packages:\n  - package: a/b\n    version: 2.0.0\n",
        "packages:\n  - package: a/b\n    version: 1.0.0\n  - package: acme/c\n    version: 1.0.0\n",
      ),
    ).toBe("packages:\n  - package: a/b\n    version: 1.0.0\n  - package: acme/c\n    version: 1.0.0\n")
  })

  it("merges steps and hooks by what names them", () => {
    const below =
      "jobs:\n  build:\n    runs-on: ubuntu-latest # for now\n    steps:\n      - uses: actions/checkout@v4\n      - name: Build\n        run: dbt build\n"
    const above =
      "jobs:\n  build:\n    runs-on: self-hosted\n    steps:\n      - name: Build\n        env: {A: b}\n      - name: Tell\n        run: tell\n"
    expect(over(".github/workflows/ci.yml", below, above)).toBe(
      "jobs:\n  build:\n    runs-on: self-hosted\n    steps:\n      - uses: actions/checkout@v4\n      - name: Build\n        run: dbt build\n        env: {A: b}\n      - name: Tell\n        run: tell\n",
    )
  })

  it("merges settings of TOML, INI and HCL", () => {
    expect(
      over(
        "pyproject.toml",
        '[tool.x]\na = 1 # one\n\n[project]\ndependencies = ["b>=1"]\n',
        '[tool.x]\nb = 2\n[project]\ndependencies = ["acme"]\n[tool.y]\nc = 3\n',
      ),
    ).toBe('[tool.x]\na = 1 # one\nb = 2\n\n[project]\ndependencies = ["b>=1", "acme"]\n[tool.y]\nc = 3\n')
    expect(over(".sqlfluff", "[sqlfluff]\ndialect = duckdb\n", "[sqlfluff]\ndialect = snowflake\nrules = all\n")).toBe(
      "[sqlfluff]\ndialect = snowflake\nrules = all\n",
    )
    expect(over("main.tf", 'module "a" {\n  source = "x"\n}\n', 'module "a" {\n  version = "1"\n}\n')).toBe(
      'module "a" {\n  source  = "x"\n  version = "1"\n}\n',
    )
  })

  it("makes a file executable, and none less so", () => {
    const laid = layOver(relPathOf("x.yml"), entry("a: 1\n"), entry("b: 2\n", "755"))
    expect(laid?.mode).toBe("755")
    expect(layOver(relPathOf("x.yml"), entry("a: 1\n", "755"), entry("b: 2\n"))?.mode).toBe("755")
  })

  it.each([
    ["README.md", "# A\n", "# B\n"],
    ["models/x.sql", "select 1\n", "select 2\n"],
    ["x.json", "{", "{}"],
    ["x.json", '{"a": 1}', '{"b": '],
    ["x.yml", "- a\n", "b: 1\n"],
  ])("is refused for %s of %j with %j", (path, below, above) => {
    expect(over(path, below, above)).toBeUndefined()
  })
})
