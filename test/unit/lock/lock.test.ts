import { describe, expect, it } from "vitest"
import { sha256 } from "../../../src/core/hash.ts"
import { formatLock } from "../../../src/core/lock/format-lock.ts"
import { parseLock } from "../../../src/core/lock/parse-lock.ts"
import { sealed } from "../../../src/core/lock/seal.ts"
import { MeshwrightError } from "../../../src/core/model/diagnostic.ts"
import type { Lock, LockedFile } from "../../../src/core/model/lock.ts"
import type { RelPath } from "../../../src/core/model/path.ts"

function locked(text: string, more: Partial<LockedFile> = {}): LockedFile {
  return { mode: "644", policy: "merge", sha256: sha256(text), origin: "x.hbs", bytes: Buffer.from(text), ...more }
}

const LOCK: Lock = {
  template: { source: "builtin:domain", version: "1.0.0", integrity: "sha256:abc" },
  answers: { domain: "sales", infra: true, domains: ["a", 'b"c'], count: 3 },
  files: new Map([
    ["b.yml", locked("b: 1\n")],
    ["a/ünïcode file.sql", locked("select 'ü'\r\n", { mode: "755", unresolved: "elsewhere.sql" as RelPath })],
    ["once.sql", { mode: "644", policy: "once", sha256: "00", origin: "{{domain}}.sql" }],
  ] as [RelPath, LockedFile][]),
}

function damage(text: string) {
  try {
    parseLock(text)
  } catch (error) {
    if (error instanceof MeshwrightError) return error.diagnostics
    throw error
  }
  return []
}

/** Edits the text as somebody would who knows how its lines are sealed. */
function resealed(what: string | RegExp, by: string) {
  return (text: string): string =>
    text
      .replace(what, by)
      .split("\n")
      .map((line) => (/ # [0-9a-f]{8}$/.test(line) ? sealed(line.replace(/ # [0-9a-f]{8}$/, "")) : line))
      .join("\n")
}

describe("the lock", () => {
  const text = formatLock(LOCK)

  it("comes back as it was written", () => {
    const { lock } = parseLock(text)
    expect(lock.template).toEqual(LOCK.template)
    expect(lock.answers).toEqual(LOCK.answers)
    for (const [path, file] of LOCK.files) {
      const { bytes, ...rest } = lock.files.get(path)!
      const { bytes: expected, ...expectedRest } = file
      expect(rest).toEqual(expectedRest)
      expect(bytes && Buffer.from(bytes).toString()).toEqual(expected && Buffer.from(expected).toString())
    }
  })

  it("has one line a file, sorted, and is the same twice", () => {
    const lines = text.split("\n").filter((line) => line.includes('"sha256"'))
    expect(lines.map((line) => JSON.parse(line.trim().split(": {")[0]!) as string)).toEqual([
      "a/ünïcode file.sql",
      "b.yml",
      "once.sql",
    ])
    expect(formatLock(parseLock(text).lock)).toBe(text)
  })

  it("keeps the line of a file that did not change, whatever compressed it", () => {
    const { lock, lines } = parseLock(text)
    const other = new Map(
      [...lines].map(([path, line]) => [
        path,
        path === "b.yml" ? line.replace(/"base":"[^"]*"/, '"base":"other+compressor"') : line,
      ]),
    )
    expect(formatLock(lock, other)).toContain('"other+compressor"')
    const changed = { ...lock, files: new Map([...lock.files, ["b.yml" as RelPath, locked("b: 2\n")]]) }
    expect(formatLock(changed, other)).not.toContain('"other+compressor"')
  })

  it("is valid YAML too", async () => {
    const { parse } = await import("yaml")
    expect(parse(text)).toMatchObject({ lock_version: 1, answers: LOCK.answers, template: LOCK.template })
  })

  it.each([
    ["cut off in the head", (t: string) => t.slice(0, 60)],
    ["cut off in a line", (t: string) => t.slice(0, -60)],
    ["an edited base", (t: string) => t.replace(/"base":"..../, '"base":"AAAA')],
    ["an edited hash", (t: string) => t.replace(/"sha256":"...../, '"sha256":"00000')],
    ["conflict markers", (t: string) => t.replace("files:", "<<<<<<< ours\nfiles:\n=======\nfiles:\n>>>>>>> theirs")],
    ["cut off behind a line", (t: string) => t.split("\n").slice(0, -2).join("\n") + "\n"],
    ["an edited mode", (t: string) => t.replace('"mode":"755"', '"mode":"644"')],
    ["an edited answer", (t: string) => t.replace('"count": 3', '"count": 4')],
    ["an edited version", (t: string) => t.replace('"version":"1.0.0"', '"version":"1.0.1"')],
    ["a line without its seal", (t: string) => t.replace(/ # [0-9a-f]{8}\n/, "\n")],
    ["a path twice", (t: string) => t.replace(/^.*"b.yml".*\n/m, "$&$&")],
    ["a path that leaves the project", resealed('"b.yml"', '"../b.yml"')],
    ["a path inside .git", resealed('"b.yml"', '".git/config"')],
    ["another base, sealed", resealed(/"base":".{9}/, '"base":"AAAAAAAAA')],
    ["another hash, sealed", resealed(/"sha256":"...../, '"sha256":"00000')],
    ["noise", () => "\u0000\u0001binary"],
    ["nothing", () => ""],
  ])("tells of %s, with a line", (_, change) => {
    const found = damage(change(text))
    expect(found.map((each) => each.code)).toContain("lock-damaged")
    expect(found.every((each) => each.position !== undefined && each.hint !== undefined)).toBe(true)
  })

  it("names a newer lock version", () => {
    expect(damage(text.replace("lock_version: 1", "lock_version: 2")).map((each) => each.code)).toEqual([
      "lock-version",
    ])
  })
})
