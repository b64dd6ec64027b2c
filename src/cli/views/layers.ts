import type { UpdatePlan } from "../../app/update/update-project.ts"
import type { Template } from "../../core/model/template.ts"
import { chainOf, recordsBefore } from "../../core/template/layer-versions.ts"

/** One template of those that extend each other. */
interface LayerVersion {
  readonly name: string
  readonly source: string
  /** Absent where the project has not been on top of it. */
  readonly from?: string
  readonly to: string
}

/** The versions that a project had and gets, of its template and of those that it extends, itself first. */
export function layerVersions({ from, template }: Pick<UpdatePlan, "from" | "template">): readonly LayerVersion[] {
  const records = recordsBefore(template.ref, from)
  return chainOf(template).map(({ manifest, ref }, depth) => {
    const was = records[depth]
    const shared = { name: manifest.name, source: ref.source, to: ref.version }
    return was === undefined ? shared : { ...shared, from: was.version }
  })
}

/**
 * `1.3.0 → 1.4.0`, with the versions that it walks through, or the one that it stays at; then those of the templates below:
 * `1.3.0 on domain 2.0.0 → 2.1.0`.
 */
export function versionsText(plan: Pick<UpdatePlan, "from" | "template" | "steps">): string {
  const stops = plan.steps.slice(0, -1).map((step) => step.template.ref.version)
  return layerVersions(plan)
    .map(({ name, from, to }, depth) => {
      const way = [from, ...(depth === 0 ? stops : []), to].filter((version) => version !== undefined)
      const text = way.every((version) => version === to) ? to : way.join(" → ")
      return depth === 0 ? text : `${name} ${text}`
    })
    .join(" on ")
}

/** The outermost layer that gets another version; undefined where none does. */
export function raisedLayer(
  plan: Pick<UpdatePlan, "from" | "template">,
): (Required<LayerVersion> & { readonly depth: number }) | undefined {
  const layers = layerVersions(plan)
  const depth = layers.findIndex(({ from, to }) => from !== undefined && from !== to)
  const raised = layers[depth]
  return raised?.from === undefined ? undefined : { ...raised, from: raised.from, depth }
}

/** What --json tells of the templates below, the nearest first; nothing where there is none. */
export function extendsDocument(plan: Pick<UpdatePlan, "from" | "template">): Record<string, unknown> {
  const [, ...below] = layerVersions(plan)
  return below.length === 0 ? {} : { extends: below }
}

/** As extendsDocument, of a project that is new. */
export function extendedBy(template: Template): Record<string, unknown> {
  const [, ...below] = chainOf(template)
  const layers = below.map(({ manifest, ref }) => ({ name: manifest.name, source: ref.source, to: ref.version }))
  return layers.length === 0 ? {} : { extends: layers }
}
