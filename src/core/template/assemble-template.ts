import type { Layer, Manifest, Template, TemplateRef } from "../model/template.ts"
import type { Tree } from "../model/tree.ts"
import { sha256 } from "../hash.ts"
import { comparePaths } from "../model/path.ts"

/** A part as read: its own manifest (questions, derived values, file rules) where it has one, and its files. */
export interface Part {
  readonly manifest?: Manifest
  readonly files: Tree
}

/**
 * A template with the parts that it includes, in their order: their questions, derived values and file rules come after
 * the template's own, their files become layers that render where the condition holds.
 */
export function assembleTemplate(
  ref: TemplateRef,
  folder: string,
  manifest: Manifest,
  files: Tree,
  parts: ReadonlyMap<string, Part>,
  notes?: string,
): Template {
  const included = manifest.include.map((include) => ({ include, part: parts.get(include.part) }))
  const manifests = [manifest, ...included.flatMap(({ part }) => (part?.manifest ? [part.manifest] : []))]
  const layers: Layer[] = [
    { files },
    ...included.map(({ include, part }) => ({
      part: include.part.split("/").at(-1) ?? include.part,
      files: part?.files ?? new Map(),
      ...(include.when ? { when: include.when } : {}),
    })),
  ]
  return {
    ref,
    folder,
    manifest: {
      ...manifest,
      questions: manifests.flatMap((each) => each.questions),
      derived: Object.assign({}, ...manifests.map((each) => each.derived)) as Manifest["derived"],
      files: manifests.flatMap((each) => each.files),
      // The last rule that fits counts: the template's own come behind those of its parts.
      floor: manifests.toReversed().flatMap((each) => each.floor),
      identity: manifests.toReversed().flatMap((each) => each.identity),
    },
    layers,
    ...(notes === undefined ? {} : { notes }),
  }
}

/** The integrity of a template that has no commit: a hash over paths, modes and bytes of all that was read. */
export function contentIntegrity(trees: readonly Tree[], manifests: readonly string[]): string {
  const lines = trees.flatMap((tree, index) =>
    [...tree].map(([path, file]) => `${index} ${path} ${file.mode} ${sha256(file.bytes)}`),
  )
  return `sha256:${sha256([...manifests.map(sha256), ...lines.toSorted(comparePaths)].join("\n"))}`
}
