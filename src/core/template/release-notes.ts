import type { ReleaseNote, Template } from "../model/template.ts"
import { isOlder } from "../version.ts"
import { chainOf, type VersionsBefore } from "./layer-versions.ts"

// `## 1.4.0`, `## [1.4.0] - 2026-10-01`, `## v1.4.0 (2026-10-01)`, `## [1.4.0](https://…) (…)`, `## Version 1.4.0`
const VERSION = /^(?:(?:version|release)\s+)?\[?v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)(?:\+[0-9A-Za-z.-]+)?(?![\w.+-])/i
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*$/
const FENCE = /^ {0,3}(`{3,}|~{3,})/
const LINK_TARGET = /^\[[^\]]+\]:\s/

/**
 * The sections of a changelog about the releases after `after`, up to `upTo`, in the file's order. None where one of
 * them is no version (a branch, a commit): nobody knows what lies between.
 */
export function releaseNotes(changelog: string, after: string, upTo: string): readonly ReleaseNote[] {
  if (!isOlder(after, upTo)) return []
  return sectionsOf(changelog).filter(
    ({ version, text }) => isOlder(after, version) && !isOlder(upTo, version) && text !== "",
  )
}

/** The versions that a changelog has sections for. */
export function sectionVersions(changelog: string): readonly string[] {
  return sectionsOf(changelog).map(({ version }) => version)
}

/** What a template and those that it extends say of the releases that are new to a project, each counted for itself. */
export function newReleaseNotes(template: Template, before: VersionsBefore): readonly ReleaseNote[] {
  return chainOf(template).flatMap(({ ref, notes = "", manifest }, depth) => {
    const found = releaseNotes(notes, before[depth] ?? "", ref.version)
    return depth === 0 ? found : found.map((note) => ({ ...note, template: manifest.name }))
  })
}

function sectionsOf(changelog: string): readonly ReleaseNote[] {
  const sections: { version: string; level: number; lines: string[] }[] = []
  let open: (typeof sections)[number] | undefined
  let fence: string | undefined
  for (const line of printable(changelog).split("\n")) {
    const heading = fence === undefined ? HEADING.exec(line) : null
    const mark = FENCE.exec(line)?.[1]
    if (fence === undefined) fence = mark
    else if (mark?.startsWith(fence) === true && line.trim() === mark) fence = undefined
    const version = heading === null ? undefined : VERSION.exec(heading[2]!)?.[1]
    if (version !== undefined) {
      open = { version, level: heading![1]!.length, lines: [] }
      sections.push(open)
    } else if (heading !== null && open !== undefined && heading[1]!.length <= open.level) open = undefined
    else open?.lines.push(line)
  }
  return sections.map(({ version, lines }) => ({ version, text: trimmed(lines) }))
}

/** Without the list of link targets that many changelogs end with. */
function trimmed(lines: readonly string[]): string {
  const end = lines.findLastIndex((line) => line.trim() !== "" && !LINK_TARGET.test(line)) + 1
  const start = lines.findIndex((line) => line.trim() !== "")
  return lines.slice(Math.max(start, 0), end).join("\n").trimEnd()
}

/** A terminal would obey control characters. */
function printable(text: string): string {
  return (
    text
      .replace(/\r\n?/g, "\n")
      // oxlint-disable-next-line no-control-regex -- they are what is taken out
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\uFEFF]/g, "")
  )
}
