import { join, relative, sep } from "node:path"
import type { Diagnostic } from "../../core/model/diagnostic.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { Template } from "../../core/model/template.ts"
import { parseManifest, type ParsedManifest } from "../../core/template/parse-manifest.ts"
import { parseSource } from "../../core/template/parse-source.ts"
import { isOlder, isVersion } from "../../core/version.ts"
import type { Ports } from "../ports/ports.ts"
import { filesBelow } from "../project-files.ts"

/** A template as its author works on it. */
export interface AuthorTemplate {
  readonly template: Template
  /** Its own template.yml, then those of its parts. */
  readonly manifests: readonly ParsedManifest[]
  /** Whether it is released as an npm package. */
  readonly isPackage: boolean
  /** Files of its folder migrations/. */
  readonly scripts: readonly string[]
}

/**
 * Reads the template that somebody works on, through the loader that projects use, and its manifests for their places.
 * Throws a MeshwrightError with everything that the loader finds.
 */
export async function readAuthorTemplate(ports: Ports, source: string, cwd: string): Promise<AuthorTemplate> {
  const loaded = await ports.templates.load(source, undefined, cwd)
  // Built-in templates are read without their schema at every start; an author wants it checked.
  const isBuiltin = parseSource(source).kind === "builtin"
  const template = isBuiltin
    ? { ...(await ports.templates.load(loaded.folder, undefined, cwd)), ref: loaded.ref }
    : loaded
  const own = readManifest(ports, join(template.folder, "template.yml"), cwd)
  const parts = (own?.manifest.include ?? []).flatMap(
    ({ part }) => readManifest(ports, join(template.folder, part, "part.yml"), cwd) ?? [],
  )
  const isPackage = ports.fs.stat(join(template.folder, "package.json")) !== null
  const scripts = filesBelow(ports.fs, join(template.folder, "migrations")).map((path) => `migrations/${path}`)
  return { template, manifests: [...(own ? [own] : []), ...parts], isPackage, scripts }
}

function readManifest({ fs }: Ports, path: string, cwd: string): ParsedManifest | undefined {
  const file = fs.read(path)
  return file ? parseManifest(Buffer.from(file.bytes).toString("utf8"), shown(path, cwd)) : undefined
}

/** Findings with their files as they are called from here. */
export function seenFrom(
  cwd: string,
  { folder }: Pick<Template, "folder">,
  found: readonly Diagnostic[],
): readonly Diagnostic[] {
  return found.map((each) => {
    if (each.file === undefined) return each
    const isInside = /^(?:files|generators|\.\.?)\//.test(each.file)
    return { ...each, file: shown(isInside ? join(folder, each.file) : each.file, cwd) }
  })
}

/** A path as it is shorter to read: from here, unless it is far away. */
function shown(path: string, cwd: string): string {
  const near = relative(cwd, path).split(sep).join("/")
  return near.startsWith("../../..") || !path.startsWith("/") ? path : near
}

/**
 * The release before a template: the highest version among its repository's tags below its own. undefined without a
 * repository, or without such a tag; a tag at which the template was not there yet is none.
 */
export async function previousRelease(ports: Ports, template: Template): Promise<Template | undefined> {
  const { version } = template.manifest
  return release(ports, template, (tag) => isOlder(tag, version))
}

/** The release of the template's own version, where there is one already. */
export async function sameRelease(ports: Ports, template: Template): Promise<Template | undefined> {
  const { version } = template.manifest
  return release(ports, template, (tag) => !isOlder(tag, version) && !isOlder(version, tag))
}

async function release(
  ports: Ports,
  template: Template,
  wanted: (tag: string) => boolean,
): Promise<Template | undefined> {
  const known = await ports.git.tags(template.folder)
  const versions = (known?.tags ?? []).filter((tag) => isVersion(tag) && wanted(tag))
  const stable = versions.filter((tag) => !tag.includes("-"))
  const [newest] = (stable.length > 0 ? stable : versions).toSorted((a, b) => (isOlder(a, b) ? 1 : -1))
  if (newest === undefined) return undefined
  try {
    return await atRevision(ports, template, newest)
  } catch (error) {
    if (error instanceof MeshwrightError && error.diagnostics.every(({ code }) => code === "no-template"))
      return undefined
    throw error
  }
}

/**
 * The template as it was at a tag, branch or commit of its repository. Throws a MeshwrightError where there is no such
 * revision, or no repository.
 */
export async function atRevision(ports: Ports, template: Template, revision: string): Promise<Template> {
  const { folder } = template
  const known = await ports.git.tags(folder)
  const commit = known === null ? null : await ports.git.commitOf(folder, revision)
  if (known === null || commit === null) {
    const hint = known === null ? "" : `its tags: ${known.tags.slice(-8).join(", ") || "none"}`
    throw new MeshwrightError(
      [
        problem(
          "no-revision",
          known === null
            ? `${folder} is in no git repository, so it has no ${revision}`
            : `the repository of the template has no ${revision}`,
          { hint: hint || "name a whole source, such as git+https://host/org/templates.git//domain@v1.0.0" },
        ),
      ],
      "usage",
    )
  }
  const top = ports.fs.realPath(known.top) ?? known.top
  const inside = relative(top, ports.fs.realPath(folder) ?? folder)
    .split(sep)
    .join("/")
  const source = `git+file://${top}${inside === "" ? "" : `//${inside}`}`
  const loaded = await ports.templates.load(source, known.tags.includes(revision) ? revision : commit, folder)
  return { ...loaded, ref: { ...loaded.ref, version: revision } }
}
