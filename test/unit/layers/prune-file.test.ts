import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { pruneFile } from "../../../src/core/merge/prune-file.ts"
import { relPathOf } from "../../../src/core/model/path.ts"
import { entry, textFrom } from "../merge/build.ts"
import { files, printJson, printYaml, styles, type Value } from "../merge/structured.ts"
import { tries } from "../property.ts"

function prune(path: string, text: string, ...keys: string[]) {
  const pruned = pruneFile(relPathOf(path), entry(text), keys)
  return pruned && { text: textFrom(pruned.file.bytes), found: [...pruned.found] }
}

const PROJECT = `# The project.
name: sales # as in profiles.yml

# What dbt does,
# and does not.
flags: # all of them
  use_colors: false
  fail_fast: true

# Folders.
models:
  sales:
    +materialized: view
    staging:
      +schema: staging
    marts:
      +schema: marts
vars: {a: 1, b: 2}
clean-targets: [target, logs]
`

describe("keys that leave a file", () => {
  it.each([
    [
      "a map, with the comments on it",
      ["flags"],
      ["# What dbt does,", "# and does not.", "flags: # all of them", "  use_colors: false", "  fail_fast: true", ""],
    ],
    ["one of several", ["flags.use_colors"], ["  use_colors: false"]],
    [
      "all of several: what they were in goes too",
      ["flags.use_colors", "flags.fail_fast"],
      ["# What dbt does,", "# and does not.", "flags: # all of them", "  use_colors: false", "  fail_fast: true", ""],
    ],
    [
      "a star is a part of a step",
      ["models.sales.*.+schema"],
      ["    staging:", "      +schema: staging", "    marts:", "      +schema: marts"],
    ],
    ["the end of a path is no path", ["+schema", "sales.marts"], []],
  ])("%s", (_, keys, gone) => {
    const lines = PROJECT.split("\n")
    const at = lines.indexOf(gone[0] ?? "")
    const left =
      gone.length === 0
        ? lines
        : gone.length === 4
          ? lines.filter((line) => !gone.includes(line))
          : lines.toSpliced(at, gone.length)
    expect(prune("dbt_project.yml", PROJECT, ...keys)?.text).toBe(left.join("\n"))
  })

  it("what stands in brackets", () => {
    expect(prune("x.yml", PROJECT, "vars.a", "clean-targets[logs]")?.text).toContain(
      "vars: {b: 2}\nclean-targets: [target]\n",
    )
    expect(prune("x.yml", PROJECT, "vars.b", "clean-targets[target]")?.text).toContain(
      "vars: {a: 1}\nclean-targets: [logs]\n",
    )
  })

  it("items of lists by what names them", () => {
    const text =
      "packages:\n  # the usual\n  - package: dbt-labs/dbt_utils\n    version: 1.0.0\n  - git: https://example.com/x.git\n    revision: v1\n"
    expect(prune("packages.yml", text, "packages[package=dbt-labs/dbt_utils]")?.text).toBe(
      "packages:\n  - git: https://example.com/x.git\n    revision: v1\n",
    )
    expect(prune("packages.yml", text, "packages[package=dbt-labs/dbt_utils].version")?.text).toBe(
      "packages:\n  # the usual\n  - package: dbt-labs/dbt_utils\n  - git: https://example.com/x.git\n    revision: v1\n",
    )
    // Behind the dash.
    expect(prune("x.yml", "a:\n  - name: x\n    b: 1\n", "a[name=x].name")?.text).toBe("a:\n  - b: 1\n")
  })

  it("lines of rules: a comment above several stays with the others", () => {
    const text = "# logs\n*.log\n\n# editors\n.idea/\n.vscode/\n"
    expect(prune(".gitignore", text, "*.log", ".idea/")).toEqual({
      text: "# logs\n\n# editors\n.vscode/\n",
      found: ["*.log", ".idea/"],
    })
    expect(prune("CODEOWNERS", "* @acme/a\n/models/ @acme/b\n", "/models/")?.text).toBe("* @acme/a\n")
    expect(prune("requirements.txt", "dbt-core==1\nsqlfluff>=3\n", "sqlfluff")?.text).toBe("dbt-core==1\n")
  })

  it("settings and blocks", () => {
    const toml = '[tool.x]\na = 1\n# of b\nb = 2\n\n# of y\n[tool.y]\nz = ["a", "b"]\n'
    expect(prune("pyproject.toml", toml, "tool.x.b", 'tool.y.z["a"]')?.text).toBe(
      '[tool.x]\na = 1\n\n# of y\n[tool.y]\nz = ["b"]\n',
    )
    const hcl =
      'terraform {\n  a = 1\n}\n\n# b\nresource "a" "b" {\n  x = 1\n}\nresource "c" "d" {\n  x = 1\n  y = 2\n}\n'
    expect(prune("main.tf", hcl, 'resource "a" "b"', 'resource "c" "d".x')?.text).toBe(
      'terraform {\n  a = 1\n}\n\nresource "c" "d" {\n  y = 2\n}\n',
    )
  })

  it("keeps comments, commas and line ends of JSON", () => {
    const text = '{\r\n  "a": 1,\r\n  // of b\r\n  "b": {"c": 1, "d": [1,2]},\r\n  "e": 2 // of e\r\n}\r\n'
    expect(prune("settings.json", text, "e")?.text).toBe(
      '{\r\n  "a": 1,\r\n  // of b\r\n  "b": {"c": 1, "d": [1,2]}\r\n}\r\n',
    )
    expect(prune("settings.json", text, "b")?.text).toBe('{\r\n  "a": 1,\r\n  "e": 2 // of e\r\n}\r\n')
    expect(prune("settings.json", text, "b.c", "a")?.text).toBe(
      '{\r\n  // of b\r\n  "b": {"d": [1,2]},\r\n  "e": 2 // of e\r\n}\r\n',
    )
  })

  it("is refused where something refers to it, where the file cannot be read or has no keys", () => {
    expect(prune("x.yml", "a: &x\n  k: 1\nb: *x\n", "a")).toBeUndefined()
    expect(prune("x.json", "{", "a")).toBeUndefined()
    expect(prune("notes.txt", "a: 1\n", "a")).toBeUndefined()
    expect(prune("README.md", "# A\n", "A")).toBeUndefined()
  })

  it("leaves everything else: as a property, in YAML and JSON", () => {
    fc.assert(
      fc.property(files, styles, fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }), (file, style, way) => {
        const { key, without } = remove(file as Value, way)
        for (const [path, text] of [
          ["x.yml", printYaml(file as Value, style)],
          ["x.json", printJson(file as Value, style)],
        ] as const) {
          const pruned = prune(path, text, key)
          expect(pruned?.found).toEqual([key])
          expect(parse(pruned!.text!)).toEqual(without)
          const lines = new Set(text.split("\n").map((line) => line.trim().replace(/,$/, "")))
          expect(pruned!.text!.split("\n").filter((line) => !lines.has(line.trim().replace(/,$/, "")))).toEqual([])
        }
      }),
      tries(150),
    )
  })
})

/** A file without one of its keys, which `way` leads to; emptied maps are gone. */
function remove(value: Value, way: readonly number[]): { readonly key: string; readonly without: unknown } {
  const entries = Object.entries(value as Record<string, Value>)
  const [choice = 0, ...rest] = way
  const [name, inner] = entries[choice % entries.length]!
  const isMap = typeof inner === "object" && !Array.isArray(inner)
  if (!isMap || rest.length === 0)
    return { key: shown(name), without: Object.fromEntries(entries.filter(([key]) => key !== name)) }
  const { key, without } = remove(inner, rest)
  const isEmpty = Object.keys(without as object).length === 0
  const all = entries.flatMap(([each, old]) => (each !== name ? [[each, old]] : isEmpty ? [] : [[each, without]]))
  return { key: `${shown(name)}.${key}`, without: Object.fromEntries(all) }
}

const shown = (key: string): string => key
