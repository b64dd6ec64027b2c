import { describe, expect, test } from "vitest"
import { MeshwrightError } from "../../../src/core/model/diagnostic.ts"
import { addException, newExceptionProblem } from "../../../src/core/project/add-exception.ts"
import { parseProjectFile } from "../../../src/core/project/project-file.ts"

const NEW = {
  path: "ci.yml",
  key: "jobs.*.runs-on",
  reason: "own runners: needed",
  approved_by: "@acme/platform",
  until: "2027-03-31",
}
const TODAY = "2026-12-01"
const HEAD = "template: ./t # ours\nversion: 1.0.0\nanswers:\n  a: 1\n"

describe("exceptions are read", () => {
  test("as they stand", () => {
    const text = `${HEAD}exceptions:\n  - {path: "*.yml", key: a.b, reason: r, approved_by: me, until: 2027-03-31}\n`
    expect(parseProjectFile(text).exceptions).toEqual([
      {
        path: "*.yml",
        key: "a.b",
        reason: "r",
        approved_by: "me",
        until: "2027-03-31",
        position: { line: 6, column: 5 },
      },
    ])
  })

  test.each(["", "exceptions:\n", "exceptions: []\n", "exceptions: null\n"])("none: %j", (list) => {
    expect(parseProjectFile(HEAD + list).exceptions).toEqual([])
  })

  test("what is wrong with them is told at once, with its place", () => {
    const text = `${HEAD}exceptions:
  - path: ci.yml
    reason: ""
    until: 2027-02-30
  - { path: a, reason: r, approved_by: b, until: soon, who: me }
  - { path: a, key: a..b, reason: 1, approved_by: b, until: 2027-01-01 }
  - ci.yml
`
    expect(problemsOf(() => parseProjectFile(text))).toEqual([
      "6:5 exceptions[0] lacks approved_by",
      "7:13 exceptions[0]: reason needs a text",
      '8:12 exceptions[0]: until is 2027-02-30: it needs a day such as "2027-03-31"',
      '9:50 exceptions[1]: until is soon: it needs a day such as "2027-03-31"',
      "9:56 exceptions[1]: who is no key of an exception; known: path, key, reason, approved_by, until",
      '10:21 exceptions[2]: key is "a..b", which has an empty step: it needs a key path such as models.+access',
      "10:35 exceptions[2]: reason needs a text",
      "11:5 exceptions[3] must be {path, reason, approved_by, until}",
    ])
  })
})

describe("an exception is added", () => {
  const block =
    '  - path: ci.yml\n    key: "jobs.*.runs-on"\n    reason: "own runners: needed"\n    approved_by: "@acme/platform"\n    until: 2027-03-31\n'
  const flow =
    '{ path: ci.yml, key: "jobs.*.runs-on", reason: "own runners: needed", approved_by: "@acme/platform", until: 2027-03-31 }'

  test.each([
    ["to a file without any", HEAD, `${HEAD}exceptions:\n${block}`],
    ["to a file that does not end its line", HEAD.trimEnd(), `${HEAD}exceptions:\n${block}`],
    ["under a key without a list", `${HEAD}exceptions: # none\nupdate: {keep: []}\n`, undefined],
    ["in place of an empty list", `exceptions: []\n${HEAD}`, `exceptions:\n${block}${HEAD}`],
    [
      "behind others, as they are written",
      `exceptions: # approved\n- {path: x, reason: r, approved_by: b, until: 2027-01-01} # why\n# end\n${HEAD}`,
      `exceptions: # approved\n- {path: x, reason: r, approved_by: b, until: 2027-01-01} # why\n- ${flow}\n# end\n${HEAD}`,
    ],
    [
      "behind others in blocks",
      `exceptions:\n    -   path: x\n        reason: r\n        approved_by: b\n        until: 2027-01-01\n${HEAD}`,
      undefined,
    ],
    [
      "between brackets",
      `exceptions: [{path: x, reason: r, approved_by: b, until: 2027-01-01}]\n${HEAD}`,
      `exceptions: [{path: x, reason: r, approved_by: b, until: 2027-01-01}, ${flow}]\n${HEAD}`,
    ],
  ])("%s", (_, before, after) => {
    const result = addException(before, NEW, TODAY)
    if (after !== undefined) expect(result).toBe(after)
    const { exceptions } = parseProjectFile(result)
    expect(exceptions.at(-1)).toMatchObject(NEW)
    expect(exceptions).toHaveLength(parseProjectFile(before).exceptions.length + 1)
    // All lines that were there still are, in their order.
    const kept = result.split("\n")
    for (const line of before.trimEnd().split("\n")) if (!/^exceptions: *\[/.test(line)) expect(kept).toContain(line)
    expect(addException(result, NEW, TODAY)).toBe(result)
  })

  test("with CRLF where the file has it", () => {
    const before = HEAD.replaceAll("\n", "\r\n")
    expect(addException(before, NEW, TODAY).replaceAll("\r\n", "")).not.toContain("\n")
  })

  test("for a place that has one: that one is renewed", () => {
    const before = addException(HEAD, NEW, TODAY)
    const later = addException(before, { ...NEW, until: "2027-06-30", reason: "still" }, TODAY)
    expect(later).toBe(before.replace("2027-03-31", "2027-06-30").replace('"own runners: needed"', "still"))
  })

  test("without a key, or with an empty one", () => {
    const { key: _, ...whole } = NEW
    expect(addException(HEAD, { ...whole, key: "" }, TODAY)).toBe(addException(HEAD, whole, TODAY))
  })

  test("never with a day that is over, or without what it needs", () => {
    const bad = { path: "", reason: " ", approved_by: "x", until: "2026-11-30" }
    expect(problemsOf(() => addException(HEAD, bad, TODAY))).toEqual([
      "path needs a text",
      "reason needs a text",
      "until is 2026-11-30, which is over",
    ])
    expect(addException(HEAD, { ...NEW, until: TODAY }, TODAY)).toContain(TODAY)
    expect(newExceptionProblem("until", "2026-11-30", TODAY)).toBe("is 2026-11-30, which is over")
    expect([newExceptionProblem("key", "", TODAY), newExceptionProblem("until", TODAY, TODAY)]).toEqual([
      undefined,
      undefined,
    ])
  })
})

function problemsOf(run: () => unknown): readonly string[] {
  try {
    run()
  } catch (error) {
    if (!(error instanceof MeshwrightError)) throw error
    return error.diagnostics.map(({ position, message }) =>
      position === undefined ? message : `${position.line}:${position.column} ${message}`,
    )
  }
  throw new Error("nothing was wrong")
}
