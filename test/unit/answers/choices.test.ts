import { describe, expect, it } from "vitest"
import { NO_INPUTS, resolveAnswers } from "../../../src/core/answers/resolve-answers.ts"
import { manifest } from "../../helpers/manifest.ts"

const MANIFEST = manifest(`
questions:
  - {name: host, type: select, message: Host, choices: [github, gitlab, none], default: github}
  - {name: domains, type: list, message: Domains, default: [sales, finance]}
  - name: runner
    type: select
    message: Runner
    default: hosted
    choices: [{value: hosted, when: {host: [github, gitlab]}}, {value: own, when: {not: {host: none}}}, {value: shell, when: {host: gitlab}}]
  - name: checks
    type: checkbox
    message: Checks
    default: [lint, build, pages]
    choices: [lint, build, {value: pages, when: {host: github}}]
  - {name: main, type: select, message: Main domain, choices_from: domains, choices: [none], default: "{{host}}"}
  - {name: others, type: checkbox, message: Others, choices_from: domains, default: "{{join domains ','}}"}
`)

const answered = (flag: Record<string, string> = {}) => resolveAnswers(MANIFEST, { ...NO_INPUTS, flag })

describe("choices that depend on answers", () => {
  it("are offered where their condition holds, and come from a list", () => {
    expect(answered()).toMatchObject({
      problems: [],
      answers: {
        runner: "hosted",
        checks: ["lint", "build", "pages"],
        main: "sales",
        others: ["sales", "finance"],
      },
    })
  })

  it("a default that is not offered gives way to the first choice that is", () => {
    const { answers, assumed, problems } = answered({ host: "gitlab", domains: "orders" })
    expect(problems).toEqual([])
    expect(answers).toMatchObject({ checks: ["lint", "build"], main: "orders", others: ["orders"] })
    expect(assumed["main"]).toBe("orders")
  })

  it("an answer that is not offered is refused, with those that are", () => {
    const { problems } = answered({ runner: "shell", main: "hr" })
    expect(problems.map(({ message }) => message)).toEqual([
      'runner: "shell" must be one of hosted, own',
      'main: "hr" must be one of sales, finance, none',
    ])
  })

  it("a question without a choice is not asked", () => {
    expect(answered({ host: "none" }).answers).not.toHaveProperty("runner")
    expect(answered({ domains: "" }).answers).toMatchObject({ main: "none" })
    expect(answered({ domains: "" }).answers).not.toHaveProperty("others")
  })
})

describe("defaults made of earlier answers", () => {
  const MADE = manifest(`
questions:
  - {name: team, type: input, message: Team, default: core}
  - {name: ci, type: confirm, message: CI, default: true}
  - {name: shards, type: number, message: Shards, default: 2}
  - {name: docs, type: confirm, message: Docs, default: "{{not ci}}"}
  - {name: jobs, type: number, message: Jobs, default: "{{shards}}0"}
  - {name: layers, type: list, message: Layers, default: ["{{team}}_raw", "{{#if ci}}tested{{/if}}", mart]}
  - {name: named, type: list, message: Named, default: "{{team}},{{upperCase team}}"}
`)

  it.each([
    [{}, { docs: false, jobs: 20, layers: ["core_raw", "tested", "mart"], named: ["core", "CORE"] }],
    [
      { ci: "no", shards: "3", team: "x" },
      { docs: true, jobs: 30, layers: ["x_raw", "mart"], named: ["x", "X"] },
    ],
  ])("of every type, after %o", (flag, expected) => {
    expect(resolveAnswers(MADE, { ...NO_INPUTS, flag })).toMatchObject({ problems: [], answers: expected })
  })
})
