import { describe, expect, test } from "vitest"
import { gitOffer, parseRefs, refOf } from "../../../src/core/template/git-offer.ts"
import { npmOffer } from "../../../src/core/template/npm-offer.ts"
import { pickVersion } from "../../../src/core/template/pick-version.ts"
import { MeshwrightError } from "../../../src/core/model/diagnostic.ts"

/** What `git ls-remote` prints for these refs; the commit of each is its number. */
function refs(...names: readonly string[]): ReturnType<typeof parseRefs> {
  return parseRefs(names.map((name, index) => `${commit(index)}\t${name}\n`).join(""))
}

function commit(index: number): string {
  return String(index).padStart(40, "0")
}

function tags(...names: readonly string[]): ReturnType<typeof parseRefs> {
  return refs("HEAD", "refs/heads/main", ...names.map((name) => `refs/tags/${name}`))
}

function pick(of: ReturnType<typeof parseRefs>, said: string, asked?: string, subfolder = "") {
  return pickVersion(gitOffer(of, subfolder), said, asked, "SOURCE")
}

function refusal(work: () => unknown) {
  try {
    work()
  } catch (error) {
    if (error instanceof MeshwrightError) return error.diagnostics[0]!
    throw error
  }
  throw new Error("it was not refused")
}

const REPOSITORY = tags(
  "v1.2.0",
  "v1.10.0",
  "v1.4.2",
  "v1.4.9",
  "v2.0.0",
  "v3.0.0-rc.1",
  "v3.0.0-rc.2",
  "not-a-version",
)

