import { describe, expect, it } from "vitest"
import type { MeshwrightError } from "../../../src/core/model/diagnostic.ts"
import { editProjectFile } from "../../../src/core/project/edit-project-file.ts"
import { formatProjectFile, parseProjectFile } from "../../../src/core/project/project-file.ts"

const NEW = {
  template: "builtin:domain",
  version: "1.1.0",
  answers: { domain: "sales", team: "@acme/sales", infra: true, domains: ["a", "b"] },
}

/** What a text says, without the places of its answers. */
function parsed(text: string) {
  const { places: _, ...project } = parseProjectFile(text)
  return project
}

describe("meshwright.yml", () => {
  it("knows where each answer stands", () => {
    const { places } = parseProjectFile("template: x\nanswers:\n  domain: sales\n  ci: github\n")
    expect(places["ci"]).toEqual({ file: "meshwright.yml", position: { line: 4, column: 3 } })
  })

  it("comes back as it was written", () => {
    expect(parsed(formatProjectFile(NEW))).toEqual({ ...NEW, update: { keep: [] }, exceptions: [] })
  })

  it("changes only what differs, in place", () => {
    const text = `# our project
template: builtin:domain   # do not change
version: 1.0.0 # pinned until Friday
answers:
  # who we are
  domain: sales
  team: "@acme/sales"
  infra: true

  domains: [a, b]
update:
  keep: [docs/**]
`
    expect(editProjectFile(text, NEW)).toBe(text.replace("1.0.0", "1.1.0"))
    expect(editProjectFile(text, { ...NEW, version: "1.0.0" })).toBe(text)
  })

  it("adds new answers at the end of the answers, and takes out old ones", () => {
    const text =
      "template: builtin:domain\nversion: 1.1.0\nanswers:\n  domain: sales # ours\n  old: x\nupdate: {keep: []}\n"
    expect(editProjectFile(text, { ...NEW, answers: { domain: "sales", ci: "github" } })).toBe(
      "template: builtin:domain\nversion: 1.1.0\nanswers:\n  domain: sales # ours\n  ci: github\nupdate: {keep: []}\n",
    )
  })

  it("gives the version its place where it was taken out", () => {
    const text = "template: builtin:domain # ours\nanswers:\n  domain: sales\n"
    const change = { ...NEW, answers: { domain: "sales" } }
    expect(editProjectFile(text, change)).toBe(text.replace("answers", "version: 1.1.0\nanswers"))
    expect(editProjectFile("{template: x, answers: {domain: sales}}", change)).toBe(
      "{version: 1.1.0, template: builtin:domain, answers: {domain: sales}}",
    )
    expect(editProjectFile("template: builtin:domain", { ...NEW, answers: {} })).toBe(
      "template: builtin:domain\nversion: 1.1.0",
    )
  })

  it("takes exceptions along with files that have another path", () => {
    const text =
      "template: builtin:domain\nversion: 1.1.0\nexceptions:\n  - {path: a.yml, reason: r} # ours\n  - path: b.yml\n"
    const movedExceptions = new Map([["a.yml", "ci/a.yml"]])
    expect(editProjectFile(text, { ...NEW, answers: {}, movedExceptions })).toBe(text.replace("a.yml", "ci/a.yml"))
  })

  it("gives a question that was renamed its name where it stands", () => {
    const renamed = new Map([["owner", "team"]])
    const text = `template: builtin:domain
version: 1.1.0
answers:
  domain: sales
  # who we are
  owner: "@acme/sales" # ask Ann
  infra: true
  domains: [a, b]
`
    expect(editProjectFile(text, { ...NEW, renamed })).toBe(text.replace("owner:", "team:"))
    const both = text.replace("  infra", "  team: x\n  infra")
    expect(parsed(editProjectFile(both, { ...NEW, renamed })).answers).toEqual(NEW.answers)
    const flow = `template: builtin:domain\nversion: 1.1.0\nanswers: {"owner":"@acme/sales", domain: sales, infra: true, domains: [a, b]}\n`
    expect(editProjectFile(flow, { ...NEW, renamed })).toBe(flow.replace('"owner"', '"team"'))
  })

  it.each([
    ["{old: 1, domain: sales, older: 2, oldest: 3, ci: github, last: 4}", "{domain: sales, ci: github}"],
    ["{domain: sales, a: 1, b: 2}", "{domain: sales, ci: github}"],
    ["{ old: 1 }", "{ domain: sales, ci: github}"],
    ["{old: 1,}", "{domain: sales, ci: github}"],
    ["{domain: sales, old: [1, 2], ci: github,}", "{domain: sales, ci: github,}"],
  ])("takes answers that are gone out of %s", (before, after) => {
    const file = (answers: string) => `template: x\nversion: 1.1.0\nanswers: ${answers} # ours\n`
    const change = { template: "x", version: "1.1.0", answers: { domain: "sales", ci: "github" } }
    const edited = editProjectFile(file(before), change)
    expect(parsed(edited).answers).toEqual(change.answers)
    expect(edited.replaceAll(/ +(?=[},])|(?<=\{) +/g, "")).toBe(file(after).replaceAll(/ +(?=[},])|(?<=\{) +/g, ""))
  })

  it.each([
    [
      "flow style",
      'template: builtin:domain\nversion: 1.0.0\nanswers: {domain: sales, team: "@acme/sales", infra: true}\n',
    ],
    [
      "block lists",
      "template: builtin:domain\nversion: 1.0.0\nanswers:\n  domain: sales\n  domains:\n    - a\n    - c\n  infra: false\n",
    ],
    ["Windows line ends", "template: builtin:domain\r\nversion: 1.0.0\r\nanswers:\r\n  domain: orders\r\n"],
    ["no final newline", "template: builtin:domain\nversion: 1.0.0\nanswers:\n  domain: orders"],
    ["no answers", "template: builtin:domain\nversion: 1.0.0\n"],
    ["nothing below answers", "template: builtin:domain\nversion: 1.0.0\nanswers:\nupdate:\n  keep: []\n"],
    ["nothing at the end", "template: builtin:domain\nversion: 1.0.0\nanswers: # none yet\n"],
    ["null for answers", "template: builtin:domain\nversion: 1.0.0\nanswers: ~\n"],
    ["empty answers on Windows", "template: builtin:domain\r\nversion: 1.0.0\r\nanswers:\r\n"],
  ])("edits %s into what was asked for", (_, text) => {
    const edited = editProjectFile(text, NEW)
    expect(parsed(edited)).toEqual({ ...NEW, update: { keep: [] }, exceptions: [] })
    expect(editProjectFile(edited, NEW)).toBe(edited)
    if (text.includes("\r\n")) expect(edited.replaceAll("\r\n", "")).not.toContain("\n")
  })

  it.each([
    ["", "project-file"],
    ["template: x\nanswers: [a]\n", "project-file"],
    ["template: x\nanswer: {}\n", "project-file"],
    ["template: x\nversion: 1\n  bad: : indent\n", "project-file"],
    ["template: x\nupdate: {keep: docs}\n", "project-file"],
  ])("refuses %j with a line", (text, code) => {
    try {
      parseProjectFile(text)
      expect.unreachable()
    } catch (error) {
      const [first] = (error as MeshwrightError).diagnostics
      expect(first).toMatchObject({ code, file: "meshwright.yml" })
      expect(first?.position).toBeDefined()
    }
  })
})
