import { problem, type Diagnostic } from "../model/diagnostic.ts"
import type { TemplateRef } from "../model/template.ts"
import { isVersion } from "../version.ts"
import { recordsBefore, refsOf } from "./layer-versions.ts"
import { bareSource } from "./relative-source.ts"

/** What is known of a template: of one that is not fetched yet, perhaps not what it is. */
interface Seen {
  readonly source: string
  readonly version: string
  readonly integrity?: string
}

/**
 * A release is what it was: one that has another commit (or, in a registry, another integrity) than the project has on
 * record was put elsewhere by somebody. undefined where that is not so; folders and branches are meant to change.
 * @param to the version to ask for, to get what it is now
 */
export function movedRelease(now: Seen, was: TemplateRef | undefined, to = now.version): Diagnostic | undefined {
  if (was === undefined || !isMoved(now, was)) return undefined
  const { source, version, integrity = "" } = now
  return problem(
    "moved-release",
    `release ${version} of ${source} was moved: ${short(was.integrity)} → ${short(integrity)}`,
    { hint: `ask its authors why; \`meshwright update --to ${to}\` takes what it is now` },
  )
}

/** As movedRelease, of a template and those that it extends. */
export function movedReleases(now: TemplateRef, before: TemplateRef): readonly Diagnostic[] {
  const records = recordsBefore(now, before)
  return refsOf(now).flatMap((ref, depth) => movedRelease(ref, records[depth], now.version) ?? [])
}

function isMoved({ source, version, integrity }: Seen, was: TemplateRef): boolean {
  if (integrity === undefined || integrity === was.integrity) return false
  const kinds = [integrity, was.integrity].map((each) => /^(commit:|sha\d+-)/.exec(each)?.[0])
  const isSameKind = kinds[0] !== undefined && kinds[0] === kinds[1]
  return isSameKind && isVersion(version) && version === was.version && bareSource(source) === bareSource(was.source)
}

function short(integrity: string): string {
  const commit = /^commit:(.{7})/.exec(integrity)?.[1]
  return commit ?? integrity.slice(0, 19)
}