describe("git", () => {
  test.each([
    ["nothing: the highest release", "", undefined, "v2.0.0"],
    ["a tag", "v1.2.0", undefined, "v1.2.0"],
    ["a tag without its v", "1.2.0", undefined, "v1.2.0"],
    ["a branch", "main", undefined, "main"],
    ["a tag that is no version", "not-a-version", undefined, "not-a-version"],
    ["a pre-release by its name", "v3.0.0-rc.1", undefined, "v3.0.0-rc.1"],
    ["what is asked for wins over a version in the source", "v1.2.0", "v1.4.2", "v1.4.2"],
    ["a range that is asked for", "", "~1.4.0", "v1.4.9"],
    ["a range within the one of the source", "^1", "1.4.x", "v1.4.9"],
    ["a version within the range of the source", "^1", "v1.2.0", "v1.2.0"],
    ["ranges with alternatives on both sides", "1.2.x || 2.x", "^1 || ^3", "v1.2.0"],
  ])("%s", (_, said, asked, version) => {
    expect(pick(REPOSITORY, said, asked)).toMatchObject({ version })
  })

  test.each([
    ["^1.2", "v1.10.0", "v2.0.0"],
    ["~1.4.0", "v1.4.9", "v2.0.0"],
    ["1.x", "v1.10.0", "v2.0.0"],
    ["1", "v1.10.0", "v2.0.0"],
    [">=1 <2", "v1.10.0", "v2.0.0"],
    ["=1.4.2", "v1.4.2", "v2.0.0"],
    ["*", "v2.0.0", undefined],
    ["^3.0.0-rc.1", "v3.0.0-rc.2", undefined],
  ])("the range %s is kept, and what is beyond it is told", (range, version, beyond) => {
    const picked = pick(REPOSITORY, range)
    expect({ ...picked, beyond: picked.beyond }).toMatchObject({ version, pin: range, beyond })
  })

  test("a tag or branch of exactly that name wins over a range, and is not kept", () => {
    const picked = pick(refs("HEAD", "refs/heads/1.x", "refs/tags/1.3.0"), "1.x")
    expect(picked).toEqual({ version: "1.x", id: commit(1) })
  })

  test("an annotated tag is the commit that it points at", () => {
    const found = parseRefs(`${commit(1)}\trefs/tags/v1.0.0\n${commit(2)}\trefs/tags/v1.0.0^{}\n`)
    expect(pick(found, "v1.0.0").id).toBe(commit(2))
    expect(refOf(found, commit(2))).toBe("refs/tags/v1.0.0")
  })

  test("without versions it is the default branch", () => {
    expect(pick(refs("HEAD", "refs/heads/main"), "")).toEqual({ version: commit(0), id: commit(0) })
  })

  test.each([
    ["domain-v1.2.0", "domain", "v1.2.0"],
    ["domain/1.2.0", "domain", "1.2.0"],
    ["domain@1.2.0", "domain", "1.2.0"],
    ["@acme/domain@1.2.0", "domain", "1.2.0"],
    ["templates/domain/v1.2.0", "templates/domain", "v1.2.0"],
    ["domain_v1.2.0", "templates/domain", "v1.2.0"],
  ])("the tag %s is a version of the subfolder %s", (tag, subfolder, version) => {
    const found = tags("v9.0.0", "other-v8.0.0", tag, "domain-tools-v7.0.0")
    const index = [...found.keys()].indexOf(`refs/tags/${tag}`)
    expect(pick(found, "", undefined, subfolder)).toEqual({ version, id: commit(index) })
    expect(pick(found, "^1", undefined, subfolder)).toMatchObject({ version, id: commit(index) })
    expect(pick(found, tag, undefined, subfolder)).toMatchObject({ version, id: commit(index) })
    expect(pick(found, "1.2.0", undefined, subfolder)).toMatchObject({ version, id: commit(index) })
  })

  test("a subfolder without tags of its own has those of the repository", () => {
    expect(pick(tags("v1.0.0", "other-v8.0.0"), "", undefined, "domain")).toMatchObject({ version: "v1.0.0" })
  })

  test.each([
    ["no such name", "nope", undefined, "no-revision", "v2.0.0, v1.10.0"],
    ["no such version", "v7.0.0", undefined, "no-revision", "v2.0.0, v1.10.0"],
    ["a short commit", "1234567", undefined, "no-revision", "40 digits"],
    ["a short commit with letters", "12ab567", undefined, "no-revision", "40 digits"],
    ["nothing in the range", "^7", undefined, "no-version-in-range", "v2.0.0, v1.10.0"],
    ["only pre-releases in the range", "^3", undefined, "no-version-in-range", "named: v3.0.0-rc.2"],
    ["a version out of the range of the source", "^1", "v2.0.0", "out-of-range", "SOURCE@^1"],
    ["a range out of that of the source", "^1", "^2", "out-of-range", "SOURCE@^1"],
    ["a branch, where the source has a range", "^1", "main", "out-of-range", "SOURCE@^1"],
  ])("%s is refused", (_, said, asked, code, hint) => {
    const found = refusal(() => pick(REPOSITORY, said, asked))
    expect(found.code).toBe(code)
    expect(found.hint).toContain(hint)
  })

  test("an empty repository, and a range where no tag is a version", () => {
    expect(refusal(() => pick(refs(), ""))).toMatchObject({ code: "no-revision" })
    expect(refusal(() => pick(tags("a"), "^1"))).toMatchObject({ hint: "it has no version at all; it has main, a" })
  })
})

describe("npm", () => {
  const offer = npmOffer({
    versions: ["1.0.0", "1.5.0", "2.0.0-rc.1", "2.0.0"],
    tags: { latest: "1.5.0", next: "2.0.0" },
  })

  test.each([
    ["nothing: what it calls latest, though a higher one is there", "", { version: "1.5.0" }],
    ["a version", "1.0.0", { version: "1.0.0" }],
    ["a range: latest where it fits", ">=1", { version: "1.5.0", pin: ">=1" }],
    ["a range without latest: the highest", "^2", { version: "2.0.0", pin: "^2" }],
    ["a dist-tag, which is kept", "next", { version: "2.0.0", pin: "next" }],
  ])("%s", (_, said, expected) => {
    expect(pickVersion(offer, said, undefined, "npm:x")).toEqual({ id: expected.version, ...expected })
  })

  test("a project that follows a dist-tag may be asked to go elsewhere", () => {
    expect(pickVersion(offer, "next", "1.0.0", "npm:x")).toEqual({ version: "1.0.0", id: "1.0.0", pin: "next" })
  })
})
