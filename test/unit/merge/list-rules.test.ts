import { describe, expect, it } from "vitest"
import { mergeRules } from "../../../src/core/merge/rules/merge-rules.ts"
import type { ListRule } from "../../../src/core/model/template.ts"
import { merge } from "./build.ts"

type Sides = readonly [base: string, ours: string, theirs: string]

/** The merged text with and without the rule; null for a conflict. */
function both(path: string, [base, ours, theirs]: Sides, ...identity: readonly ListRule[]) {
  const text = (rules: readonly ListRule[]) => {
    const result = merge(base, ours, theirs, "inline", path, mergeRules({ floor: [], identity: rules }))
    return result.kind === "clean" ? result.text : null
  }
  return { without: text([]), with: text(identity) }
}

/** Two teams that the template describes by other keys; the team changed the one, and the order. */
const TEAMS: Readonly<Record<string, readonly [...Sides, result: string]>> = {
  "config/teams.yml": [
    "teams:\n  - {slug: a, n: 1, m: 1, k: 1}\n  - {slug: b, n: 1, m: 1, k: 1}\n",
    "teams:\n  - {slug: b, n: 1, m: 1, k: 1, x: 5}\n  - {slug: a, n: 1, m: 1, k: 1}\n",
    "teams:\n  - {slug: a, p: 1, q: 1, r: 1}\n  - {slug: b, p: 1, q: 1, r: 1}\n  - {slug: c, n: 1}\n",
    "teams:\n  - {slug: b, p: 1, q: 1, r: 1, x: 5}\n  - {slug: c, n: 1}\n  - {slug: a, p: 1, q: 1, r: 1}\n",
  ],
  "config/teams.json": [
    '{"org": {"teams": [{"slug": "a", "n": 1, "m": 1, "k": 1}, {"slug": "b", "n": 1, "m": 1, "k": 1}]}}\n',
    '{"org": {"teams": [{"slug": "b", "n": 1, "m": 1, "k": 1, "x": 5}, {"slug": "a", "n": 1, "m": 1, "k": 1}]}}\n',
    '{"org": {"teams": [{"slug": "a", "p": 1, "q": 1, "r": 1}, {"slug": "b", "p": 1, "q": 1, "r": 1}]}}\n',
    '{"org": {"teams": [{"slug": "b", "p": 1, "q": 1, "r": 1, "x": 5}, {"slug": "a", "p": 1, "q": 1, "r": 1}]}}\n',
  ],
  "config/teams.toml": [
    '[[teams]]\nslug = "a"\nn = 1\n\n[[teams]]\nslug = "b"\nn = 1\n',
    '[[teams]]\nslug = "b"\nn = 1\nm = 1\n\n[[teams]]\nslug = "a"\nn = 1\n',
    '[[teams]]\nslug = "a"\nn = 2\n\n[[teams]]\nslug = "b"\nn = 3\n',
    '[[teams]]\nslug = "b"\nn = 3\nm = 1\n\n[[teams]]\nslug = "a"\nn = 2\n',
  ],
}

describe("a list whose items the template names", () => {
  it.each(Object.entries(TEAMS))("%s", (path, [base, ours, theirs, result]) => {
    const texts = both(path, [base, ours, theirs], { path: "config/*", list: "teams", key: "slug" })
    expect(texts.with).toBe(result)
    expect(texts.without).not.toBe(result)
    expect(both(path, [base, ours, theirs], { path: "other/*", list: "teams", key: "slug" }).with).toBe(texts.without)
  })

  it("of tables in brackets in TOML has a name once", () => {
    const item = (slug: string, n: number) => `{ slug = "${slug}", n = ${n} }`
    const list = (...items: readonly string[]) => `teams = [${items.join(", ")}]\n`
    const rule = { path: "**", list: "teams", key: "slug" }
    const apart = [
      list(item("a", 1), item("b", 1)),
      list(item("a", 5), item("b", 1)),
      list(item("a", 1), item("b", 2), item("c", 1)),
    ] as const
    expect(both("x.toml", apart, rule).with).toBe(list(item("a", 5), item("b", 2), item("c", 1)))
    const twice = [list(item("a", 1)), list(item("a", 1), item("c", 1)), list(item("a", 1), item("c", 2))] as const
    expect(both("x.toml", twice, rule)).toEqual({
      with: null,
      without: list(item("a", 1), item("c", 1), item("c", 2)),
    })
  })

  it("may be named by several keys together", () => {
    const item = (team: string, name: string, value: number) => `  - {team: ${team}, name: ${name}, v: ${value}}\n`
    const sides = [
      `grants:\n${item("a", "x", 1)}${item("a", "y", 1)}${item("b", "x", 1)}`,
      `grants:\n${item("b", "x", 1)}${item("a", "x", 1)}${item("a", "y", 5)}`,
      `grants:\n${item("a", "x", 2)}${item("a", "y", 1)}${item("b", "x", 3)}`,
    ] as const
    const rule = { path: "**/*.yml", list: "grants", key: ["team", "name"] }
    expect(both("conf/x.yml", sides, rule).with).toBe(
      `grants:\n${item("b", "x", 3)}${item("a", "x", 2)}${item("a", "y", 5)}`,
    )
  })

  it("is only the list at that place", () => {
    const [base, ours, theirs, result] = TEAMS["config/teams.json"]!
    const at = (list: string) => both("config/teams.json", [base, ours, theirs], { path: "**", list, key: "slug" }).with
    expect(at("org.teams")).toBe(result)
    expect(at("*.te*")).toBe(result)
    expect(at("other.teams")).not.toBe(result)
  })
})

describe("a list that the template says the kind of", () => {
  const swapped = ["steps: [a, b]\n", "steps: [a, b, us]\n", "steps: [b, them]\n"] as const

  it("a set is put together, whatever both did", () => {
    const rule = { path: "**", list: "steps", kind: "set" } as const
    expect(both("x.yml", swapped, rule)).toEqual({ with: "steps: [b, us, them]\n", without: null })
  })

  it("of an atomic one there is one version only", () => {
    const sides = ["tags: [a]\n", "tags: [a, us]\n", "tags: [a, them]\n"] as const
    const rule = { path: "**", list: "tags", kind: "atomic" } as const
    expect(both("x.yml", sides, rule)).toEqual({ with: null, without: "tags: [a, us, them]\n" })
    const toml = ['tags = ["a"]\n', 'tags = ["a", "us"]\n', 'tags = ["a", "them"]\n'] as const
    expect(both("x.toml", toml, rule)).toEqual({ with: null, without: 'tags = ["a", "us", "them"]\n' })
  })

  it("in an ordered one, what is taken out beside an addition is asked about", () => {
    const sides = ["tags: [a, b]\n", "tags: [a, b, us]\n", "tags: [b, them]\n"] as const
    const rule = { path: "**", list: "tags", kind: "ordered" } as const
    expect(both("x.yml", sides, rule)).toEqual({ with: null, without: "tags: [b, us, them]\n" })
  })

  it("the last rule that fits counts", () => {
    const rules = [
      { path: "**", list: "steps", kind: "set" },
      { path: "x.yml", list: "steps", kind: "atomic" },
    ] as const
    expect(both("x.yml", swapped, ...rules).with).toBeNull()
    expect(both("y.yml", swapped, ...rules).with).not.toBeNull()
  })
})
