import type { Released, Template, TemplateRef } from "../model/template.ts"
import { isOlder, isVersion } from "../version.ts"
import { bareSource } from "./relative-source.ts"

/** A template and those that it extends, itself first: what is at `depth` in a Layer or a Released is there. */
export function chainOf(template: Template): readonly Template[] {
  return template.parent === undefined ? [template] : [template, ...chainOf(template.parent)]
}

/** As chainOf, of what is on record. */
export function refsOf(ref: TemplateRef): readonly TemplateRef[] {
  return ref.extends === undefined ? [ref] : [ref, ...refsOf(ref.extends)]
}

/** Versions of the layers of a template in a project, by depth; undefined where the project never had the layer. */
export type VersionsBefore = readonly (string | undefined)[]

/**
 * Which version a project has of each layer of a template: that of the same source on record, wherever it is in the chain
 * there. So a project that moves on top of its template, to one that extends it, stays at its version of it. What
 * is left on both sides is paired in order: a template that lies elsewhere now.
 */
export function versionsBefore(now: TemplateRef, before: TemplateRef | undefined): VersionsBefore {
  return recordsBefore(now, before).map((record) => record?.version)
}

/** As versionsBefore: the records themselves. */
export function recordsBefore(now: TemplateRef, before: TemplateRef | undefined): readonly (TemplateRef | undefined)[] {
  const records = before === undefined ? [] : refsOf(before)
  const layers = refsOf(now)
  const found = layers.map(({ source }) => records.find((record) => bareSource(record.source) === bareSource(source)))
  const others = records.filter((record) => !found.includes(record))
  return found.map((record) => record ?? others.shift())
}

/** Whether what came with a release is new to a project at these versions: also where it had none, or no number, of that layer. */
export function isNewSince({ since, depth = 0 }: Released, before: VersionsBefore): boolean {
  const version = before[depth]
  return version === undefined || !isVersion(version) || isOlder(version, since)
}

/**
 * The layer that an update would take back, with the version that the project has of it. A newer version of a template
 * may bring an older one of another that it extends: but for a built-in one, which is older in an older meshwright.
 */
export function olderLayer(
  now: TemplateRef,
  before: TemplateRef,
): { readonly ref: TemplateRef; readonly was: TemplateRef } | undefined {
  const records = recordsBefore(now, before)
  let isRaised = false
  for (const [depth, ref] of refsOf(now).entries()) {
    const was = records[depth]
    if (was === undefined) continue
    if (isOlder(ref.version, was.version) && (!isRaised || ref.source.startsWith("builtin:"))) return { ref, was }
    isRaised ||= isOlder(was.version, ref.version)
  }
  return undefined
}

/** Whether two records name the very same content, of all layers. */
export function isSameState(a: TemplateRef, b: TemplateRef): boolean {
  const [left, right] = [a, b].map((ref) => refsOf(ref).map(({ integrity }) => integrity))
  return left!.join() === right!.join()
}
