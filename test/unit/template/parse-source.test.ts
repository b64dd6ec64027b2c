import { describe, expect, test } from "vitest"
import { MeshwrightError } from "../../../src/core/model/diagnostic.ts"
import { bareSource, followedBy, parseSource } from "../../../src/core/template/parse-source.ts"
import { relativeSource } from "../../../src/core/template/relative-source.ts"

test.each([
  ["builtin:domain", { kind: "builtin", name: "domain", wanted: "" }],
  ["builtin:domain@^1", { kind: "builtin", name: "domain", wanted: "^1", source: "builtin:domain" }],
  ["../templates/domain", { kind: "folder", path: "../templates/domain" }],
  ["./a@b/c", { kind: "folder", path: "./a@b/c" }],
  [
    "git+https://host/org/x.git//sub/domain@v1.0.0",
    {
      kind: "git",
      url: "https://host/org/x.git",
      subfolder: "sub/domain",
      wanted: "v1.0.0",
      source: "git+https://host/org/x.git//sub/domain",
    },
  ],
  ["git+ssh://git@host:22/org/x.git@main", { url: "ssh://git@host:22/org/x.git", wanted: "main" }],
  ["git@host:org/x.git//domain@^1.2", { url: "git@host:org/x.git", subfolder: "domain", wanted: "^1.2" }],
  ["git@host:org/x.git", { kind: "git", wanted: "", source: "git@host:org/x.git" }],
  ["git+file:///a b/x.git@>=1 <2", { url: "file:///a b/x.git", wanted: ">=1 <2", source: "git+file:///a b/x.git" }],
  ["https://host/org/x.git@~1.4.0", { url: "https://host/org/x.git", wanted: "~1.4.0" }],
  ["https://acme@host/org/x.git", { url: "https://acme@host/org/x.git" }],
  ["npm:@acme/dbt-templates", { kind: "npm", name: "@acme/dbt-templates", subfolder: "", wanted: "" }],
  ["npm:@acme/x@^1.2", { name: "@acme/x", wanted: "^1.2", source: "npm:@acme/x" }],
  ["npm:x//a/b@1.0.0", { name: "x", subfolder: "a/b", wanted: "1.0.0", source: "npm:x//a/b" }],
  ["npm:@acme/x//domain@next", { name: "@acme/x", subfolder: "domain", wanted: "next" }],
])("%s", (text, expected) => {
  expect(parseSource(text)).toMatchObject(expected)
})

test.each([
  ["gh:acme/templates", "unknown-source", "git+https://github.com/acme/templates"],
  ["gl:acme/templates", "unknown-source", "git+https://gitlab.com/acme/templates"],
  ["git+ftp://host/x.git", "unknown-source", "git+https://"],
  ["git+https://host/x.git//../y", "unknown-source", "git+https://"],
  ["git+https://host/x.git@--upload-pack=id", "unknown-source", "git+https://"],
  ["npm:", "unknown-source", "npm:[@SCOPE/]NAME"],
  ["npm:@acme", "unknown-source", "npm:[@SCOPE/]NAME"],
  ["npm:-x", "unknown-source", "npm:[@SCOPE/]NAME"],
  ["npm:../x", "unknown-source", "npm:[@SCOPE/]NAME"],
  ["npm:x//../..", "unknown-source", "npm:[@SCOPE/]NAME"],
])("%s is refused", (text, code, hint) => {
  expect(refusal(text)).toMatchObject({ code, hint: expect.stringContaining(hint) as string })
})

describe("a password or token in an address is refused, and not repeated", () => {
  test.each([
    "git+https://oauth2:s3cret-s3cret@host/org/x.git@v1",
    "https://s3cret:@host/x.git",
    "https://ghp_s3cret@host/x.git",
    "https://glpat-s3cret@host/x.git",
    "https://s3crets3crets3crets3crets3cret@host/x.git",
    "ssh://git:s3cret@host/x.git",
    "https://host/x.git?private_token=s3cret",
  ])("%s", (text) => {
    const found = refusal(text)
    expect(found.code).toBe("credentials-in-source")
    expect(JSON.stringify(found)).not.toContain("s3cret")
  })
})

test.each([
  ["git+https://host/x.git", "main", "main"],
  ["git+https://host/x.git", "v1.0.0", undefined],
  ["git+https://host/x.git", "a".repeat(40), undefined],
  ["git+https://host/x.git@^1", "main", undefined],
  ["npm:x", "1.0.0", undefined],
  ["../t", "1.0.0", undefined],
])("%s at %s follows %s", (source, version, expected) => {
  expect(followedBy(source, version)).toBe(expected)
})

test("what lies beside a template is named without the range of the template", () => {
  expect(relativeSource("git+https://host/x.git//domain@^1", "../base")).toBe("git+https://host/x.git//base")
  expect(relativeSource("npm:@acme/x//domain@>=1 <2", "../base")).toBe("npm:@acme/x//base")
  expect(bareSource("builtin:domain@^1")).toBe("builtin:domain")
  expect(bareSource("../a@b")).toBe("../a@b")
})

function refusal(text: string) {
  try {
    parseSource(text)
  } catch (error) {
    if (error instanceof MeshwrightError) return error.diagnostics[0]!
    throw error
  }
  throw new Error(`${text} was not refused`)
}
