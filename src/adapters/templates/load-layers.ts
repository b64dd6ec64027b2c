import { join, resolve } from "node:path"
import { type Diagnostic, MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { Template, TemplateRef } from "../../core/model/template.ts"
import { checkExtension } from "../../core/template/check-extension.ts"
import { checkReferences } from "../../core/template/check-references.ts"
import { extendTemplate } from "../../core/template/extend-template.ts"
import { parseSource } from "../../core/template/parse-source.ts"
import { bareSource, relativeSource } from "../../core/template/relative-source.ts"
import type { OwnTemplate } from "./read-template.ts"

// A company on a business unit on a platform on a built-in one: more is a mistake.
const MOST = 6

/** One template by itself, as the port of the loader says. */
export type LoadOwn = (source: string, version: string | undefined, from: string) => Promise<OwnTemplate>

/**
 * A template with those that it extends. Throws a MeshwrightError for what each is no template for, for a circle, and for
 * what of its manifest does not fit the one below.
 * @param below which versions to take of those; absent: those that each asks for
 */
export async function loadLayers(
  load: LoadOwn,
  source: string,
  version: string | undefined,
  from: string,
  below?: TemplateRef,
): Promise<Template> {
  return layered(load, withChildren(await load(source, version, from)), from, [], below)
}

/** Projects inside that the template names by a folder are made from its own surroundings, at the state that it has. */
function withChildren(own: OwnTemplate): OwnTemplate {
  const projects = own.manifest.projects.map((project) => {
    if (parseSource(project.template).kind !== "folder") return project
    if (parseSource(own.ref.source).kind === "folder")
      return { ...project, template: resolve(own.folder, project.template) }
    const { source, version } = own.ref
    return { ...project, template: relativeSource(source, project.template), version }
  })
  return { ...own, manifest: { ...own.manifest, projects } }
}

async function layered(
  load: LoadOwn,
  { parsed, ...own }: OwnTemplate,
  from: string,
  above: readonly Template[],
  known: TemplateRef | undefined,
): Promise<Template> {
  const main = parsed[0]!
  const refuse = (found: readonly Diagnostic[]): void => {
    if (found.length > 0) throw new MeshwrightError(found)
  }
  if (own.manifest.extends === undefined) {
    refuse([...checkReferences(parsed), ...checkExtension(parsed, undefined)])
    return own
  }
  const place = { file: main.file, position: main.locate(["extends"]) }
  const chain = [...above, own]
  const parent = await loadParent(load, own, own.manifest.extends, from, known).catch((error: unknown) => {
    // What is wrong in the parent's own files says so itself.
    if (error instanceof MeshwrightError)
      throw new MeshwrightError(
        error.diagnostics.map((each) => ({ ...place, ...each, ...(each.file === undefined ? place : {}) })),
        error.kind,
        { cause: error },
      )
    throw error
  })
  const twin = chain.findIndex(({ folder }) => folder === parent.folder)
  if (twin >= 0) {
    const names = [...chain.slice(twin), parent].map(({ manifest }) => manifest.name).join(" extends ")
    refuse([problem("extends-circle", `templates extend each other in a circle: ${names}`, place)])
  }
  if (chain.length === MOST) {
    const names = chain.map(({ manifest }) => manifest.name).join(" extends ")
    refuse([problem("extends-depth", `${names}: more than ${MOST} templates on top of each other`, place)])
  }
  const below = await layered(load, withChildren(parent), from, chain, known?.extends)
  refuse([...checkReferences(parsed, below.manifest), ...checkExtension(parsed, below.manifest)])
  return extendTemplate(below, own)
}

/** A folder is one of the template's surroundings, at the very state that the template has. */
async function loadParent(
  load: LoadOwn,
  own: Template,
  named: string,
  from: string,
  known: TemplateRef | undefined,
): Promise<OwnTemplate> {
  const source = relativeSource(own.ref.source, named)
  const isKnown = known !== undefined && bareSource(known.source) === bareSource(source)
  if (parseSource(named).kind !== "folder") return load(source, isKnown ? known.version : undefined, from)
  if (parseSource(own.ref.source).kind === "folder") {
    const parent = await load(join(own.folder, named), undefined, from)
    return { ...parent, ref: { ...parent.ref, source } }
  }
  const parent = await load(source, exactVersion(own.ref), from)
  return { ...parent, ref: { ...parent.ref, version: own.ref.version } }
}

/** A branch may have moved in the meantime. */
function exactVersion({ version, integrity }: TemplateRef): string | undefined {
  return integrity.startsWith("commit:") ? integrity.slice("commit:".length) : version
}
