import { describe, expect, it } from "vitest"
import { compileSchema } from "../../../src/adapters/templates/compile-schema.ts"

describe("an answer's JSON Schema", () => {
  it.each([
    [{ type: "integer", minimum: 1 }, 2, undefined],
    [{ type: "integer", minimum: 1 }, 1.5, "must be a whole number"],
    [{ type: "integer", minimum: 1 }, 0, "must be at least 1"],
    [{ multipleOf: 4 }, 6, "must be a multiple of 4"],
    [{ format: "email" }, "ann@example.com", undefined],
    [{ format: "email" }, "ann", "must be a mail address"],
    [{ format: "date" }, "2026-02-30", "must be a date such as 2027-03-31"],
    [{ format: "uri" }, "https://example.com/x", undefined],
    [{ format: "uri" }, "example", "must be an address such as https://example.com"],
    [{ format: "ipv4" }, "10.0.0.256", "must be an IPv4 address"],
    [{ format: "hostname" }, "db.example.com", undefined],
    [{ enum: ["eu", "us"] }, "asia", "must be one of eu, us"],
    [{ items: { pattern: "^[a-z]+$" } }, ["a", "B"], 'names "B", which must match ^[a-z]+$'],
    [
      { items: { pattern: "^[a-z]+$", patternErrorMessage: "must be lower case" } },
      ["B"],
      'names "B", which must be lower case',
    ],
    [
      { $schema: "https://json-schema.org/draft/2020-12/schema", prefixItems: [{ const: "a" }] },
      ["b"],
      'names "b", which must be "a"',
    ],
  ])("%j of %j: %s", (schema, value, expected) => {
    expect(compileSchema(schema).misfit(value)).toBe(expected)
  })

  it.each([
    [[], "is none: it must be a map"],
    [{ type: "text" }, "is none: type must be"],
    [{ minimun: 1 }, 'is none: unknown keyword: "minimun"'],
    [{ format: "e-mail" }, 'is none: unknown format "e-mail"'],
    [{ $ref: "https://example.com/x.json" }, "is none: can't resolve reference https://example.com/x.json"],
    [{ pattern: "(" }, "is none: "],
  ])("%j is refused", (schema, expected) => {
    expect(() => compileSchema(schema)).toThrow(expected)
  })
})
