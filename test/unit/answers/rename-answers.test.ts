import { describe, expect, it } from "vitest"
import { renameKeys, renamesOfGiven, renamesSinceRecord } from "../../../src/core/answers/rename-answers.ts"
import { manifest, template } from "../../helpers/manifest.ts"

const QUESTIONS = `
questions:
  - {name: team, type: input, message: Team}
  - {name: owner, type: input, message: "A person, since 2.0.0"}
renames:
  - {question: owner_team, to: team, since: 1.3.0}
  - {question: owner, to: owner_team, since: 1.1.0}
`
const at = (version: string) => {
  const now = template(QUESTIONS, {})
  return Object.fromEntries(
    renamesSinceRecord({ ...now, ref: { ...now.ref, version: "2.0.0" } }, { ...now.ref, version }),
  )
}

describe("names that questions have now", () => {
  it.each([
    ["1.0.0", { owner: "team", owner_team: "team" }],
    ["1.1.0", { owner_team: "team" }],
    ["1.2.9", { owner_team: "team" }],
    ["1.3.0", {}],
    ["2.0.0", {}],
    // A branch does not tell: owner is a question, and may be meant.
    ["main", { owner_team: "team" }],
  ])("for a project at %s", (version, expected) => {
    expect(at(version)).toEqual(expected)
  })

  it("what is said today under a name that is a question again means that one", () => {
    expect([...renamesOfGiven(manifest(QUESTIONS))]).toEqual([["owner_team", "team"]])
  })

  it("a name that went to and fro is what it was", () => {
    const back = manifest(`
questions: [{name: a, type: input, message: A}]
renames: [{question: a, to: b, since: 1.1.0}, {question: b, to: a, since: 1.2.0}]
`)
    expect([...renamesOfGiven(back)]).toEqual([["b", "a"]])
  })
})

describe("a record with the new names", () => {
  const names = new Map([
    ["owner", "team"],
    ["ci", "host"],
  ])
  it.each([
    [
      { a: 1, owner: 2, b: 3 },
      { a: 1, team: 2, b: 3 },
    ],
    [{ owner: 1, team: 2 }, { team: 2 }],
    [
      { team: 2, owner: 1, ci: 3 },
      { team: 2, host: 3 },
    ],
    [{ a: 1 }, { a: 1 }],
  ])("%j becomes %j", (record, expected) => {
    const renamed = renameKeys(record as unknown as Record<string, number>, names)
    expect(renamed).toEqual(expected)
    expect(Object.keys(renamed)).toEqual(Object.keys(expected))
  })
})
