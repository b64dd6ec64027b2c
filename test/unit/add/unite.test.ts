import { describe, expect, test } from "vitest"
import { unite } from "../../../src/core/add/unite.ts"
import { DEFAULT_RULES } from "../../../src/core/merge/rules/merge-rules.ts"
import { relPathOf } from "../../../src/core/model/path.ts"

const file = (text: string) => ({ mode: "644" as const, bytes: Buffer.from(text, "utf8") })

function add(ours: string, addition: string, path = "models/_models.yml", list: string | undefined = "models"): string {
  const result = unite(relPathOf(path), file(ours), file(addition), DEFAULT_RULES, list)
  return result.kind === "united" ? Buffer.from(result.file.bytes).toString("utf8") : result.kind
}

const NEW = "models:\n  - name: c\n    description: new\n    columns:\n      - name: id\n"

describe("a model that is added to a file", () => {
  test.each<[string, string, string]>([
    [
      "goes to the end, with a blank line where the file has them; all else keeps its bytes",
      "version: 2\n\nmodels:\n  # about b\n  - name: b\n    description: 'x'   # keep\n\n  - name: d\n    description: \"y\"\n\n# the end\n",
      "version: 2\n\nmodels:\n  # about b\n  - name: b\n    description: 'x'   # keep\n\n  - name: d\n    description: \"y\"\n\n  - name: c\n    description: new\n    columns:\n      - name: id\n\n# the end\n",
    ],
    [
      "goes to its place in a list that is sorted, and is indented as the file is",
      "models:\n- name: a\n- name: b\n- name: d\nsources:\n- name: x\n",
      "models:\n- name: a\n- name: b\n- name: c\n  description: new\n  columns:\n  - name: id\n- name: d\nsources:\n- name: x\n",
    ],
    [
      "goes before all where it sorts so",
      "models:\n  - name: d\n  - name: e\n  - name: f\n",
      "models:\n  - name: c\n    description: new\n    columns:\n      - name: id\n  - name: d\n  - name: e\n  - name: f\n",
    ],
    ["starts a list", "sources:\n  - name: x\n", `sources:\n  - name: x\n${NEW}`],
    ["fills an empty list", "models: [] # none yet\n# end\n", `${NEW.replace(":", ": # none yet")}# end\n`],
    ["fills a list of nothing", "version: 2\nmodels:\n", `version: 2\n${NEW}`],
    ["follows a comment", "# Ours.\n", `# Ours.\n${NEW}`],
    [
      "keeps other line ends",
      "models:\r\n  - name: b\r\n  - name: a\r\n",
      `models:\r\n  - name: b\r\n  - name: a\r\n${NEW.slice(8).replaceAll("\n", "\r\n")}`,
    ],
  ])("%s", (_, ours, expected) => {
    expect(add(ours, NEW)).toBe(expected)
    expect(add(expected, NEW)).toBe("same")
  })

  test("is the same where it is there already, with more said", () => {
    expect(add(`${NEW}        data_tests: [unique]\n  - name: d\n`, NEW)).toBe("same")
  })

  test("is a conflict where it is there and something else is said", () => {
    expect(add("models:\n  - name: c\n    description: ours\n", NEW)).toBe("conflict")
    expect(add("models: {a: b}\n", NEW)).toBe("conflict")
    expect(add("models: [\n", NEW)).toBe("conflict")
  })

  test.each<[string, string, string, number | undefined]>([
    ["broken YAML", "models:\n  - name: [a\n", "cannot be added to: it is no YAML that can be read", undefined],
    ["a list in brackets", "x: &x {name: z}\nmodels: [*x]\n", "cannot be added to: models is a list in brackets", 2],
    [
      "another value",
      "models:\n  - name: c\n    description: ours\n",
      "says otherwise at models[name=c].description",
      3,
    ],
  ])("says why it cannot be added: %s", (_, ours, message, line) => {
    const result = unite(relPathOf("models/_models.yml"), file(ours), file(NEW), DEFAULT_RULES, "models")
    if (result.kind !== "conflict") throw new Error("it was added")
    expect(result.why?.message).toContain(message)
    if (line !== undefined) expect(result.why?.position?.line).toBe(line)
  })

  test("leaves a source that is there as it is, but for its new tables; another schema is no thing to leave out", () => {
    const ours = "sources:\n  - name: shop # ours\n    tables:\n      - name: a\n"
    const addition = (schema: string) =>
      `sources:\n  - name: shop\n    description: Tables of shop.\n    schema: ${schema} # where\n    config:\n      enabled: "{{ x }}"\n    tables:\n      - name: b\n`
    expect(add(ours, addition("shop"), "models/_s.yml", "sources")).toBe(`${ours}      - name: b\n`)
    expect(add(ours, addition("other"), "models/_s.yml", "sources")).toContain("schema: other")
    const empty = "sources:\n  - name: shop\n"
    expect(add(empty, addition("shop"), "models/_s.yml", "sources")).toBe(`${empty}    tables:\n      - name: b\n`)
  })

  test("leaves a model that is there without columns as it is", () => {
    expect(add("models:\n  - name: c\n", NEW)).toBe("same")
  })

  test("brings tables to a source that is there", () => {
    const ours = "sources:\n  - name: shop # ours\n    tables:\n      - name: a\n"
    const addition = "sources:\n  - name: shop\n    tables:\n      - name: b\n"
    expect(add(ours, addition, "models/_s.yml", "sources")).toBe(`${ours}      - name: b\n`)
  })
})

test("texts that are one whole are never put together", () => {
  expect(add("select 1\n", "select 2\n", "models/a.sql")).toBe("conflict")
  expect(add("# A\n", "# B\n", "a.md")).toBe("conflict")
  expect(add("select 1\n", "select 1\n", "models/a.sql")).toBe("same")
  expect(unite(relPathOf("a.yml"), file("\u0000"), file(NEW), DEFAULT_RULES).kind).toBe("conflict")
})

test("what is added to patterns goes to the end, for the last one counts", () => {
  const owners = (ours: string): string => add(ours, "/models/sales/ @acme/sales\n", ".github/CODEOWNERS")
  expect(owners("* @acme/all")).toBe("* @acme/all\n/models/sales/ @acme/sales\n")
  expect(owners("/models/sales/   @acme/sales\n* @acme/all\n")).toBe("same")
  expect(owners("/models/sales/ @acme/other\n")).toBe("conflict")
  expect(owners("* @acme/all\n[Docs] @acme/docs\n/docs/\n")).toBe("conflict")
})
