import { describe, expect, it } from "vitest"
import { newlyDecided } from "../../../src/core/answers/fixed-answer.ts"
import { NO_INPUTS, resolveAnswers } from "../../../src/core/answers/resolve-answers.ts"
import type { RelPath } from "../../../src/core/model/path.ts"
import type { Template } from "../../../src/core/model/template.ts"
import { renderTree, sourceHashes } from "../../../src/core/render/render-tree.ts"
import { extendTemplate } from "../../../src/core/template/extend-template.ts"
import { newReleaseNotes } from "../../../src/core/template/release-notes.ts"
import { formatLock } from "../../../src/core/lock/format-lock.ts"
import { parseLock, recordedTemplate } from "../../../src/core/lock/parse-lock.ts"
import { template } from "../../helpers/manifest.ts"

const BASE = `
named_by: domain
questions:
  - { name: domain, type: input, message: Domain, validate: { pattern: "^[a-z]+$", message: lower case, max: 9 } }
  - { name: team, type: input, message: Team, default: "{{domain}}-team", guess: team }
  - { name: ci, type: select, message: CI, choices: [{ value: a, label: First }, b, c], default: a }
derived: { title: "{{upperCase domain}}", full: "{{title}} of {{team}}" }
files: [{ path: "docs/**", when: { ci: a } }, { path: once.txt, mode: once }]
renames: [{ from: x, to: y, since: 2.0.0 }]
next_steps: [first]
`
const base = template(BASE, {
  "a.txt.hbs": "{{full}}\n",
  "docs/b.txt": "b\n",
  "once.txt": "1\n",
  "x.yml": "a: 1\nb: 2\n",
})

function extended(yaml: string, files: Record<string, string> = {}, below: Template = base): Template {
  return extendTemplate(below, template(yaml, files))
}

const rendered = (of: Template, answers = { domain: "sales", team: "us", ci: "a" }): Record<string, string> =>
  Object.fromEntries([...renderTree(of, answers)].map(([path, { bytes }]) => [path, Buffer.from(bytes).toString()]))

describe("a template that extends another one", () => {
  it("without anything of its own is that one", () => {
    const same = extended("")
    expect(rendered(same)).toEqual(rendered(base))
    expect(
      [...renderTree(same, { domain: "sales", team: "us", ci: "b" }).values()].map(({ origin, policy }) => [
        origin,
        policy,
      ]),
    ).toEqual(
      [...renderTree(base, { domain: "sales", team: "us", ci: "b" }).values()].map(({ origin, policy }) => [
        origin,
        policy,
      ]),
    )
    expect(sourceHashes(same)).toEqual(sourceHashes(base))
    expect(same.manifest.named_by).toBe("domain")
  })

  it("changes only the keys of a question that it gives", () => {
    const { questions } = extended(`
defaults: { team: "data-{{domain}}" }
questions:
  - { name: ci, choices: [b, { value: a, label: Other }] , default: b }
  - { name: domain, validate: { max: 5 } }
`).manifest
    expect(questions.map(({ name }) => name)).toEqual(["domain", "team", "ci"])
    expect(questions[0]).toMatchObject({
      type: "input",
      message: "Domain",
      validate: { pattern: "^[a-z]+$", message: "lower case", max: 5 },
    })
    // What a company says counts more than a guess.
    expect(questions[1]).toEqual({ name: "team", type: "input", message: "Team", default: "data-{{domain}}" })
    expect(questions[2]).toMatchObject({
      type: "select",
      default: "b",
      choices: [
        { value: "b", label: "b" },
        { value: "a", label: "Other" },
      ],
    })
  })

  it("asks its own questions last, but for those that inherited ones need now", () => {
    const { questions } = extended(`
derived: { unit: "{{brand}}-unit" }
defaults: { team: "{{unit}}" }
questions:
  - { name: last, type: confirm, message: Last, default: true }
  - { name: brand, type: input, message: Brand, default: acme }
`).manifest
    expect(questions.map(({ name }) => name)).toEqual(["domain", "brand", "team", "ci", "last"])
  })

  it("decides answers: visible to files and conditions, not asked, of several layers the uppermost", () => {
    const once = extended("fixed: { ci: b, team: '{{domain}}-people' }")
    const { answers, problems } = resolveAnswers(once.manifest, {
      ...NO_INPUTS,
      flag: { domain: "sales" },
      environment: { ci: "a" },
    })
    expect(problems).toEqual([])
    expect(answers).toEqual({ domain: "sales", team: "sales-people", ci: "b" })
    expect(
      resolveAnswers(extended("fixed: { ci: c }", {}, once).manifest, { ...NO_INPUTS, flag: { domain: "x" } }).answers[
        "ci"
      ],
    ).toBe("c")
    const wrong = resolveAnswers(once.manifest, { ...NO_INPUTS, flag: { domain: "sales", ci: "a" } })
    expect(wrong.problems.map(({ code }) => code)).toEqual(["fixed-answer"])
  })

  it("tells which answers it decides otherwise", () => {
    const { questions } = extended("fixed: { ci: b, team: us }").manifest
    const found = newlyDecided(
      questions,
      { domain: "sales", team: "us", ci: "a" },
      { domain: "x", team: "us", ci: "b" },
    )
    expect(found.map(({ message }) => message)).toEqual(["The template tiny decides ci: b instead of a."])
  })

  it("changes derived values, also by new ones", () => {
    const own = extended('derived: { title: "{{kind}} {{domain}}", kind: "{{upperCase ci}}" }')
    expect(rendered(own)["a.txt"]).toBe("A sales of us\n")
  })

  it("changes the condition of a rule for the same files, and leaves the others", () => {
    const own = extended('files: [{ path: "docs/**", when: { ci: b } }, { path: a.txt, mode: replace }]')
    expect(Object.keys(rendered(own))).not.toContain("docs/b.txt")
    const tree = renderTree(own, { domain: "sales", team: "us", ci: "b" })
    expect(tree.has("docs/b.txt" as RelPath)).toBe(true)
    expect(tree.get("a.txt" as RelPath)?.policy).toBe("replace")
    expect(tree.get("once.txt" as RelPath)?.policy).toBe("once")
  })

  it("replaces, drops, merges and adds files, layer upon layer", () => {
    const middle = extended("drop: [docs/**, { path: x.yml, keys: [a] }]\nfiles: [{ path: x.yml, layer: merge }]", {
      "x.yml": "c: 3\n",
      "new.txt": "new\n",
    })
    expect(rendered(middle)).toEqual({
      "a.txt": "SALES of us\n",
      "new.txt": "new\n",
      "once.txt": "1\n",
      "x.yml": "b: 2\nc: 3\n",
    })
    // The rule was about the layer in between.
    const top = extended("drop: [new.txt]", { "x.yml": "d: 4\n" }, middle)
    expect(rendered(top)).toEqual({ "a.txt": "SALES of us\n", "once.txt": "1\n", "x.yml": "d: 4\n" })
    const merged = extended("files: [{ path: x.yml, layer: merge }]", { "x.yml.hbs": "b: {{domain}}\n" }, middle)
    expect(rendered(merged)["x.yml"]).toBe("b: sales\nc: 3\n")
    // It stays the file that it was.
    expect(renderTree(merged, { domain: "sales", team: "us", ci: "a" }).get("x.yml" as RelPath)?.origin).toBe("x.yml")
  })

  it("names the layer of a file that does not render or cannot be merged", () => {
    const wrong = extended("files: [{ path: '*', layer: merge }]", { "a.txt": "text\n", "z.txt.hbs": "{{nope}}\n" })
    expect(() => rendered(wrong)).toThrow(
      expect.objectContaining({
        diagnostics: [
          expect.objectContaining({ code: "layer-merge", file: "/templates/tiny/files/a.txt" }),
          expect.objectContaining({ code: "template-unknown-name", file: "/templates/tiny/files/z.txt.hbs" }),
        ],
      }),
    )
  })

  it("counts releases each for itself", () => {
    const lower = { ...base, notes: "## 2.0.0\n\n- lower\n", ref: { ...base.ref, source: "base", version: "2.0.0" } }
    const own = extendTemplate(lower, {
      ...template("renames: [{ from: a, to: b, since: 1.1.0 }]", {}),
      notes: "## 1.0.0\n\n- upper\n",
    })
    expect(own.manifest.renames).toEqual([
      { from: "x", to: "y", since: "2.0.0", depth: 1 },
      { from: "a", to: "b", since: "1.1.0" },
    ])
    expect(newReleaseNotes(own, ["1.0.0", "1.0.0"])).toEqual([{ template: "tiny", version: "2.0.0", text: "- lower" }])
    expect(newReleaseNotes(own, ["0.9.0", "2.0.0"])).toEqual([{ version: "1.0.0", text: "- upper" }])
    // A layer that the project was not on has no news.
    expect(newReleaseNotes(own, [undefined, "2.0.0"])).toEqual([])
  })
})

