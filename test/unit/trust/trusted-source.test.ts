import { expect, test } from "vitest"
import { isTrustedSource, trustName } from "../../../src/core/trust/trusted-source.ts"
import { codeEnvironment } from "../../../src/core/trust/code-environment.ts"

test.each([
  ["git+https://git.example.com/acme/templates.git//domain", "git+https://git.example.com/acme/", true],
  ["git+https://git.example.com/acme/templates.git//domain", "git+https://git.example.com/acme", true],
  ["git+https://git.example.com/acme/templates.git", "git+https://git.example.com/acme/templates.git", true],
  ["npm:@acme/dbt-domain", "npm:@acme/", true],
  ["git@git.example.com:acme/templates.git", "git@git.example.com:", true],
  ["builtin:domain", "builtin:", true],
  ["git+https://git.example.com/acme-tools/x.git", "git+https://git.example.com/acme", false],
  ["git+https://git.example.com.evil.example/x.git", "git+https://git.example.com", false],
  ["git+https://git.example.com@evil.example/x.git", "git+https://git.example.com", false],
  ["git+https://git.example.com/acme/../evil/x.git", "git+https://git.example.com/acme/", false],
  ["git+https://git.example.com/acme/%2E%2e/evil/x.git", "git+https://git.example.com/acme/", false],
  ["git+https://git.example.com/acme/..%2Fevil/x.git", "git+https://git.example.com/acme/", false],
  ["git+https://git.example.com/acme%2f..%2fevil/x.git", "git+https://git.example.com/", false],
  ["git+https://git.example.com/acme/..;/evil/x.git", "git+https://git.example.com/acme/", false],
  ["git+https://GIT.example.com/acme/x.git", "git+https://git.example.com/acme/", false],
  ["npm:@acme/dbt-domain", "", false],
  ["anything", "", false],
])("%s under the trust of %s: %s", (source, beginning, trusted) => {
  expect(isTrustedSource(source, [beginning])).toBe(trusted)
})

test("user and password are no part of what is trusted", () => {
  expect(trustName("git+https://bot:secret@git.example.com/acme/x.git")).toBe("git+https://git.example.com/acme/x.git")
  expect(trustName("git+https://git.example.com@evil.example/x.git")).toBe("git+https://evil.example/x.git")
  // git asks evil.example for these.
  for (const source of [
    "git+https://evil.example?@git.example.com/acme/x.git",
    "https://evil.example#@git.example.com/acme",
  ])
    expect(trustName(source)).toBe(source)
  expect(trustName("git@git.example.com:acme/x.git")).toBe("git@git.example.com:acme/x.git")
})

test("code gets what every program needs, and no token", () => {
  const environment = { PATH: "/bin", LANG: "C.UTF-8", LC_ALL: "C", TMPDIR: "/scratch" }
  const secrets = {
    HOME: "/home/x",
    GITHUB_TOKEN: "x",
    NODE_OPTIONS: "--require x",
    DBT_PASSWORD: "x",
    PATH_TOKEN: "x",
    NOTHING: undefined,
  }
  expect(codeEnvironment({ ...environment, ...secrets })).toEqual(environment)
})
