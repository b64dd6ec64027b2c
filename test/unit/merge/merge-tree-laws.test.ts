import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { specOf, textFrom, bytesOf, update, type Files } from "./build.ts"
import { tries } from "../property.ts"

const path = fc.constantFrom("a/x.sql", "a/y.sql", "a/z.yml", "b/x.sql", "b/y.sql", "x.sql", "c/d/x.sql")
const line = fc.constantFrom("select 1", "from orders", "where a = 1", "key: 1", "key: 2", "-- end", "")
const text = fc.array(line, { maxLength: 8 }).map((lines) => lines.map((each) => `${each}\n`).join(""))
const policy = fc.constantFrom("merge", "merge", "once", "replace") as fc.Arbitrary<"merge" | "once" | "replace">
const rendered = fc.dictionary(path, fc.record({ text, policy, origin: fc.constantFrom("1", "2", "3", "4") }), {
  maxKeys: 4,
})
const project = fc.dictionary(path, text, { maxKeys: 5 })
const renames = fc.array(
  fc.record({ from: fc.oneof(path, fc.constant("a/")), to: fc.oneof(path, fc.constant("b/")) }),
  { maxLength: 2 },
)
const style = fc.constantFrom("inline", "sidecar", "ours") as fc.Arbitrary<"inline" | "sidecar" | "ours">

/** Ours is often the old rendering with something changed: unrelated trees meet in few rows of the table. */
const inputs = fc.record({
  base: rendered,
  edits: project,
  gone: fc.array(path, { maxLength: 2 }),
  theirs: rendered,
  renames,
  style,
  answersChanged: fc.boolean(),
})

function projectOf(base: Files, edits: Files, gone: readonly string[]): Record<string, string> {
  const rendering = Object.entries(base).map(([at, file]) => [at, textFrom(bytesOf(specOf(file).text))!] as const)
  const files = { ...Object.fromEntries(rendering), ...(edits as Record<string, string>) }
  return Object.fromEntries(Object.entries(files).filter(([at]) => !gone.includes(at)))
}

const linesIn = (files: Record<string, string>): Set<string> => new Set(Object.values(files).join("").split("\n"))

describe("laws of trees", () => {
  it("each step fits what is there, each rendered path has its change, and no line of the team's is lost", () => {
    fc.assert(
      fc.property(inputs, ({ base, edits, gone, theirs, style: conflictStyle, ...more }) => {
        // replace is there to lose edits
        fc.pre(![...Object.values(base), ...Object.values(theirs)].some((file) => file.policy === "replace"))
        const ours = projectOf(base, edits, gone)
        // update() throws when a step expects something else than what is there, or changes nothing.
        const { changes, after } = update(base, ours, theirs, { ...more, conflictStyle })
        const told = new Set(changes.flatMap((change) => [change.path, change.from]))
        for (const each of Object.keys({ ...base, ...theirs }))
          if (each in ours || each in theirs) expect(told).toContain(each)
        expect(new Set(changes.map((change) => change.path)).size).toBe(changes.length)
        const kept = linesIn(after)
        const rendering = linesIn(projectOf(base, {}, []))
        for (const each of linesIn(ours)) if (!rendering.has(each)) expect(kept).toContain(each)
      }),
      tries(1500),
    )
  })

  it("an update that changes nothing in the template changes nothing in the project", () => {
    fc.assert(
      fc.property(rendered, project, fc.array(path, { maxLength: 2 }), (base, edits, gone) => {
        const { changes } = update(base, projectOf(base, edits, gone), base)
        expect(
          changes.flatMap(({ writes, status }) => [...writes, ...(status === "conflict" ? [status] : [])]),
        ).toEqual([])
      }),
      tries(500),
    )
  })

  it("a second update right after a clean one changes nothing", () => {
    fc.assert(
      fc.property(inputs, ({ base, edits, gone, theirs, renames: declared, answersChanged }) => {
        const first = update(base, projectOf(base, edits, gone), theirs, { renames: declared, answersChanged })
        fc.pre(first.changes.every(({ status }) => status !== "conflict"))
        expect(
          update(theirs, first.after, theirs, { renames: declared }).changes.flatMap(({ writes }) => writes),
        ).toEqual([])
      }),
      tries(1500),
    )
  })
})
