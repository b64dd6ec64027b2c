import type { Template, TemplateRef } from "../model/template.ts"
import { compareVersions, isOlder, isVersion } from "../version.ts"
import { chainOf, versionsBefore } from "./layer-versions.ts"

/** The versions that an update from `before` walks through on its way to a template, in their order. */
export function stopsBetween(before: TemplateRef, template: Template): readonly string[] {
  return stopsOfLayers(before, template)[0]!.stops
}

/** A stop of a template below that an update would jump over: no version above names it. */
export function missedStop(
  before: TemplateRef,
  template: Template,
): { readonly layer: Template; readonly stop: string } | undefined {
  const [, ...below] = stopsOfLayers(before, template)
  return below.flatMap(({ layer, stops }) => stops.map((stop) => ({ layer, stop })))[0]
}

function stopsOfLayers(before: TemplateRef, template: Template) {
  const versions = versionsBefore(template.ref, before)
  return chainOf(template).map((layer, depth) => {
    const from = versions[depth] ?? ""
    // A branch or a commit has a version too: that of its manifest.
    const end = isVersion(layer.ref.version) ? layer.ref.version : layer.manifest.version
    const between = layer.manifest.stops.filter((stop) => isOlder(from, stop) && isOlder(stop, end))
    return { layer, stops: [...new Set(between)].toSorted(compareVersions) }
  })
}
