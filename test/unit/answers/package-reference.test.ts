import { expect, it } from "vitest"
import { parsePackageReference } from "../../../src/core/answers/package-reference.ts"

it.each([
  ["none", "none", "", "", ""],
  ["../platform", "folder", "../platform", "", ""],
  ["https://git.example.com/acme/platform.git", "git", "https://git.example.com/acme/platform.git", "", ""],
  [
    "https://git.example.com/acme/platform.git@v1.0.0",
    "git",
    "https://git.example.com/acme/platform.git",
    "v1.0.0",
    "",
  ],
  ["git+https://git.example.com/acme/x.git//sub/dir@v1", "git", "https://git.example.com/acme/x.git", "v1", "sub/dir"],
  ["ssh://git@git.example.com/acme/x.git@feature/y", "git", "ssh://git@git.example.com/acme/x.git", "feature/y", ""],
  ["git@git.example.com:acme/x.git//sub@v1", "git", "git@git.example.com:acme/x.git", "v1", "sub"],
  ["git+file:///srv/x.git//domain@v2", "git", "file:///srv/x.git", "v2", "domain"],
  ["file:///srv/a@b/x.git", "git", "file:///srv/a", "b/x.git", ""],
])("%s", (text, kind, location, revision, subdirectory) => {
  expect(parsePackageReference(text)).toEqual({ kind, location, revision, subdirectory })
})
