import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs"
import { basename, join, resolve } from "node:path"
import { assembleTemplate, contentIntegrity, type Part } from "../../core/template/assemble-template.ts"
import { checkReferences } from "../../core/template/check-references.ts"
import { type CheckSchema, type ParsedManifest, parseManifest } from "../../core/template/parse-manifest.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { Template } from "../../core/model/template.ts"
import type { FileEntry, Tree } from "../../core/model/tree.ts"
import { isOutside, readNotes } from "./read-notes.ts"

/**
 * Reads a template's folder: template.yml, files/, the parts it includes, and its release notes.
 * @param within parts and notes may come from here (the repository, the folder above a template), never from elsewhere
 * @param ref source, and for git version and integrity; otherwise the manifest's version and a hash of the content
 */
export function readTemplate(
  folder: string,
  within: string,
  ref: { readonly source: string; readonly version?: string; readonly integrity?: string },
  checkSchema?: CheckSchema,
): Template {
  const manifestFile = join(folder, "template.yml")
  if (!existsSync(manifestFile)) {
    throw new MeshwrightError([
      problem("no-template", `${ref.source} is no template: ${manifestFile} does not exist`, {
        hint: "a template is a folder with template.yml and files/",
      }),
    ])
  }
  const texts = [readFileSync(manifestFile, "utf8")]
  const main = parseManifest(texts[0] ?? "", manifestFile, checkSchema)
  const parts = new Map<string, Part>()
  const parsed: ParsedManifest[] = [main]
  for (const { part } of main.manifest.include) {
    const partFolder = partPath(folder, within, part, manifestFile)
    const partFile = join(partFolder, "part.yml")
    const own = existsSync(partFile) ? readPart(partFile, texts, checkSchema) : undefined
    if (own) parsed.push(own)
    parts.set(part, { files: readFiles(join(partFolder, "files")), ...(own ? { manifest: own.manifest } : {}) })
  }
  const references = checkReferences(parsed)
  if (references.length > 0) throw new MeshwrightError(references)
  const files = readFiles(join(folder, "files"))
  const trees = [files, ...[...parts.values()].map((part) => part.files)]
  return assembleTemplate(
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
}

/** A part has no name, version or description of its own: those of its folder stand in. */
function readPart(file: string, texts: string[], checkSchema: CheckSchema | undefined): ParsedManifest {
  const text = readFileSync(file, "utf8")
  texts.push(text)
  const named = /^name:/m.test(text)
    ? text
    : `${text.trimEnd()}\nname: ${basename(resolve(file, ".."))}\nversion: 0.0.0\ndescription: a part\n`
  return parseManifest(named, file, checkSchema)
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

/** All files below a folder; links as links. A folder that does not exist has none. */
function readFiles(folder: string): Tree {
  const found = new Map<RelPath, FileEntry>()
  const visit = (directory: string, prefix: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true }).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = join(directory, entry.name)
      const relPath = prefix === "" ? entry.name : `${prefix}/${entry.name}`
      if (entry.isDirectory()) visit(path, relPath)
      // Paths are checked once they are rendered; a path of the template may hold Handlebars.
      else found.set(relPath as RelPath, readEntry(path, entry.isSymbolicLink()))
    }
  }
  if (existsSync(folder)) visit(folder, "")
  return found
}

function readEntry(path: string, link: boolean): FileEntry {
  if (link) return { mode: "link", bytes: Buffer.from(readlinkSync(path), "utf8") }
  return { mode: lstatSync(path).mode & 0o100 ? "755" : "644", bytes: readFileSync(path) }
}
