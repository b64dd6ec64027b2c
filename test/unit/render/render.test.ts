import { describe, expect, it } from "vitest"
import { MeshwrightError } from "../../../src/core/model/diagnostic.ts"
import { namesIn, render } from "../../../src/core/render/engine.ts"
import { parse } from "yaml"

const codes = (work: () => unknown): string[] => {
  try {
    work()
  } catch (error) {
    if (error instanceof MeshwrightError) return error.diagnostics.map((each) => each.code)
    throw error
  }
  return []
}

describe("render", () => {
  it("leaves a text without braces alone", () => {
    expect(render("select 1\n", {}, "x.sql")).toBe("select 1\n")
  })

  it("does not escape for HTML", () => {
    expect(render("{{name}}", { name: "A & <B>" }, "x")).toBe("A & <B>")
  })

  it("refuses an unknown name, with file and line", () => {
    try {
      render("a: 1\nb: {{typo}}\n", { domain: "x" }, "files/x.yml.hbs")
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(MeshwrightError)
      const [diagnostic] = (error as MeshwrightError).diagnostics
      expect(diagnostic).toMatchObject({
        code: "template-unknown-name",
        file: "files/x.yml.hbs",
        position: { line: 2, column: 6 },
      })
    }
  })

  it.each([
    "{{#if typo}}x{{/if}}",
    "{{#unless typo}}x{{/unless}}",
    "{{yaml typo}}",
    "{{#if (eq typo 'x')}}x{{/if}}",
    "{{#each typo}}x{{/each}}",
  ])("refuses an unknown name in %s", (source) => {
    expect(codes(() => render(source, { domain: "x" }, "x"))).toEqual(["template-unknown-name"])
  })

  it("knows item, index and outer names in each", () => {
    const source = "{{#each domains}}{{@index}}:{{this}}:{{../organisation}} {{/each}}"
    expect(render(source, { domains: ["a", "b"], organisation: "acme" }, "x")).toBe("0:a:acme 1:b:acme ")
    expect(codes(() => render("{{#each domains}}{{../typo}}{{/each}}", { domains: ["a"] }, "x"))).toEqual([
      "template-unknown-name",
    ])
  })

  it("reports a syntax error with its line", () => {
    try {
      render("a\nb {{ ref('x') }}\n", {}, "m.sql.hbs")
      expect.unreachable()
    } catch (error) {
      expect((error as MeshwrightError).diagnostics[0]).toMatchObject({
        code: "template-syntax",
        file: "m.sql.hbs",
        position: { line: 2 },
      })
    }
  })

  it("lets Jinja through behind a backslash and in raw blocks, with answers in between", () => {
    expect(render("\\{{ ref('stg_{{domain}}') }}", { domain: "sales" }, "x")).toBe("{{ ref('stg_sales') }}")
    expect(render("{{{{raw}}}}{{ this }}{{{{/raw}}}}", {}, "x")).toBe("{{ this }}")
  })

  it("gives a template no way to prototypes", () => {
    expect(codes(() => render("{{domain.constructor.name}}", { domain: "x" }, "x"))).toEqual(["template-syntax"])
    expect(codes(() => render("{{__proto__}}", { domain: "x" }, "x"))).toEqual(["template-unknown-name"])
    expect(codes(() => render("{{constructor}}", { domain: "x" }, "x"))).toEqual(["template-unknown-name"])
  })

  it("finds the names a text needs", () => {
    expect(namesIn("{{kebabCase domain}}-{{#if a}}{{b}}{{/if}}")).toEqual(["domain", "a", "b"])
  })
})

describe("quoting helpers", () => {
  const nasty = [
    "it's",
    'say "hi"',
    "a: b",
    "# no comment",
    "- item",
    "{{ x }}",
    "${x}",
    "%{x}",
    "yes",
    "null",
    "1.10",
    "~",
    "@acme/x",
    "a\nb",
    "\u2028",
    "*a",
    "&a",
    "ünï",
    " lead",
    "trail ",
    "",
    "0x1f",
    "1_000",
    "=",
    "!tag",
    "|",
    ">",
    "%YAML",
    "[a]",
  ]

  it.each(nasty)("yaml keeps %j one text", (value) => {
    expect(parse(render("v: {{yaml value}}", { value }, "x"), { version: "1.1" })).toEqual({ v: value })
    expect(parse(render("v: {{yaml value}}", { value }, "x"), { version: "1.2" })).toEqual({ v: value })
    expect(parse(render("v: [{{yaml value}}, x]", { value }, "x"))).toEqual({ v: [value, "x"] })
  })

  it.each(nasty)("json keeps %j one text", (value) => {
    expect(JSON.parse(render('{"v": {{json value}} }', { value }, "x"))).toEqual({ v: value })
  })

  it("writes lists, numbers and truth values", () => {
    expect(render("{{yaml a}} {{yaml b}} {{yaml c}} {{json a}}", { a: ["x", "y z", "no"], b: 3, c: true }, "x")).toBe(
      '[x, y z, "no"] 3 true ["x", "y z", "no"]',
    )
  })

  it("escapes what HCL, SQL and the shell would run", () => {
    expect(render("{{hcl v}}", { v: '${a} %{b} "' }, "x")).toBe('"$${a} %%{b} \\""')
    expect(render("{{sqlString v}}", { v: "it's" }, "x")).toBe("'it''s'")
    expect(render("{{sh v}}", { v: "a'; rm -rf /" }, "x")).toBe(`'a'\\''; rm -rf /'`)
  })

  it("plain where it reads better", () => {
    expect(render("{{yaml a}} {{yaml b}} {{yaml c}}", { a: "sales", b: "Sales data team", c: "v1.4.0" }, "x")).toBe(
      "sales Sales data team v1.4.0",
    )
  })
})

describe("case helpers", () => {
  it.each([
    ["snakeCase", "customer_success"],
    ["kebabCase", "customer-success"],
    ["camelCase", "customerSuccess"],
    ["pascalCase", "CustomerSuccess"],
    ["titleCase", "Customer Success"],
    ["sentenceCase", "Customer success"],
    ["constantCase", "CUSTOMER_SUCCESS"],
    ["dotCase", "customer.success"],
    ["pathCase", "customer/success"],
  ])("%s", (helper, expected) => {
    for (const name of ["customer success", "customerSuccess", "customer-success", "CustomerSuccess"]) {
      expect(render(`{{${helper} name}}`, { name }, "x")).toBe(expected)
    }
  })
})
