import { describe, expect, it } from "vitest"
import { type AnswerInputs, NO_INPUTS, resolveAnswers } from "../../../src/core/answers/resolve-answers.ts"
import { manifest } from "../../helpers/manifest.ts"

const MANIFEST = manifest(`
questions:
  - {name: domain, type: input, message: Domain, validate: {pattern: "^[a-z][a-z0-9_]*$", message: "must be lower case", max: 40, not: [select, order]}}
  - {name: organisation, type: input, message: Organisation, guess: organisation, default: my_org}
  - {name: team, type: input, message: Team, default: "@{{organisation}}/{{kebabCase domain}}"}
  - {name: ci, type: select, message: CI, choices: [github, none], default: github}
  - {name: runner, type: input, message: Runner, default: ubuntu, when: {ci: github}}
  - {name: package, type: input, message: Package, default: none}
  - {name: package_name, type: input, message: Name, default: p, when: {kind: [git, folder]}}
  - {name: infra, type: confirm, message: Infra, default: true}
  - {name: layers, type: list, message: Layers, default: [a, b], validate: {min: 1}}
derived: {kind: "{{sourceKind package}}"}
`)

const resolve = (inputs: Partial<AnswerInputs>) => resolveAnswers(MANIFEST, { ...NO_INPUTS, ...inputs })
const codes = (inputs: Partial<AnswerInputs>) =>
  resolve(inputs).problems.map((each) => `${each.code} ${each.message.split(":")[0]}`)

describe("resolveAnswers", () => {
  it("takes defaults, rendered from earlier answers, and says which", () => {
    const { answers, assumed, problems } = resolve({ flag: { domain: "customer_success" } })
    expect(problems).toEqual([])
    expect(answers).toEqual({
      domain: "customer_success",
      organisation: "my_org",
      team: "@my_org/customer-success",
      ci: "github",
      runner: "ubuntu",
      package: "none",
      infra: true,
      layers: ["a", "b"],
    })
    expect(Object.keys(assumed)).not.toContain("domain")
    expect(assumed["ci"]).toBe("github")
  })

  it("obeys precedence: flag, file, environment, recorded, guess, default", () => {
    const sources: Partial<AnswerInputs>[] = [
      { flag: { organisation: "flag" } },
      { file: { organisation: "file" } },
      { environment: { organisation: "environment" } },
      { recorded: { organisation: "recorded" } },
      { guesses: { organisation: "guess" } },
    ]
    for (let first = 0; first < sources.length; first++) {
      const inputs = Object.assign({}, ...sources.slice(first)) as Partial<AnswerInputs>
      const expected = Object.keys(sources[first] ?? {})[0]?.replace("guesses", "guess")
      expect(resolve({ ...inputs, flag: { domain: "x", ...inputs.flag } }).answers["organisation"]).toBe(expected)
    }
  })

  it("asks only what applies, also by derived values", () => {
    expect(resolve({ flag: { domain: "x", ci: "none" } }).answers).not.toHaveProperty("runner")
    expect(resolve({ flag: { domain: "x", package: "../platform" } }).answers).toHaveProperty("package_name", "p")
  })

  it("reports all that is missing, invalid or unknown, with the flag that gives it", () => {
    const { problems } = resolve({ flag: { ci: "gitlab", infra: "perhaps", teem: "x" } })
    expect(problems.map((each) => each.code).toSorted()).toEqual([
      "invalid-answer",
      "invalid-answer",
      "missing-answer",
      "unknown-answer",
    ])
    expect(problems.find((each) => each.code === "missing-answer")).toMatchObject({ hint: "--set domain=…" })
    expect(problems.find((each) => each.code === "unknown-answer")).toMatchObject({ hint: "did you mean team?" })
  })

  it.each([
    "Sales",
    "1sales",
    "-x",
    "sa les",
    "sales;drop",
    "sa'les",
    'sa"les',
    "sa\nles",
    "{{domain}}",
    "${{ x }}",
    "..",
    "a/b",
    "verkäufe",
    "x".repeat(300),
    "",
    "select",
  ])("refuses the name %j", (domain) => {
    expect(codes({ flag: { domain } })).toEqual(["invalid-answer domain"])
  })

  it.each(["{{ env_var('X') }}", "{% x %}", "${{ secrets.X }}", "%{if}", "a\nb", "a\u0000b", "x".repeat(201)])(
    "refuses the free text %j",
    (organisation) => {
      expect(codes({ flag: { domain: "x", organisation } })).toEqual(["invalid-answer organisation"])
    },
  )

  it("tells of a recorded answer that its question no longer takes, unless another is given", () => {
    const { problems } = resolve({ flag: { domain: "x" }, recorded: { ci: "travis" } })
    expect(problems).toMatchObject([{ code: "outdated-answer", hint: "--set ci=…" }])
    expect(problems[0]?.message).toBe('ci: "travis", as answered before, must be one of github, none')
    expect(resolve({ flag: { domain: "x", ci: "none" }, recorded: { ci: "travis" } }).problems).toEqual([])
  })

  it("reads lists from texts and files", () => {
    expect(resolve({ flag: { domain: "x", layers: "a, b,c" } }).answers["layers"]).toEqual(["a", "b", "c"])
    expect(resolve({ flag: { domain: "x" }, file: { layers: ["z"] } }).answers["layers"]).toEqual(["z"])
    expect(codes({ flag: { domain: "x", layers: "a,a" } })).toEqual(["invalid-answer layers"])
    expect(codes({ flag: { domain: "x", layers: "" } })).toEqual(["invalid-answer layers"])
  })
})
