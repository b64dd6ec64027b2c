import type { Diagnostic, Position } from "../model/diagnostic.ts"
import type { DataGenerator } from "../model/generator.ts"
import type { Layer, Template } from "../model/template.ts"
import type { ParsedManifest } from "../template/parse-manifest.ts"

/** What lint looks at: the template with all that it includes and extends, and its own manifest files. */
export interface LintInput {
  readonly template: Template
  /** The template's own template.yml first, then its parts'. */
  readonly manifests: readonly ParsedManifest[]
  /** Whether it is released as an npm package. */
  readonly isPackage?: boolean
  /** Files of the template's folder migrations/, by their paths from the template's folder. */
  readonly scripts?: readonly string[]
  /** The template's own, for `add`. */
  readonly generators?: readonly DataGenerator[]
}

/** The template's own files: those of one that it extends are that one's to look after. */
export function ownLayers({ layers }: Template): readonly Layer[] {
  return layers.filter(isOwn)
}

/** Where something stands in a manifest. */
export function placeIn(
  parsed: ParsedManifest,
  path: readonly (string | number)[],
): { readonly file: string; readonly position: Position } {
  return { file: parsed.file, position: parsed.locate(path) }
}

/** How a file of the template is called in messages: its path from the template's folder. */
export function fileOf(template: Template, { part, depth = 0 }: Layer, origin: string): string {
  const { manifest } = Array.from({ length: depth }).reduce<Template>((above) => above.parent ?? above, template)
  const below = depth === 0 ? "" : `${manifest.name}: `
  const include = part === undefined ? undefined : manifest.include.find((each) => each.part.endsWith(part))
  return part === undefined ? `${below}files/${origin}` : `${below}${include?.part ?? part}/files/${origin}`
}

/** Whether files are the template's own, and not of one that it extends: those are others' to change. */
export function isOwn({ depth = 0 }: Layer): boolean {
  return depth === 0
}

/** A finding that does not keep a template from working. */
export function warning(code: string, message: string, more: Partial<Diagnostic> = {}): Diagnostic {
  return { code, severity: "warning", message, ...more }
}

/** A file's text, for those that are rendered; undefined for all others. */
export function templateText(origin: string, bytes: Uint8Array): string | undefined {
  return origin.endsWith(".hbs") ? Buffer.from(bytes).toString("utf8") : undefined
}
