import { describe, expect, it } from "vitest"
import { relativeSource } from "../../../src/core/template/relative-source.ts"

describe("a source that a template names", () => {
  it.each([
    ["../t/acme", "../base", "../t/base"],
    ["./t", "base", "t/base"],
    ["/srv/acme", "../base", "/srv/base"],
    ["../acme", "/srv/base", "/srv/base"],
    ["../acme", "../../other repository/é", "../../other repository/é"],
    ["git+https://host/x/t.git//domain", "../base", "git+https://host/x/t.git//base"],
    ["git+https://host/x/t.git//a/domain", "..", "git+https://host/x/t.git//a"],
    ["git+https://host/x/t.git", "./base", "git+https://host/x/t.git//base"],
    ["git+https://host/x/t.git//domain", "..", "git+https://host/x/t.git"],
    ["git@host:x/t.git//domain", "../base", "git@host:x/t.git//base"],
    ["builtin:mesh", "../domain", "builtin:domain"],
    ["git+https://host/x/t.git//domain@^1", "../base", "git+https://host/x/t.git//base"],
    ["npm:@acme/templates//domain@^1", "../base", "npm:@acme/templates//base"],
    ["npm:@acme/templates", "base", "npm:@acme/templates//base"],
    ["git+https://host/x/t.git//domain", "builtin:domain", "builtin:domain"],
  ])("%s names %s: %s", (source, named, expected) => {
    expect(relativeSource(source, named)).toBe(expected)
  })

  it.each([
    ["git+https://host/x/t.git//domain", "../../base"],
    ["git+https://host/x/t.git", "../base"],
    ["git+https://host/x/t.git", "/srv/base"],
    ["builtin:mesh", "../../secrets"],
  ])("never leads out of its repository: %s names %s", (source, named) => {
    expect(() => relativeSource(source, named)).toThrow(/leads out of/)
  })
})
