import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fingerprint } from "../../../src/core/hash.ts"
import type { FileChange } from "../../../src/core/model/change.ts"
import type { RelPath } from "../../../src/core/model/path.ts"
import type { Rename, Template } from "../../../src/core/model/template.ts"
import type { FileEntry } from "../../../src/core/model/tree.ts"
import { parseLock } from "../../../src/core/lock/parse-lock.ts"
import { joinStages } from "../../../src/core/plan/join-stages.ts"
import { LOCK_FILE, planProject } from "../../../src/core/plan/plan-project.ts"
import { conflictPaths } from "../../../src/core/plan/summarise.ts"
import { renderTree } from "../../../src/core/render/render-tree.ts"
import { template } from "../../helpers/manifest.ts"
import { tries } from "../property.ts"

type Files = Readonly<Record<string, string>>

/** One release of a template: all its files, and all renames until then, as an author keeps them. */
interface Release {
  readonly version: string
  readonly files: Files
  readonly renames: readonly Rename[]
}

type Project = ReadonlyMap<RelPath, FileEntry>

function templateOf({ version, files, renames }: Release): Template {
  const made = template(`renames: ${JSON.stringify(renames)}`, files)
  return { ...made, ref: { ...made.ref, version } }
}

function update(project: Project, release: Release): { changes: readonly FileChange[]; after: Project } {
  const made = templateOf(release)
  const rendered = renderTree(made, {})
  const lock = project.get(LOCK_FILE)
  const previous = lock && parseLock(Buffer.from(lock.bytes).toString())
  const known = new Set<RelPath>([...rendered.keys(), ...(previous?.lock.files.keys() ?? [])])
  const changes = planProject({
    template: made,
    answers: {},
    rendered,
    ours: project,
    ...(previous ? { previous } : {}),
    candidates: [...project.keys()].filter((path) => !known.has(path) && !path.startsWith("meshwright.")),
    keep: () => false,
    conflictStyle: "inline",
  })
  return { changes, after: applied(project, changes) }
}

/** Throws where a step expects something else than what is there, or a path has two. */
function applied(project: Project, changes: readonly FileChange[]): Project {
  const after = new Map(project)
  const writes = changes.flatMap((change) => change.writes)
  for (const write of writes) {
    const present = project.get(write.path)
    if (JSON.stringify(present ? fingerprint(present) : null) !== JSON.stringify(write.before))
      throw new Error(`${write.path}: stale step`)
    if (write.after === null) after.delete(write.path)
    else after.set(write.path, write.after)
  }
  if (new Set(writes.map(({ path }) => path)).size < writes.length) throw new Error("two steps for one path")
  return after
}

function filesOf(project: Project): Record<string, string> {
  const files = [...project]
    .filter(([path]) => !path.startsWith("meshwright."))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(files.map(([path, { bytes }]) => [path, Buffer.from(bytes).toString()]))
}

function edited(project: Project, edits: Readonly<Record<string, string | null>>): Project {
  const files = new Map(project)
  for (const [path, text] of Object.entries(edits)) {
    if (text === null) files.delete(path as RelPath)
    else files.set(path as RelPath, { mode: "644", bytes: Buffer.from(text) })
  }
  return files
}

/** From the first release, with the team's edits: at once to the last one, and release by release. */
function bothWays(releases: readonly Release[], edit: (files: Files) => Readonly<Record<string, string | null>>) {
  const created = update(new Map(), releases[0]!).after
  const start = edited(created, edit(filesOf(created)))
  const jump = update(start, releases.at(-1)!)
  const steps: ReturnType<typeof update>[] = []
  for (const release of releases.slice(1)) steps.push(update(steps.at(-1)?.after ?? start, release))
  return {
    start,
    steps,
    jump: filesOf(jump.after),
    jumpConflicts: conflictPaths(jump.changes),
    walk: filesOf(steps.at(-1)?.after ?? start),
    walkConflicts: steps.flatMap(({ changes }) => conflictPaths(changes)),
  }
}

/** Text that is like no other, of lines that are apart enough for changes of two of them to merge. */
const model = (name: string, changes: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: 12 }, (_, index) => `${changes[index] ?? `-- ${name} line ${index}`}\n`).join("")

