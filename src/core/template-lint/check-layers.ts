import { MeshwrightError, type Diagnostic } from "../model/diagnostic.ts"
import type { Answers } from "../model/answers.ts"
import type { Template } from "../model/template.ts"
import { renderTree } from "../render/render-tree.ts"
import type { LayerUse } from "../render/stack-layers.ts"
import { globMatcher } from "../render/glob.ts"
import { type LintInput, ownLayers, placeIn, warning } from "./lint-input.ts"
import { pathOrNone, type TriedTemplate } from "./rendered-cases.ts"

/** What a template leaves out of, or merges into, the one that it extends, and is not there with any answers. */
export function checkLayers({ template, manifests }: LintInput, { cases }: TriedTemplate): readonly Diagnostic[] {
  const [main] = manifests
  const { parent } = template
  if (main === undefined || parent === undefined) return []
  const use: LayerUse = { drops: new Set(), keys: new Map(), overlays: new Set() }
  for (const { answers } of cases) {
    try {
      renderTree(template, answers, use)
    } catch (error) {
      // Told with what does not render.
      if (error instanceof MeshwrightError) return []
      throw error
    }
  }
  const { name, version } = parent.manifest
  const dropped = template.manifest.drop.flatMap((rule, index) => {
    const at = placeIn(main, ["drop", index])
    const hint = "remove the entry, or correct it"
    if (!use.drops.has(rule))
      return [warning("drop-nothing", `drop: ${rule.path} fits no file of ${name} ${version}`, { ...at, hint })]
    const found = use.keys.get(rule)
    return (rule.keys ?? [])
      .filter((key) => found?.has(key) !== true)
      .map((key) =>
        warning("drop-nothing", `drop: ${key} is no key of ${rule.path} in ${name} ${version}`, {
          ...at,
          hint: "write it as `meshwright update --dry-run --verbose` shows it, such as packages[package=dbt-labs/dbt_utils]",
        }),
      )
  })
  const merged = main.manifest.files.flatMap(({ path, layer }, index) => {
    const rule = template.manifest.files.findLast((each) => each.path === path && each.layer === layer)
    if (layer !== "merge" || rule === undefined || use.overlays.has(rule)) return []
    const at = placeIn(main, ["files", index])
    const matches = globMatcher(path)
    const own = ownLayers(template).flatMap(({ files }) => [...files.keys()])
    const isOwn = own.some((origin) => cases.some(({ answers }) => matchesPath(template, origin, answers, matches)))
    // Nothing of this template is there: what is rendered is the file below.
    if (!isOwn && cases.some(({ tree }) => [...tree.keys()].some((each) => matches(each))))
      return [
        warning("merge-nothing", `layer: merge: you have no files/${path} to merge into that of ${name} ${version}`, {
          ...at,
          hint: `add files/${path} with what is to be added or changed, or remove the rule`,
        }),
      ]
    return [
      warning(
        "merge-nothing",
        `layer: merge: ${path} is no file of ${name} ${version} that one of this template's could be merged into`,
        { ...at, hint: "leave `layer` out" },
      ),
    ]
  })
  return [...dropped, ...merged]
}

function matchesPath(
  template: Template,
  origin: string,
  answers: Answers,
  matches: (path: string) => boolean,
): boolean {
  const path = pathOrNone(template, origin, answers)
  return path !== undefined && matches(path)
}
