import fc from "fast-check"
import Handlebars from "handlebars"
import { describe, expect, it } from "vitest"
import { helpers } from "../../../src/core/render/helpers.ts"
import { renderSimply } from "../../../src/core/render/simple.ts"
import { tries } from "../property.ts"

const handlebars = Handlebars.create()
handlebars.registerHelper(helpers as Record<string, Handlebars.HelperDelegate>)

const scope = {
  a: "sales: #1",
  b: 0,
  c: false,
  d: ["x", "y"],
  e: "",
  if: "no helper",
  yaml: "no helper",
  true: "no word",
}
const names = new Set([...Object.keys(scope), "unasked"])

// Handlebars adds up numbers that stand side by side, so that these have something behind them.
const pieces = [
  "{{a}}",
  "{{ b }};",
  "{{c}};",
  "{{d}}",
  "{{e}}",
  "{{yaml a}}",
  "{{ json  d }}",
  "{{snakeCase a}}",
  "{{sh e}}",
  "{{not c}};",
  "{{eq a b}}",
  "{{eq a}}",
  "{{join d}}",
  "{{unasked}}",
  "{{unknown}}",
  "{{if}}",
  "{{yaml}}",
  "{{true}}",
  "{{{a}}}",
  "{{~a~}}",
  "{{&a}}",
  "{{! a }}",
  "{{#if a}}yes{{/if}}",
  "{{{{raw}}}} {{a}} {{{{/raw}}}}",
  "{{a.length}}",
  "{{this}}",
  "{",
  "}",
  "\\",
  "\n",
  " ",
  "text",
  "é$&",
]

describe("simple rendering", () => {
  it("is what Handlebars renders, or left to it", () => {
    let rendered = 0
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 5 }), (parts) => {
        const source = parts.join("")
        const text = renderSimply(source, scope, names)
        if (text === undefined) return
        if (source.includes("{{")) rendered++
        expect(text).toBe(handlebars.compile(source, { noEscape: true, strict: true })(scope))
      }),
      tries(3000),
    )
    expect(rendered).toBeGreaterThan(tries(200).numRuns)
  })

  it("reads the simple ones", () => {
    expect(renderSimply("a: {{yaml a}}\nb: {{b}}\n", scope, names)).toBe(`a: "sales: #1"\nb: 0\n`)
    expect(renderSimply("{{a}} {{d}}", scope, names)).toBeUndefined()
  })
})
