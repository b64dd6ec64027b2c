import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { comparePlaces } from "../../../src/core/locked/compare-places.ts"
import { checkLocked } from "../../../src/core/locked/check-locked.ts"
import { partsOf } from "../../../src/core/locked/deviations.ts"
import { parseKeyPattern } from "../../../src/core/locked/key-pattern.ts"
import { parseLock } from "../../../src/core/lock/parse-lock.ts"
import type { FileChange } from "../../../src/core/model/change.ts"
import type { LockException } from "../../../src/core/model/exception.ts"
import type { RelPath } from "../../../src/core/model/path.ts"
import type { LockRule } from "../../../src/core/model/template.ts"
import type { FileEntry } from "../../../src/core/model/tree.ts"
import { LOCK_FILE, planProject } from "../../../src/core/plan/plan-project.ts"
import { isUpToDate } from "../../../src/core/plan/summarise.ts"
import { renderTree } from "../../../src/core/render/render-tree.ts"
import { template } from "../../helpers/manifest.ts"
import { tries } from "../property.ts"

type Project = ReadonlyMap<RelPath, FileEntry>
type Settings = Readonly<Record<string, string | Readonly<Record<string, string>>>>

const TODAY = "2027-02-01"
const KEYS = ["flags", "models.+access", "vars.*_date"]
const RULE: LockRule = { keys: KEYS, error_from: "2027-01-15" }
const locked = KEYS.map(parseKeyPattern)
const isLocked = (steps: readonly string[]): boolean => locked.some(({ covers }) => covers(steps))

interface Case {
  readonly path: RelPath
  readonly write: (settings: Settings, comment: string) => string
}

