import { describe, expect, it } from "vitest"
import { update, type Files } from "./build.ts"

/** A file that is unlike all others but its own versions. */
const model = (name: string, more = ""): string =>
  ["with", "source"].map((word) => `-- ${word} of ${name}\n`).join("") +
  `select ${name}_id, ${name}_name\nfrom {{ ref('${name}') }}\nwhere ${name}_id is not null\n${more}`

describe("renames by the template", () => {
  it("declared: the team's edits move along", () => {
    const result = update(
      { "m/schema.yml": model("a") },
      { "m/schema.yml": `-- ours\n${model("a")}` },
      { "m/_models.yml": model("a", "-- theirs\n") },
      { renames: [{ from: "m/schema.yml", to: "m/_models.yml" }] },
    )
    expect(result.lines).toEqual(["m/schema.yml > m/_models.yml: rename renamed-by-template clean"])
    expect(result.after).toEqual({ "m/_models.yml": `-- ours\n${model("a", "-- theirs\n")}` })
  })

  it("declared: several renames behind, and whole folders", () => {
    const renames = [
      { from: "ci/", to: "build/" },
      { from: "build/", to: ".github/" },
      { from: "ci/x.yml", to: "x.yml" },
    ]
    const result = update(
      { "ci/a/b.yml": "1\n", "ci/x.yml": "2\n" },
      { "ci/a/b.yml": "1\n", "ci/x.yml": "o\n" },
      { ".github/a/b.yml": "1\n", "x.yml": "2\n" },
      { renames },
    )
    expect(result.after).toEqual({ ".github/a/b.yml": "1\n", "x.yml": "o\n" })
  })

  it("declared: the old path is used for something new", () => {
    const result = update(
      { a: "old\n" },
      { a: "old\nours\n" },
      { a: "new\n", b: "old\n" },
      { renames: [{ from: "a", to: "b" }] },
    )
    expect(result.after).toEqual({ a: "new\n", b: "old\nours\n" })
    expect(result.lines).toEqual(["a: create new-in-template clean", "a > b: rename renamed-by-template clean"])
  })

  it("a chain of renames moves each file one place on", () => {
    const renames = [
      { from: "a", to: "b" },
      { from: "b", to: "c" },
    ]
    const result = update({ a: "1\n", b: "2\n" }, { a: "1o\n", b: "2o\n" }, { b: "1\n", c: "2\n" }, { renames })
    expect(result.after).toEqual({ b: "1o\n", c: "2o\n" })
  })

  it("a chain that ends at a file of the team's leaves everything where it is", () => {
    const renames = [
      { from: "a", to: "b" },
      { from: "b", to: "c" },
    ]
    const ours = { a: "1o\n", b: "2o\n", c: "own\n" }
    const result = update({ a: "1\n", b: "2\n" }, ours, { b: "1\n", c: "2\n" }, { renames })
    expect(result.after).toEqual({ ...ours, "b.theirs": "1\n", "c.theirs": "2\n" })
    expect(result.changes.map(({ conflicts }) => conflicts?.[0]?.kind)).toEqual(["path-taken", "path-taken"])
  })

  it("the target is taken by another file: both stay, theirs goes beside", () => {
    const result = update({ a: "b\n" }, { a: "o\n", b: "own\n" }, { b: "t\n" }, { renames: [{ from: "a", to: "b" }] })
    expect(result.lines).toEqual(["a > b: rename renamed-by-template conflict"])
    expect(result.after).toEqual({ a: "o\n", b: "own\n", "b.theirs": "t\n" })
  })

  it("the target has the merged file already: only the old one goes", () => {
    const result = update({ a: "b\n" }, { a: "b\n", b: "t\n" }, { b: "t\n" }, { renames: [{ from: "a", to: "b" }] })
    expect(result.after).toEqual({ b: "t\n" })
  })

  it("a file that the team removed does not come back under its new name", () => {
    const result = update({ a: "b\n" }, {}, { b: "t\n" }, { renames: [{ from: "a", to: "b" }] })
    expect(result.lines).toEqual(["a > b: none deleted-by-team-template-changed clean"])
    expect(result.after).toEqual({})
  })

  it("the team made the same move already", () => {
    const ours = { b: `-- ours\n${model("a")}` }
    const result = update(
      { a: model("a") },
      ours,
      { b: model("a", "-- theirs\n") },
      { renames: [{ from: "a", to: "b" }] },
    )
    expect(result.after).toEqual({ b: `-- ours\n${model("a", "-- theirs\n")}` })
  })

  it("a conflict in a renamed file moves and is marked there", () => {
    const result = update({ a: "b\n" }, { a: "o\n" }, { b: "t\n" }, { renames: [{ from: "a", to: "b" }] })
    expect(result.lines).toEqual(["a > b: rename renamed-by-template conflict"])
    expect(Object.keys(result.after)).toEqual(["b"])
    expect(result.after["b"]).toContain("<<<<<<< team\no\n")
  })

  it("by origin: an answer renames the path, and what is in the file", () => {
    const at = (text: string) => ({ text, origin: "models/{{domain}}.sql.hbs" })
    const result = update(
      { "models/sales.sql": at("sales\n1\n2\n") },
      { "models/sales.sql": "sales\n1\no\n" },
      { "models/orders.sql": at("orders\n1\n2\n") },
      { answersChanged: true },
    )
    expect(result.lines).toEqual(["models/sales.sql > models/orders.sql: rename renamed-by-answer clean"])
    expect(result.after).toEqual({ "models/orders.sql": "orders\n1\no\n" })
  })

  it("undeclared: found by content, unless there is a rival", () => {
    const base = { "old/a.sql": model("a") }
    const ours = { "old/a.sql": model("a", "-- ours\n") }
    const found = update(base, ours, { "new/a2.sql": `-- theirs\n${model("a")}`, "new/b.sql": model("b") })
    expect(found.after).toEqual({ "new/a2.sql": `-- theirs\n${model("a", "-- ours\n")}`, "new/b.sql": model("b") })
    const rivals = update(base, ours, { "new/x.sql": model("a", "-- 1\n"), "new/y.sql": model("a", "-- 2\n") })
    expect(rivals.lines).toContain("old/a.sql: keep deleted-by-template-team-changed conflict")
  })
})