function releasesOf(...all: readonly { files: Files; renames?: readonly (readonly [string, string])[] }[]): Release[] {
  const renames: Rename[] = []
  return all.map(({ files, renames: added = [] }, index) => {
    const version = `1.${index}.0`
    renames.push(...added.map(([from, to]) => ({ from, to, since: version })))
    return { version, files, renames: [...renames] }
  })
}

describe("renames of several releases at once", () => {
  const a = (changes = {}) => model("a", changes)

  it("a file that was renamed twice takes the team's edits along, also where its first new name is another's now", () => {
    const { jump, jumpConflicts, walk } = bothWays(
      releasesOf(
        { files: { "a.sql": a() } },
        { files: { "b.sql": a({ 1: "t1" }) }, renames: [["a.sql", "b.sql"]] },
        { files: { "c.sql": a({ 1: "t2" }) }, renames: [["b.sql", "c.sql"]] },
        { files: { "b.sql": model("new"), "c.sql": a({ 1: "t2" }) } },
      ),
      () => ({ "a.sql": a({ 9: "ours" }) }),
    )
    expect(jumpConflicts).toEqual([])
    expect(jump).toEqual({ "b.sql": model("new"), "c.sql": a({ 1: "t2", 9: "ours" }) })
    expect(walk).toEqual(jump)
  })

  it("a name that is used again belongs to the new file from then on", () => {
    const { jump, walk } = bothWays(
      releasesOf(
        { files: { "a.sql": a() } },
        { files: { "b.sql": a() }, renames: [["a.sql", "b.sql"]] },
        { files: { "a.sql": model("new"), "b.sql": a() } },
        { files: { "b.sql": a({ 1: "t" }), "d.sql": model("new") }, renames: [["a.sql", "d.sql"]] },
      ),
      () => ({ "a.sql": a({ 9: "ours" }) }),
    )
    expect(jump).toEqual({ "b.sql": a({ 1: "t", 9: "ours" }), "d.sql": model("new") })
    expect(walk).toEqual(jump)
  })

  it("two files that change places by way of a third", () => {
    const { jump, walk } = bothWays(
      releasesOf(
        { files: { "a.sql": a(), "b.sql": model("b") } },
        { files: { "c.sql": a(), "b.sql": model("b") }, renames: [["a.sql", "c.sql"]] },
        { files: { "c.sql": a(), "a.sql": model("b") }, renames: [["b.sql", "a.sql"]] },
        { files: { "b.sql": a(), "a.sql": model("b") }, renames: [["c.sql", "b.sql"]] },
      ),
      () => ({ "a.sql": a({ 9: "ours" }) }),
    )
    expect(walk).toEqual({ "a.sql": model("b"), "b.sql": a({ 9: "ours" }) })
    expect(jump).toEqual(walk)
  })

  it("a folder that moves twice, with a file that leaves it in between", () => {
    const { jump, walk } = bothWays(
      releasesOf(
        { files: { "m/a.sql": a(), "m/b.sql": model("b") } },
        { files: { "n/a.sql": a(), "n/b.sql": model("b") }, renames: [["m/", "n/"]] },
        { files: { "n/a.sql": a(), "x.sql": model("b") }, renames: [["n/b.sql", "x.sql"]] },
        { files: { "o/a.sql": a(), "x.sql": model("b") }, renames: [["n/", "o/"]] },
      ),
      () => ({ "m/a.sql": a({ 9: "ours" }), "m/b.sql": model("b", { 9: "ours" }) }),
    )
    expect(jump).toEqual({ "o/a.sql": a({ 9: "ours" }), "x.sql": model("b", { 9: "ours" }) })
    expect(walk).toEqual(jump)
  })

  it("where the team moved the file, all of its changes follow there", () => {
    const { jump, walk } = bothWays(
      releasesOf(
        { files: { "a.sql": a() } },
        { files: { "b.sql": a({ 1: "t1" }) }, renames: [["a.sql", "b.sql"]] },
        { files: { "c.sql": a({ 1: "t2" }) }, renames: [["b.sql", "c.sql"]] },
      ),
      () => ({ "a.sql": null, "own/a.sql": a({ 9: "ours" }) }),
    )
    expect(jump).toEqual({ "own/a.sql": a({ 1: "t2", 9: "ours" }) })
    expect(walk).toEqual(jump)
  })
})

