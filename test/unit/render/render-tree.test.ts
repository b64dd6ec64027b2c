import { describe, expect, it } from "vitest"
import { MeshwrightError } from "../../../src/core/model/diagnostic.ts"
import { renderTree } from "../../../src/core/render/render-tree.ts"
import { template } from "../../helpers/manifest.ts"

const QUESTIONS = `
questions:
  - {name: domain, type: input, message: Domain}
  - {name: ci, type: select, choices: [github, none], message: CI}
derived: {folder: "{{#if (eq ci 'github')}}.github{{/if}}"}
`
const answers = { domain: "sales", ci: "github" }

function render(files: Record<string, string>, given: Record<string, string> = answers, rules = "") {
  const rendered = renderTree(template(QUESTIONS + rules, files), given)
  return Object.fromEntries([...rendered].map(([path, file]) => [path, Buffer.from(file.bytes).toString()]))
}

function codes(files: Record<string, string>, given: Record<string, string> = answers): string[] {
  try {
    render(files, given)
  } catch (error) {
    if (error instanceof MeshwrightError) return error.diagnostics.map((each) => each.code)
    throw error
  }
  return []
}

describe("renderTree", () => {
  it("renders .hbs files and copies the others byte for byte", () => {
    expect(render({ "a.yml.hbs": "d: {{domain}}", "b.sql": "select {{ x }} from ${{ y }}" })).toEqual({
      "a.yml": "d: sales",
      "b.sql": "select {{ x }} from ${{ y }}",
    })
  })

  it("renders paths, drops those with an empty segment, and sorts", () => {
    const files = { "z.txt": "", "models/{{domain}}/x.sql": "1", "{{folder}}/ci.yml": "2" }
    expect(Object.keys(render(files))).toEqual([".github/ci.yml", "models/sales/x.sql", "z.txt"])
    expect(Object.keys(render(files, { ...answers, ci: "none" }))).toEqual(["models/sales/x.sql", "z.txt"])
  })

  it("applies rules: conditions drop files, the last mode wins", () => {
    const rules =
      "files: [{path: '**/*.sql', mode: once}, {path: 'a/**', mode: replace}, {path: ci.yml, when: {ci: github}}]"
    const rendered = renderTree(template(QUESTIONS + rules, { "a/x.sql": "", "b.sql": "", "ci.yml": "", "c.md": "" }), {
      ...answers,
      ci: "none",
    })
    expect([...rendered].map(([path, { policy }]) => [path, policy])).toEqual([
      ["a/x.sql", "replace"],
      ["b.sql", "once"],
      ["c.md", "merge"],
    ])
  })

  it("gives the same bytes twice", () => {
    const files = { "a.yml.hbs": "d: {{yaml domain}}\n", "b/{{domain}}.sql": "x" }
    expect(render(files)).toEqual(render(files))
  })

  it.each([
    ["../out.txt", "unsafe-path"],
    ["a/../../out.txt", "unsafe-path"],
    [".git/hooks/pre-commit", "unsafe-path"],
    ["sub/.GIT/config", "unsafe-path"],
    ["git~1/config", "unsafe-path"],
    ["con.txt", "unsafe-path"],
    ["a/nul", "unsafe-path"],
    ["a:b", "unsafe-path"],
    ["back\\slash", "unsafe-path"],
    ["trailing. ", "unsafe-path"],
    [`${"n".repeat(300)}.sql`, "unsafe-path"],
    ["meshwright.lock", "reserved-file"],
  ])("refuses the path %j", (path, code) => {
    expect(codes({ [path]: "" })).toEqual([code])
  })

  it("does not let an answer make folders or leave the project", () => {
    expect(codes({ "{{domain}}.sql": "" }, { ...answers, domain: "a/b" })).toEqual(["unsafe-path"])
    expect(codes({ "{{domain}}": "" }, { ...answers, domain: ".." })).toEqual(["unsafe-path"])
  })

  it("refuses links that leave the project", () => {
    expect(codes({ "a/x": "link:../../etc/passwd" })).toEqual(["unsafe-link"])
    expect(codes({ x: "link:/etc/passwd" })).toEqual(["unsafe-link"])
    expect(codes({ "a/x": "link:../b" })).toEqual([])
  })

  it("refuses two files that are one, here or on macOS and Windows", () => {
    expect(codes({ "README.md": "", "README.md.hbs": "" })).toEqual(["path-clash"])
    expect(codes({ "README.md": "", "readme.md": "" })).toEqual(["case-clash"])
  })

  it("reports every problem at once", () => {
    expect(codes({ "a.hbs": "{{x}}", "b.hbs": "{{y}}", "../c": "" }).toSorted()).toEqual([
      "template-unknown-name",
      "template-unknown-name",
      "unsafe-path",
    ])
  })
})
