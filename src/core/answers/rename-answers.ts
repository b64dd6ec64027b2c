import type { Manifest, RenamedQuestion, Template, TemplateRef } from "../model/template.ts"
import { isNewSince, versionsBefore } from "../template/layer-versions.ts"
import { compareVersions, isVersion } from "../version.ts"

/** The names that questions have now, by those that they had. */
export type NewNames = ReadonlyMap<string, string>

/** The new names of what a project has on record, which was written for an earlier version of its template. */
export function renamesSinceRecord({ manifest, ref }: Template, before: TemplateRef): NewNames {
  const versions = versionsBefore(ref, before)
  const current = questionNames(manifest)
  return followed(
    manifest,
    manifest.renamed_questions.filter((rename) => {
      const version = versions[rename.depth ?? 0]
      // A branch tells no version: a name that is a question again may be meant as it is.
      const isKnown = version !== undefined && isVersion(version)
      return isNewSince(rename, versions) && (isKnown || !current.has(rename.question))
    }),
  )
}

/** The new names for what somebody says today: a name that is a question again means that one. */
export function renamesOfGiven(manifest: Manifest): NewNames {
  const current = questionNames(manifest)
  return followed(
    manifest,
    manifest.renamed_questions.filter(({ question }) => !current.has(question)),
  )
}

function questionNames({ questions }: Manifest): ReadonlySet<string> {
  return new Set(questions.map(({ name }) => name))
}

/** Each name with the last one that it got, release by release. */
function followed(manifest: Manifest, renames: readonly RenamedQuestion[]): NewNames {
  const depth = (rename: RenamedQuestion): number => rename.depth ?? 0
  const ordered = renames.toSorted((a, b) => depth(b) - depth(a) || compareVersions(a.since, b.since))
  const names = new Map<string, string>()
  for (const { question, to } of ordered) {
    for (const [old, now] of names) if (now === question) names.set(old, to)
    if (!names.has(question)) names.set(question, to)
  }
  const current = questionNames(manifest)
  return new Map([...names].filter(([old, now]) => old !== now && current.has(now)))
}

/**
 * Which of these keys become which: what stands under the new name already wins over what stands under the old one, which
 * becomes undefined.
 */
export function renamedKeys(keys: readonly string[], names: NewNames): ReadonlyMap<string, string | undefined> {
  const taken = new Set(keys.filter((key) => !names.has(key)))
  const renamed = new Map<string, string | undefined>()
  for (const key of keys) {
    const now = names.get(key)
    if (now === undefined) continue
    renamed.set(key, taken.has(now) ? undefined : now)
    taken.add(now)
  }
  return renamed
}

/** A record by question with the new names, in its order. */
export function renameKeys<T>(record: Readonly<Record<string, T>>, names: NewNames): Readonly<Record<string, T>> {
  const renamed = renamedKeys(Object.keys(record), names)
  if (renamed.size === 0) return record
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => {
      const now = renamed.has(key) ? renamed.get(key) : key
      return now === undefined ? [] : [[now, value]]
    }),
  )
}
