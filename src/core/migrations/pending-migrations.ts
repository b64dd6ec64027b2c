import { isSecret } from "../answers/is-secret.ts"
import { holds } from "../answers/condition.ts"
import { deriveValues } from "../answers/derive.ts"
import type { Answers } from "../model/answers.ts"
import type { Manifest, Migration, Template, TemplateRef } from "../model/template.ts"
import { chainOf, type VersionsBefore, versionsBefore } from "../template/layer-versions.ts"
import { compareVersions, isOlder, isVersion } from "../version.ts"

/** A migration that a project has not been through, and which template's it is. */
export interface PendingMigration extends Migration {
  readonly layer: Template
  /** The versions of that template that the project comes from and goes to. */
  readonly from: string
  readonly to: string
}

/**
 * The migrations between the versions that a project has of a template's layers and those of the template, in order: those
 * of a template below first, each by release. Where a version is not known there are none: nobody knows which were run.
 * @param known a version in place of one on record that is no number (a branch, a commit)
 */
export function pendingMigrations(
  before: TemplateRef,
  template: Template,
  answers: Answers,
  known?: string,
): readonly PendingMigration[] {
  const versions = versionsBefore(template.ref, before)
  const values = deriveValues(template.manifest, answers)
  const pending = chainOf(template).flatMap((layer, depth) => {
    const from = versionOf(versions, depth, known)
    const to = isVersion(layer.ref.version) ? layer.ref.version : layer.manifest.version
    if (from === undefined) return []
    return template.manifest.migrations
      .filter((each) => (each.depth ?? 0) === depth && isOlder(from, each.since) && !isOlder(to, each.since))
      .filter(({ when }) => holds(when, values))
      .toSorted((a, b) => compareVersions(a.since, b.since))
      .map((each) => ({ ...each, layer, from, to }))
  })
  return pending.toSorted((a, b) => (b.depth ?? 0) - (a.depth ?? 0))
}

function versionOf(versions: VersionsBefore, depth: number, known: string | undefined): string | undefined {
  const version = versions[depth]
  if (version === undefined || isVersion(version)) return version
  return depth === 0 ? known : undefined
}

/** What a migration is told by its environment, besides the answers: where it comes from, and where the template lies. */
export function migrationEnvironment(
  { from, to, layer }: PendingMigration,
  manifest: Manifest,
  answers: Answers,
): Readonly<Record<string, string>> {
  const secret = new Set(manifest.questions.filter(isSecret).map(({ name }) => name))
  const told = Object.entries(answers).filter(([name]) => !secret.has(name))
  return {
    MESHWRIGHT_FROM: from,
    MESHWRIGHT_TO: to,
    MESHWRIGHT_TEMPLATE: layer.folder,
    ...Object.fromEntries(told.map(([name, value]) => [`MESHWRIGHT_ANSWER_${name.toUpperCase()}`, String(value)])),
  }
}