const PATHS = ["a.sql", "b.sql", "m/a.sql", "m/b.sql", "m/c.sql", "n/d.sql"]
const packages = (items: readonly (readonly [string, number])[]): string =>
  `packages:\n${items.map(([name, version]) => `  - package: acme/${name}\n    version: 1.${version}.0\n`).join("")}`

/** What an author does in a release. Places are numbers that pick one of what is there. */
const act = fc.oneof(
  fc.record({ kind: fc.constant("change" as const), at: fc.nat(), line: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ kind: fc.constant("add" as const), to: fc.nat() }),
  fc.record({ kind: fc.constant("remove" as const), at: fc.nat() }),
  fc.record({ kind: fc.constant("rename" as const), at: fc.nat(), to: fc.nat() }),
  fc.record({ kind: fc.constantFrom("raise" as const, "move" as const, "drop" as const), at: fc.nat() }),
  fc.record({ kind: fc.constant("install" as const), at: fc.nat() }),
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

interface Draft {
  /** By path: which file it is, and its lines that were changed. */
  readonly files: Map<string, { readonly id: number; readonly changes: Record<number, string> }>
  packages: (readonly [string, number])[]
  count: number
}

/** @param released files of the release before: what is new in this one is not renamed or removed again yet */
function perform(
  draft: Draft,
  deed: Act,
  version: string,
  renames: (readonly [string, string])[],
  released: ReadonlyMap<string, number>,
): void {
  const pick = <T>(from: readonly T[], at: number): T | undefined => from[at % Math.max(1, from.length)]
  const taken = new Set(draft.files.keys())
  const free = PATHS.filter((path) => !taken.has(path))
  const old = [...draft.files].flatMap(([path, { id }]) => (released.get(path) === id ? [path] : []))
  draft.count += 1
  switch (deed.kind) {
    case "change": {
      const file = pick([...draft.files.values()], deed.at)
      if (file) file.changes[deed.line] = `-- changed in ${version}, ${draft.count}`
      break
    }
    case "add": {
      const path = pick(free, deed.to)
      if (path !== undefined) draft.files.set(path, { id: draft.count, changes: {} })
      break
    }
    case "remove": {
      const path = pick(old, deed.at)
      if (path !== undefined) draft.files.delete(path)
      break
    }
    case "rename": {
      const [from, to] = [pick(old, deed.at), pick(free, deed.to)]
      // One release has a name once: what moves on, or comes to a place that was left, is of the next one.
      const used = new Set(renames.flat())
      if (from === undefined || to === undefined || used.has(from) || used.has(to)) break
      draft.files.set(to, draft.files.get(from)!)
      draft.files.delete(from)
      renames.push([from, to])
      break
    }
    case "install":
      draft.packages.splice(deed.at % (draft.packages.length + 1), 0, [`p${draft.count}`, 0])
      break
    case "raise":
    case "move":
    case "drop": {
      const at = deed.at % Math.max(1, draft.packages.length)
      const [item] = draft.packages.splice(at, 1)
      if (item && deed.kind === "raise") draft.packages.splice(at, 0, [item[0], item[1] + 1])
      if (item && deed.kind === "move") draft.packages.push(item)
    }
  }
}

function history(deeds: readonly (readonly Act[])[]): Release[] {
  const draft: Draft = {
    files: new Map(PATHS.slice(0, 4).map((path, id) => [path, { id: -1 - id, changes: {} }])),
    packages: [
      ["one", 0],
      ["two", 0],
      ["three", 0],
    ],
    count: 0,
  }
  return releasesOf(
    ...[[], ...deeds].map((acts, index) => {
      const renames: (readonly [string, string])[] = []
      const released = new Map([...draft.files].map(([path, { id }]) => [path, id]))
      for (const deed of acts) perform(draft, deed, `1.${index}`, renames, released)
      const files = [...draft.files].map(([path, { id, changes }]) => [path, model(`file${id}`, changes)] as const)
      return { files: { ...Object.fromEntries(files), "packages.yml": packages(draft.packages) }, renames }
    }),
  )
}

/** Whether two texts are the same file: by a line that nobody changes. */
const isSame = (a: string, b: string): boolean => a.split("\n")[6] === b.split("\n")[6]

function isGone(text: string, releases: readonly Release[]): boolean {
  return !Object.values(releases.at(-1)!.files).some((each) => isSame(each, text))
}

/**
 * Whether a file went and another one got a path of it. Seen at once, that is the same file with other content: where the
 * team moved it, it follows.
 */
function isReplaced(text: string, releases: readonly Release[]): boolean {
  const files = releases.flatMap((release) => Object.entries(release.files))
  const paths = new Set(files.flatMap(([path, other]) => (isSame(other, text) ? [path] : [])))
  return isGone(text, releases) && files.some(([path, other]) => paths.has(path) && !isSame(other, text))
}

/** Where both sides put a package at one place, either may come first. */
function inAnyOrder(files: Files): Files {
  const [head = "", ...items] = files["packages.yml"]!.split("  - ")
  return { ...files, "packages.yml": [head, ...items.toSorted()].join("  - ") }
}

const teamEdits = fc.record({
  lines: fc.array(fc.record({ file: fc.nat(), line: fc.integer({ min: 7, max: 11 }) }), { maxLength: 3 }),
  moved: fc.option(fc.nat(), { nil: undefined }),
  deleted: fc.option(fc.nat(), { nil: undefined }),
  package: fc.boolean(),
})

type Team = typeof teamEdits extends fc.Arbitrary<infer T> ? T : never

/** What the team made of the files of the first release. */
function editsOf(team: Team, files: Files, releases: readonly Release[]): Record<string, string | null> {
  const paths = Object.keys(files).filter((path) => path !== "packages.yml")
  const edits: Record<string, string | null> = {}
  for (const [index, { file, line }] of team.lines.entries()) {
    const path = paths[file % paths.length]!
    const text = edits[path] ?? files[path]!
    edits[path] = text.split("\n").with(line, `-- ours ${index}`).join("\n")
  }
  if (team.package) edits["packages.yml"] = `${files["packages.yml"]!}  - package: acme/own\n    version: 1.0.0\n`
  const from = paths[(team.moved ?? 0) % paths.length]!
  if (team.moved !== undefined && !isReplaced(files[from]!, releases)) {
    // Moved and edited, and gone from the template: nothing tells any more that it was the template's.
    edits["own/moved.sql"] = (isGone(files[from]!, releases) ? undefined : edits[from]) ?? files[from]!
    edits[from] = null
  }
  const unwanted = paths[(team.deleted ?? 0) % paths.length]!
  if (team.deleted !== undefined && !isReplaced(files[unwanted]!, releases)) edits[unwanted] = null
  return edits
}

describe("a long jump", () => {
  it("gives what walking release by release gives, wherever that needs nobody's decision", () => {
    let compared = 0
    fc.assert(
      fc.property(
        fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 5 }),
        teamEdits,
        (deeds, team) => {
          const releases = history(deeds)
          const { jump, jumpConflicts, walk, walkConflicts } = bothWays(releases, (files) =>
            editsOf(team, files, releases),
          )
          fc.pre(walkConflicts.length === 0)
          compared += 1
          expect(jumpConflicts).toEqual([])
          expect(inAnyOrder(jump)).toEqual(inAnyOrder(walk))
        },
      ),
      tries(200),
    )
    expect(compared).toBeGreaterThan(60)
  })

  it("walked in one plan, it is what it is in several, conflicts too", () => {
    let compared = 0
    fc.assert(
      fc.property(
        fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 4 }),
        teamEdits,
        (deeds, team) => {
          const releases = history(deeds)
          const { start, steps } = bothWays(releases, (files) => editsOf(team, files, releases))
          const open = steps.findIndex(({ changes }) => conflictPaths(changes).length > 0)
          const walked = open < 0 ? steps : steps.slice(0, open + 1)
          const joined = joinStages(walked.map(({ changes }) => ({ changes, isMigration: false })))
          const files = [...walked.at(-1)!.after]
          expect(new Map([...applied(start, joined)].toSorted())).toEqual(new Map(files.toSorted()))
          const settled = joined.filter(({ status }) => status !== "conflict").map(({ path }) => path)
          expect(new Set(settled).size).toBe(settled.length)
          expect(conflictPaths(joined)).toEqual(conflictPaths(walked.at(-1)!.changes))
          expect(joined.at(-1)?.path).toBe(LOCK_FILE)
          if (walked.length > 1) compared += 1
        },
      ),
      tries(100),
    )
    expect(compared).toBeGreaterThan(40)
  })
})