describe("the lock of such a project", () => {
  const ref = {
    source: "../acme",
    version: "1.0.0",
    integrity: "sha256:1",
    extends: { source: "builtin:domain", version: "2.0.0", integrity: "sha256:2" },
  }
  const text = formatLock({ template: ref, answers: { a: 1 }, fixed: { b: "x" }, files: new Map() })

  it("names the templates below, and what they decided", () => {
    expect(parseLock(text).lock).toEqual({ template: ref, answers: { a: 1 }, fixed: { b: "x" }, files: new Map() })
  })

  it("tells its template where another line is damaged, and nothing where that one is", () => {
    expect(recordedTemplate(text.replace('"a": 1', '"a": 2'))).toEqual(ref)
    expect(recordedTemplate(text.replace("2.0.0", "2.0.1"))).toBeUndefined()
    expect(recordedTemplate("")).toBeUndefined()
  })
})

describe("a template below that calls its files otherwise by now", () => {
  const renames = "renames: [{ from: a.yml, to: b.yml, since: 1.1.0 }, { from: b.yml, to: c/d.yml, since: 1.2.0 }]"
  const newer = template(renames, { "c/d.yml": "a: 1\nb: 2\n", "x.txt": "" })
  const files = (yaml: string, own: Record<string, string>): Record<string, string> =>
    rendered(extended(yaml, own, newer), {} as never)

  it("is merged with what was written for an older name", () => {
    const merged = { "c/d.yml": "a: 5\nb: 2\n", "x.txt": "" }
    expect(files("files: [{ path: a.yml, layer: merge }]", { "a.yml": "a: 5\n" })).toEqual(merged)
    expect(files("files: [{ path: b.yml, layer: merge }]", { "b.yml": "a: 5\n" })).toEqual(merged)
  })

  it("leaves out what is dropped by an older name", () => {
    expect(files("drop: [a.yml]", {})).toEqual({ "x.txt": "" })
    expect(files("drop: [{ path: b.yml, keys: [a] }]", {})).toEqual({ "c/d.yml": "b: 2\n", "x.txt": "" })
  })

  it("stands beside a whole file of the older name", () => {
    expect(files("", { "a.yml": "own: 1\n" })).toEqual({ "a.yml": "own: 1\n", "c/d.yml": "a: 1\nb: 2\n", "x.txt": "" })
  })
})