const CASES: readonly Case[] = [
  {
    path: "settings.yml" as RelPath,
    write: (settings, comment) =>
      Object.entries(settings)
        .map(([key, value]) =>
          typeof value === "string"
            ? `${key}: ${value}\n`
            : `\n# ${comment} ${key}\n${key}:${Object.keys(value).length === 0 ? " {}" : ""}\n${Object.entries(value)
                .map(([name, inner]) => `  ${name}: ${inner} # ${comment}\n`)
                .join("")}`,
        )
        .join(""),
  },
  { path: "settings.json" as RelPath, write: (settings) => `${JSON.stringify(settings, null, 2)}\n` },
  {
    path: "settings.toml" as RelPath,
    write: (settings, comment) =>
      Object.entries(settings)
        .toSorted(([, a], [, b]) => Number(typeof a !== "string") - Number(typeof b !== "string"))
        .map(([key, value]) =>
          typeof value === "string"
            ? `${key} = ${value}\n`
            : `\n[${key}] # ${comment}\n${Object.entries(value)
                .map(([name, inner]) => `"${name}" = ${inner}\n`)
                .join("")}`,
        )
        .join(""),
  },
]

function update(
  project: Project,
  version: string,
  path: string,
  text: string,
  rule?: LockRule,
  exceptions: readonly LockException[] = [],
  obeys = true,
) {
  const rules = rule === undefined ? "" : `files: [${JSON.stringify({ path: "settings.*", locked: rule })}]`
  const made = template(rules, { [path]: text })
  const one = { ...made, ref: { ...made.ref, version } }
  const lock = project.get(LOCK_FILE)
  const changes = planProject({
    template: one,
    answers: {},
    rendered: renderTree(one, {}),
    ours: project,
    ...(lock ? { previous: parseLock(Buffer.from(lock.bytes).toString()) } : {}),
    keep: () => false,
    conflictStyle: "ours",
    ...(obeys ? { policies: { today: TODAY, exceptions } } : {}),
  })
  return { changes, after: applied(project, changes) }
}

function applied(project: Project, changes: readonly FileChange[]): Project {
  const after = new Map(project)
  for (const write of changes.flatMap(({ writes }) => writes)) {
    if (write.after === null) after.delete(write.path)
    else after.set(write.path, write.after)
  }
  return after
}

function findings(project: Project, exceptions: readonly LockException[] = []) {
  const { lock } = parseLock(Buffer.from(project.get(LOCK_FILE)!.bytes).toString())
  const all = checkLocked({ lock, ours: project, exceptions, today: TODAY, projectFile: "meshwright.yml" })
  return all.filter(({ severity, code }) => severity !== "info" && code !== "exception-unused")
}

const isBlock = (name: string): boolean => name !== "name"
const value = fc.integer({ min: 0, max: 3 }).map(String)
const inner = (...names: readonly string[]): fc.Arbitrary<Readonly<Record<string, string>>> =>
  fc.dictionary(fc.constantFrom(...names), value)
const settings: fc.Arbitrary<Settings> = fc.record(
  {
    name: value,
    flags: inner("a", "b", "c"),
    models: inner("+access", "+schema", "mine"),
    vars: inner("start_date", "end_date", "x", "y"),
    other: inner("p", "q"),
  },
  { requiredKeys: ["name"] },
)

describe("laws of locked content", () => {
  for (const { path, write } of CASES) {
    const project = (base: Settings, ours: Settings): Project => {
      const { after } = update(new Map(), "1.0.0", path, write(base, "template"), RULE)
      return new Map(after).set(path, { mode: "644", bytes: Buffer.from(write(ours, "team")) })
    }

    it(`${path}: after an update nothing locked differs, a second one changes nothing, what is not locked is as merged`, () => {
      fc.assert(
        fc.property(settings, settings, settings, (base, ours, theirs) => {
          const before = project(base, ours)
          const text = write(theirs, "template")
          const { after } = update(before, "1.1.0", path, text, RULE)
          expect(findings(after)).toEqual([])
          expect(isUpToDate(update(after, "1.1.0", path, text, RULE).changes)).toBe(true)
          const plain = update(before, "1.1.0", path, text, RULE, [], false).after
          const [merged, result] = [plain, after].map((each) => partsOf(path, each.get(path)!.bytes))
          const wanted = partsOf(path, Buffer.from(text))!
          // A block that was gone comes back as the template has it, for what is locked in it.
          const isThere = (parts: typeof merged, top: string | undefined): boolean =>
            parts!.some(({ name }) => name === top)
          const isBack = ([top]: readonly string[]): boolean => !isThere(merged, top) && isThere(wanted, top)
          const differing = comparePlaces(merged!, result!, {
            isLocked: (steps) => steps.length > 1 || !isBlock(steps[0]!),
          })
          expect(differing.filter(({ steps }) => !isLocked(steps) && !isBack(steps))).toEqual([])
        }),
        tries(80),
      )
    })

    it(`${path}: with an exception for a place, it is as the merge has it`, () => {
      const exceptions = [{ path: "settings.*", key: "flags.a", reason: "r", approved_by: "a", until: TODAY }]
      fc.assert(
        fc.property(settings, settings, settings, (base, ours, theirs) => {
          fc.pre([base, ours, theirs].every(({ flags }) => typeof flags === "object" && Object.keys(flags).length > 0))
          const before = project(base, ours)
          const text = write(theirs, "template")
          const { after } = update(before, "1.1.0", path, text, RULE, exceptions)
          expect(findings(after, exceptions)).toEqual([])
          const plain = update(before, "1.1.0", path, text, RULE, [], false).after
          const [merged, result] = [plain, after].map((each) => partsOf(path, each.get(path)!.bytes))
          const isAllowed = (steps: readonly string[]): boolean => steps.join(".") === "flags.a"
          expect(comparePlaces(merged!, result!, { isLocked: isAllowed })).toEqual([])
        }),
        tries(40),
      )
    })
  }

  it("a whole file is as the template has it", () => {
    fc.assert(
      fc.property(settings, settings, settings, (base, ours, theirs) => {
        const { path, write } = CASES[0]!
        const whole = { error_from: "2027-01-15" }
        const { after: made } = update(new Map(), "1.0.0", path, write(base, "template"), whole)
        const before = new Map(made).set(path, { mode: "644" as const, bytes: Buffer.from(write(ours, "team")) })
        const text = write(theirs, "template")
        const { after } = update(before, "1.1.0", path, text, whole)
        expect(Buffer.from(after.get(path)!.bytes).toString()).toBe(text)
        expect(findings(after)).toEqual([])
        expect(isUpToDate(update(after, "1.1.0", path, text, whole).changes)).toBe(true)
      }),
      tries(40),
    )
  })
})
