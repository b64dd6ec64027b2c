import { describe, expect, it } from "vitest"
import { releaseNotes } from "../../../src/core/template/release-notes.ts"

const CHANGELOG = `# Changelog

What comes first.

## Unreleased

- not out

## [1.4.0] - 2026-10-01

### Added

- four

\`\`\`md
## 1.3.9
\`\`\`

## v1.4.0-rc.2 (2026-09-01)

- candidate

## 1.3.1

- patch

## [1.3.0](https://git.example.com/compare/v1.2.0...v1.3.0) (2026-08-01)

- three

## Version 1.2.0

- two

[1.4.0]: https://git.example.com/1.4.0
[1.3.0]: https://git.example.com/1.3.0
`

const versions = (after: string, upTo: string) => releaseNotes(CHANGELOG, after, upTo).map(({ version }) => version)

describe("releaseNotes", () => {
  it.each([
    ["1.3.0", "1.4.0", ["1.4.0", "1.4.0-rc.2", "1.3.1"]],
    ["v1.3.0", "v1.3.1", ["1.3.1"]],
    ["1.1.0", "1.3.0", ["1.3.0", "1.2.0"]],
    ["1.3.1", "1.4.0-rc.2", ["1.4.0-rc.2"]],
    ["1.4.0-rc.1", "1.4.0", ["1.4.0", "1.4.0-rc.2"]],
    ["1.4.0-rc.10", "1.4.0", ["1.4.0"]],
    ["1.4.0", "1.5.0", []],
    ["1.4.0", "1.4.0", []],
    ["1.4.0", "1.3.0", []],
    ["main", "main", []],
    ["1.2.0", "0123456789012345678901234567890123456789", []],
    ["0123456789012345678901234567890123456789", "1.4.0", []],
  ])("between %s and %s", (after, upTo, expected) => {
    expect(versions(after, upTo)).toEqual(expected)
  })

  it("keeps what is below smaller headings and in code, and no more", () => {
    expect(releaseNotes(CHANGELOG, "1.3.1", "1.4.0")[0]).toEqual({
      version: "1.4.0",
      text: "### Added\n\n- four\n\n```md\n## 1.3.9\n```",
    })
    expect(releaseNotes(CHANGELOG, "1.1.0", "1.2.0")).toEqual([{ version: "1.2.0", text: "- two" }])
  })

  it("reads any line ends and hands on no control characters", () => {
    expect(releaseNotes("\uFEFF## 1.1.0\r\n\r\n- a \u001b[31mred\r\n", "1.0.0", "1.1.0")).toEqual([
      { version: "1.1.0", text: "- a [31mred" },
    ])
  })

  it("says nothing where nothing is said", () => {
    expect(releaseNotes("## 1.1.0\n\n## 1.0.0\n\nfirst\n", "0.9.0", "1.1.0")).toEqual([
      { version: "1.0.0", text: "first" },
    ])
    expect(releaseNotes("", "1.0.0", "2.0.0")).toEqual([])
  })
})
