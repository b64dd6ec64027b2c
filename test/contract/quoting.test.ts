import { execa } from "execa"
import fc from "fast-check"
import { join as joinPath } from "node:path"
import { expect, test } from "vitest"
import { parse } from "yaml"
import { parseAnswer } from "../../src/core/answers/parse-answer.ts"
import { render } from "../../src/core/render/engine.ts"
import { tries } from "../unit/property.ts"

// What ends a value, begins another one, or is run, in one of the formats.
const HOSTILE = [
  ..."\"'`\\#:,;|>&*!?%@=~^()[]{}<>$-\n\t ".split(""),
  "''",
  "'''",
  '"""',
  "--",
  "/*",
  "*/",
  "- ",
  ": ",
  " #",
  "${",
  "$${",
  "%{",
  "%%{",
  "$(",
  "{{",
  "}}",
  "{%",
  "\\u0027",
  "yes",
  "null",
  "1e3",
  "0o7",
  "2027-03-31",
  "!!python/object:os",
  "; drop table x",
  "*a",
  "&a",
  "<<: ",
  "---\n",
  "...",
  "\u2028",
  "\u0085",
  "\ufeff",
  "\u00a0",
  "é",
  "𝒳",
  "EOF\n",
  "\r\n",
]
const text = fc
  .array(
    fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...HOSTILE) }, fc.string({ unit: "grapheme", maxLength: 4 })),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join("").replaceAll("\u0000", ""))

async function readBack(documents: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  const { stdout } = await execa(process.env["PYTHON"] ?? "", [joinPath(import.meta.dirname, "read-back.py")], {
    input: JSON.stringify(documents),
  })
  return JSON.parse(stdout) as Record<string, unknown>
}

/** Each value through a helper, put together by `join`. */
function written(values: readonly string[], helper: string, join: (each: string, index: number) => string): string {
  return values.map((value, index) => join(render(`{{${helper} value}}`, { value }, "x"), index)).join("")
}

test("no text breaks out of the format that its helper quotes it for", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 40, maxLength: 80 }), async (values) => {
      // What begins a template in HCL is no part of an answer (below); parsers differ on how it is escaped.
      const inHcl = values.map((value) => value.replaceAll(/[$%]+\{+/g, ""))
      const documents = {
        yaml: written(values, "yaml", (each, index) => (index % 2 === 0 ? `- ${each}\n` : `- [${each}, x]\n`)),
        json: `[${written(values, "json", (each, index) => (index === 0 ? each : `, ${each}`))}]`,
        hcl: written(inHcl, "hcl", (each, index) => `v${index} = ${each}\n`),
        sql: `select ${written(values, "sqlString", (each, index) => (index === 0 ? each : `, ${each}`))}`,
      }
      const found = await readBack(documents)
      const listed = values.map((value, index) => (index % 2 === 0 ? value : [value, "x"]))
      expect(found).toEqual({ yaml: listed, json: values, hcl: inHcl, sql: values })
      expect(parse(documents.yaml), "YAML 1.2").toEqual(listed)
      const script = `for word in ${written(values, "sh", (each) => `${each} `)}; do printf '%s\\0' "$word"; done`
      const { stdout } = await execa("sh", ["-c", script], { stripFinalNewline: false })
      expect(stdout.split("\0").slice(0, -1), "shell").toEqual(values)
    }),
    { ...tries(12), endOnFailure: true },
  )
})

test("what a tool would run as its own template is refused, in whatever format it is written", () => {
  const question = { name: "q", type: "input", message: "Q" } as const
  fc.assert(
    fc.property(text, (value) => {
      const parsed = parseAnswer(question, value)
      if (!parsed.ok) return
      // oxlint-disable-next-line no-control-regex -- control characters are exactly what must not be there
      expect(parsed.value).not.toMatch(/\{\{|\{%|\{#|\$\{|%\{|[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
    }),
    tries(2000),
  )
})
