import { describe, expect, it, test } from "vitest"
import fc from "fast-check"
import { NO_INPUTS, resolveAnswers } from "../../../src/core/answers/resolve-answers.ts"
import type { Answers, AnswerValue } from "../../../src/core/model/answers.ts"
import type { Manifest } from "../../../src/core/model/template.ts"
import { answerSpace } from "../../../src/core/template-tests/answer-space.ts"
import { coverAnswers } from "../../../src/core/template-tests/cover-answers.ts"
import { textsMatching } from "../../../src/core/template-tests/sample-text.ts"
import { samplesOf } from "../../../src/core/template-tests/sample-values.ts"
import { manifest } from "../../helpers/manifest.ts"

const cover = (of: Manifest) => coverAnswers(of, answerSpace(of))

/** Pairs of values of the named questions in these answers, "-" where one is not asked. */
function pairsIn(cases: readonly Answers[], names: readonly string[]): Set<string> {
  const show = (value: AnswerValue | undefined): string => (value === undefined ? "-" : JSON.stringify(value))
  return new Set(
    cases.flatMap((answers) =>
      names.flatMap((a, i) => names.slice(0, i).map((b) => `${b}=${show(answers[b])} ${a}=${show(answers[a])}`)),
    ),
  )
}

describe("a covering set of answers", () => {
  const choice = (name: string, values: readonly string[], when = "") =>
    `  - {name: ${name}, type: select, message: M, choices: [${values.join(", ")}]${when}}\n`

  it("has every pair of choices, in far fewer cases than there are combinations", () => {
    const names = ["a", "b", "c", "d", "e", "f"]
    const { cases, pairs } = cover(
      manifest(`questions:\n${names.map((name) => choice(name, ["x", "y", "z"])).join("")}`),
    )
    expect(pairsIn(cases, names).size).toBe(15 * 9)
    expect(pairs).toBe(15 * 9)
    expect(cases.length).toBeLessThan(20)
  })

  it("knows which questions are not asked, and never gives their answers", () => {
    const of = manifest(
      `questions:\n${choice("ci", ["github", "gitlab", "none"])}${choice("runner", ["small", "large"], ", when: {ci: github}")}${choice("infra", ["yes", "no"])}`,
    )
    const { cases } = cover(of)
    expect([...pairsIn(cases, ["ci", "runner"])].toSorted()).toEqual([
      'ci="github" runner="large"',
      'ci="github" runner="small"',
      'ci="gitlab" runner=-',
      'ci="none" runner=-',
    ])
    expect(pairsIn(cases, ["runner", "infra"]).size).toBe(6)
  })

  it("tries texts that conditions name, and others; what is derived decides as well", () => {
    const of = manifest(
      `questions:\n  - {name: url, type: input, message: M, default: none, examples: ["https://example.com/a.git@v1"]}\n${choice("ci", ["a", "b"], ", when: {kind: git}")}derived: {kind: "{{sourceKind url}}"}`,
    )
    const { cases } = cover(of)
    expect([...pairsIn(cases, ["url", "ci"])].toSorted()).toEqual([
      'url="https://example.com/a.git@v1" ci="a"',
      'url="https://example.com/a.git@v1" ci="b"',
      'url="none" ci=-',
    ])
  })

  it("is the same each time", () => {
    const of = () => cover(manifest(`questions:\n${choice("a", ["x", "y"])}${choice("b", ["x", "y", "z"])}`))
    expect(of()).toEqual(of())
  })

  it("pairs a question that decides with one that does not", () => {
    const of = manifest(
      `questions:\n${choice("a", ["x", "y"])}${choice("b", ["x", "y", "z"])}files: [{path: f, when: {a: x}}]`,
    )
    expect(pairsIn(cover(of).cases, ["a", "b"]).size).toBe(6)
  })

  it("has one case where there is nothing to choose", () => {
    expect(cover(manifest("")).cases).toEqual([{}])
    expect(cover(manifest("questions: [{name: a, type: input, message: M}]")).cases).toHaveLength(1)
    expect(cover(manifest("questions: [{name: a, type: confirm, message: M}]")).cases).toEqual([
      { a: true },
      { a: false },
    ])
  })

  test("for any questions: all pairs that can be are there, and every case can be given as answers", () => {
    const question = fc.record({
      kind: fc.constantFrom("confirm", "select", "input"),
      when: fc.option(fc.record({ on: fc.nat(4), value: fc.constantFrom("a", "b", "c"), not: fc.boolean() })),
    })
    fc.assert(
      fc.property(fc.array(question, { minLength: 1, maxLength: 5 }), (questions) => {
        const of = manifest(
          `questions:\n${questions
            .map(({ kind, when }, index) => {
              const other = when && when.on < index ? questions[when.on] : undefined
              const value = other?.kind === "confirm" ? String(when!.value === "a") : when?.value
              const condition =
                other === undefined
                  ? ""
                  : `, when: ${when!.not ? `{not: {q${when!.on}: ${value}}}` : `{q${when!.on}: ${value}}`}`
              const more = kind === "select" ? ", choices: [a, b, c]" : kind === "input" ? ", default: a" : ""
              return `  - {name: q${index}, type: ${kind}, message: M${more}${condition}}\n`
            })
            .join("")}`,
        )
        const names = of.questions.map(({ name }) => name)
        const space = answerSpace(of)
        const { cases } = coverAnswers(of, space)
        const closed = names.filter((_, index) => questions[index]!.kind !== "input")
        const possible = pairsIn(
          space.ways.map(({ answers }) => answers),
          closed.filter((name) => space.deciding.has(name)),
        )
        expect([...possible].filter((pair) => !pairsIn(cases, closed).has(pair))).toEqual([])
        for (const answers of cases) {
          const { problems, answers: resolved } = resolveAnswers(of, { ...NO_INPUTS, file: answers })
          expect(problems).toEqual([])
          expect(resolved).toEqual(answers)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe("texts for a pattern", () => {
  it.each([
    ["^[a-z][a-z0-9_]*$", 40],
    ["^@[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)?$", 100],
    ["^(none|\\.\\.?(/[A-Za-z0-9._-]+)+|https://[a-z]+)$", 60],
    ["^(?!(stg|int)_)[a-z]+$", 20],
    ["^\\d{4}-\\d{2}-\\d{2}$", 10],
    ["^\\p{Lu}\\p{L}{2,5}$", 10],
    ["^[^a-z]+$", 5],
  ])("%s", (pattern, longest) => {
    const texts = textsMatching(pattern, longest)
    expect(texts.length).toBeGreaterThan(0)
    for (const text of texts) expect(text).toMatch(new RegExp(pattern, "u"))
  })

  it("has one that is as long as may be", () => {
    expect(textsMatching("^[a-z][a-z0-9_]*$", 40).map((text) => text.length)).toContain(40)
  })

  it("has none for what nothing matches, or what it does not read", () => {
    expect(textsMatching("^(?=x)(?!x)$", 10)).toEqual([])
    expect(textsMatching("^(a)\\1$", 10)).toEqual([])
  })
})

it("samples are accepted, the default first", () => {
  const of = manifest(
    `questions:\n  - {name: a, type: input, message: M, validate: {pattern: "^[a-z]+$", max: 8, not: [a]}, default: "x{{b}}", examples: [ok, NO]}\n  - {name: b, type: input, message: M, default: y}`,
  )
  expect(samplesOf(of, of.questions[0]!, { b: "z" })[0]).toBe("xz")
  expect(samplesOf(of, of.questions[0]!, {})[0]).toBe("ok")
  expect(samplesOf(of, of.questions[0]!, {})).not.toContain("NO")
  expect(samplesOf(of, of.questions[0]!, {})).not.toContain("a")
})
