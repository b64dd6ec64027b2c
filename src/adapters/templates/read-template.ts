import { existsSync } from "node:fs"
import { basename, join, resolve } from "node:path"
import { assembleTemplate, contentIntegrity, type Part } from "../../core/template/assemble-template.ts"
import { type ManifestChecks, type ParsedManifest, parseManifest } from "../../core/template/parse-manifest.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { Template } from "../../core/model/template.ts"
import { withAnswerSchemas } from "./answer-schemas.ts"
import { isOutside, readFiles, readRegular, refuseOutside } from "./read-files.ts"
import { readNotes } from "./read-notes.ts"
import { templatesBelow } from "./templates-below.ts"

/** A template by itself, and its manifest with those of its parts: nobody has looked yet whether they fit together, and what they extend. */
export interface OwnTemplate extends Template {
  readonly parsed: readonly ParsedManifest[]
}

/**
 * Reads a template's folder: template.yml, files/, the parts it includes, and its release notes.
 * @param within parts and notes may come from here (the repository, the folder above a template), never from elsewhere
 * @param ref source, and for git version and integrity; otherwise the manifest's version and a hash of the content
 */
export async function readTemplate(
  folder: string,
  within: string,
  ref: { readonly source: string; readonly version?: string; readonly integrity?: string },
  checks?: ManifestChecks,
): Promise<OwnTemplate> {
  const manifestFile = join(folder, "template.yml")
  if (!existsSync(manifestFile)) {
    throw new MeshwrightError([
      problem("no-template", `${ref.source} is no template: ${manifestFile} does not exist`, {
        hint: whereTemplatesAre(folder, within, ref),
      }),
    ])
  }
  refuseOutside(manifestFile, within)
  const texts = [readRegular(manifestFile).toString("utf8")]
  const main = await withAnswerSchemas(parseManifest(texts[0] ?? "", manifestFile, checks), folder, within, texts)
  const parts = new Map<string, Part>()
  const parsed: ParsedManifest[] = [main]
  for (const { part } of main.manifest.include) {
    const partFolder = partPath(folder, within, part, manifestFile)
    const partFile = join(partFolder, "part.yml")
    refuseOutside(partFolder, within)
    const own = existsSync(partFile)
      ? await withAnswerSchemas(readPart(partFile, texts, checks), partFolder, within, texts)
      : undefined
    if (own) parsed.push(own)
    parts.set(part, { files: readFiles(join(partFolder, "files"), within), ...(own ? { manifest: own.manifest } : {}) })
  }
  const files = readFiles(join(folder, "files"), within)
  const trees = [files, ...[...parts.values()].map((part) => part.files)]
  const template = assembleTemplate(
    {
      source: ref.source,
      version: ref.version ?? main.manifest.version,
      integrity: ref.integrity ?? contentIntegrity(trees, texts),
    },
    resolve(folder),
    main.manifest,
    files,
    parts,
    readNotes(folder, within, main),
  )
  return { ...template, parsed }
}

/** A part has no name, version or description of its own: those of its folder stand in. */
function readPart(file: string, texts: string[], checks: ManifestChecks | undefined): ParsedManifest {
  const text = readRegular(file).toString("utf8")
  texts.push(text)
  const named = /^name:/m.test(text)
    ? text
    : `${text.trimEnd()}\nname: ${basename(resolve(file, ".."))}\nversion: 0.0.0\ndescription: a part\n`
  return parseManifest(named, file, checks)
}

function partPath(folder: string, within: string, part: string, manifestFile: string): string {
  const path = resolve(folder, part)
  if (isOutside(resolve(within), path) || !existsSync(path)) {
    throw new MeshwrightError([
      problem("no-part", `include: ${part} is no folder inside ${within}`, { file: manifestFile }),
    ])
  }
  return path
}

function whereTemplatesAre(
  folder: string,
  within: string,
  { source, version }: { readonly source: string; readonly version?: string },
): string {
  // What was fetched has a version, and templates in it are named by `//folder`.
  const isFetched = version !== undefined
  const found = templatesBelow(isFetched ? within : folder)
  const names = found.map((path) => (!isFetched ? `${source}/${path}` : path === "" ? "its top" : `//${path}`))
  const what = "a template is a folder with template.yml and files/"
  return names.length === 0 ? what : `${what}; there ${names.length === 1 ? "is one" : "are some"}: ${names.join(", ")}`
}
