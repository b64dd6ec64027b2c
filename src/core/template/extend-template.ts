import type { FileRule, Manifest, Released, Template } from "../model/template.ts"
import { namesIn } from "../render/engine.ts"
import { extendQuestions } from "./extend-questions.ts"
import { inOrderOfNeed } from "./order-of-need.ts"

/**
 * A template on top of the one that it extends: what both declare holds, and where they speak of the same the template's
 * own word counts. Its `drop` and the `layer` of its file rules are obeyed when the layers are rendered.
 */
export function extendTemplate(parent: Template, own: Template): Template {
  return {
    ...own,
    ref: { ...own.ref, extends: parent.ref },
    parent,
    manifest: extendManifest(parent.manifest, own.manifest),
    layers: [...parent.layers.map((layer) => ({ ...layer, depth: (layer.depth ?? 0) + 1 })), ...own.layers],
  }
}

function extendManifest(below: Manifest, above: Manifest): Manifest {
  const namedBy = above.named_by ?? below.named_by
  return {
    ...above,
    ...(namedBy === undefined ? {} : { named_by: namedBy }),
    questions: extendQuestions(below, above),
    derived: extendDerived(below.derived, above.derived),
    files: [...below.files.map((rule) => inherited(rule, above.files)), ...above.files],
    include: [...below.include, ...above.include],
    // The last rule that fits counts.
    floor: [...below.floor, ...above.floor],
    identity: [...below.identity, ...above.identity],
    renames: [...below.renames.map(deeper), ...above.renames],
    renamed_questions: [...below.renamed_questions.map(deeper), ...above.renamed_questions],
    migrations: [...below.migrations.map(deeper), ...above.migrations],
    projects: [
      ...below.projects.map((project) => {
        const own = above.projects.find(({ path }) => path === project.path)
        if (own === undefined) return project
        // A version is that of the template it was said of.
        const { version: _, ...inherits } = project
        return { ...inherits, ...own, answers: { ...project.answers, ...own.answers } }
      }),
      ...above.projects.filter(({ path }) => !below.projects.some((project) => project.path === path)),
    ],
    next_steps: [...below.next_steps, ...above.next_steps],
  }
}

/** How layers meet was said about those of the parent; a condition for the same files is replaced like a mode is. */
function inherited({ layer: _, ...rule }: FileRule, own: readonly FileRule[]): FileRule {
  const { when, ...others } = rule
  return own.some(({ path, when: other }) => path === rule.path && other !== undefined) ? others : rule
}

function deeper<T extends Released>(item: T): T {
  return { ...item, depth: (item.depth ?? 0) + 1 }
}

/** A derived value may use those before it. */
function extendDerived(below: Manifest["derived"], above: Manifest["derived"]): Manifest["derived"] {
  const all = Object.entries({ ...below, ...above })
  const ordered = inOrderOfNeed(
    all,
    ([name]) => name,
    ([, text]) => namesIn(text),
  )
  return Object.fromEntries(ordered)
}
