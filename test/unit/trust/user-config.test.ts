import { describe, expect, test } from "vitest"
import { addTrusted, parseUserConfig } from "../../../src/core/trust/user-config.ts"
import { MeshwrightError } from "../../../src/core/model/diagnostic.ts"

describe("a source is added, and all else keeps its bytes", () => {
  const item = "git+https://git.example.com/acme/x.git"
  test.each([
    ["trust:\n  - npm:@acme/\n", "trust:\n  - npm:@acme/\n  - git+https://git.example.com/acme/x.git\n"],
    [
      "# mine\nother: 'x'\ntrust:\n- a # why\n",
      "# mine\nother: 'x'\ntrust:\n- a # why\n- git+https://git.example.com/acme/x.git\n",
    ],
    ["trust: []\nother: 1\n", "trust:\n  - git+https://git.example.com/acme/x.git\nother: 1\n"],
    ["trust: # nobody yet\n", "trust: # nobody yet\n  - git+https://git.example.com/acme/x.git\n"],
    ["# only this", "# only this\ntrust:\n  - git+https://git.example.com/acme/x.git\n"],
    ["other: 1\r\n", "other: 1\r\ntrust:\r\n  - git+https://git.example.com/acme/x.git\r\n"],
  ])("%j", (before, after) => {
    const added = addTrusted(before, item)
    expect(added?.replaceAll('"', "")).toBe(after)
    expect(parseUserConfig(added ?? "", "config.yml").trust).toContain(item)
  })

  test("a new file says what it is for", () => {
    const text = addTrusted("", item) ?? ""
    expect(text).toMatch(/^# .*without a question\.\n/)
    expect(parseUserConfig(text, "config.yml")).toEqual({ trust: [item] })
  })

  test("a list on one line, and the source that is there already", () => {
    expect(parseUserConfig(addTrusted("trust: [a, b]\n", item) ?? "", "config.yml").trust).toEqual(["a", "b", item])
    expect(addTrusted(`trust:\n  - ${JSON.stringify(item)}\n`, item)).toBe(`trust:\n  - ${JSON.stringify(item)}\n`)
  })
})

test("a key that is not known is told, with what was meant", () => {
  expect(parseUserConfig("trusts: [a]\ntrust: [b]\n", "config.yml")).toEqual({
    trust: ["b"],
    unknown: [
      {
        code: "user-config",
        severity: "warning",
        message: "trusts is no key of config.yml, and is not obeyed",
        file: "config.yml",
        position: { line: 1, column: 1 },
        hint: expect.stringContaining("trust") as string,
      },
    ],
  })
})

test.each([
  ["trust: yes\n", 1, 8],
  ["other: 1\ntrust:\n  - a\n  - {b: c}\n", 4, 5],
  ["- trust\n", 1, 1],
  ["trust: [\n", 2, 1],
])("%j is refused at its place", (text, line, column) => {
  const read = (): unknown => parseUserConfig(text, "/home/config.yml")
  expect(read).toThrow(MeshwrightError)
  try {
    read()
  } catch (error) {
    expect((error as MeshwrightError).diagnostics).toMatchObject([
      { code: "user-config", file: "/home/config.yml", position: { line, column } },
    ])
  }
})