describe("moves by the team", () => {
  it.each([
    ["unchanged", model("a"), model("a", "-- theirs\n"), "update"],
    ["edited", `-- ours\n${model("a")}`, `-- ours\n${model("a", "-- theirs\n")}`, "merge"],
  ])("%s: the template's change follows", (_, ours, after, action) => {
    const result = update(
      { "a.sql": model("a") },
      { "b.sql": ours, "c.sql": model("c") },
      { "a.sql": model("a", "-- theirs\n") },
    )
    expect(result.lines).toEqual([`a.sql > b.sql: ${action} renamed-by-team clean`])
    expect(result.after).toEqual({ "b.sql": after, "c.sql": model("c") })
  })

  it("a file that is nothing like it, or one of two that are, is left alone", () => {
    const theirs = { "a.sql": model("a", "-- theirs\n") }
    for (const ours of [{ "b.sql": model("b") }, { "b.sql": model("a"), "c.sql": model("a") }] as Files[]) {
      const result = update({ "a.sql": model("a") }, ours, theirs)
      expect(result.lines).toEqual(["a.sql: none deleted-by-team-template-changed clean"])
      expect(result.after).toEqual(ours)
    }
  })

  it("of two copies, the one of the same name counts", () => {
    const ours = { "x/a.sql": model("a"), "x/b.sql": model("a") }
    const result = update({ "a.sql": model("a") }, ours, { "a.sql": "new\n" })
    expect(result.after).toEqual({ ...ours, "x/a.sql": "new\n" })
  })

  it("a whole folder: equal and small files go with it, and so does a new one", () => {
    const base = {
      "s/a.sql": model("a"),
      "s/b.sql": model("b"),
      "s/_x.yml": "version: 2\n",
      "s/t/_x.yml": "version: 2\n",
    }
    const ours = {
      "g/a.sql": model("a", "-- ours\n"),
      "g/b.sql": model("b"),
      "g/_x.yml": "version: 2\n",
      "g/t/_x.yml": "version: 2\n",
    }
    const theirs = {
      "s/a.sql": `-- t\n${model("a")}`,
      "s/b.sql": model("b"),
      "s/_x.yml": "version: 3\n",
      "s/t/_x.yml": "version: 4\n",
      "s/n.sql": "n\n",
    }
    const result = update(base, ours, theirs)
    expect(result.after).toEqual({
      "g/_x.yml": "version: 3\n",
      "g/a.sql": `-- t\n${model("a", "-- ours\n")}`,
      "g/b.sql": model("b"),
      "g/n.sql": "n\n",
      "g/t/_x.yml": "version: 4\n",
    })
    expect(result.lines).toContain("s/n.sql > g/n.sql: create new-in-template clean")
  })

  it("a moved file that the template drops goes when untouched, and is the person's matter when edited", () => {
    const base = { "s/a.sql": model("a"), "s/b.sql": model("b") }
    const result = update(base, { "g/a.sql": model("a"), "g/b.sql": model("b", "-- ours\n") }, {})
    expect(result.lines).toEqual([
      "s/a.sql > g/a.sql: delete deleted-by-template clean",
      "s/b.sql > g/b.sql: keep deleted-by-template-team-changed conflict",
    ])
  })

  it("empty files are like any other: they are not followed", () => {
    const result = update({ "s/.gitkeep": "" }, { "g/.gitkeep": "" }, { "s/.gitkeep": "" })
    expect(result.lines).toEqual(["s/.gitkeep: none deleted-by-team clean"])
  })
})
