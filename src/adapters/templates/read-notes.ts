import { realpathSync } from "node:fs"
import { resolve } from "node:path"
import { decodeText } from "../../core/decode-text.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { isOutside, readRegular } from "./read-files.ts"
import type { ParsedManifest } from "../../core/template/parse-manifest.ts"

/**
 * The text of the file that the manifest names as `notes`; undefined where it names none. It has to be inside `within`,
 * also by its links: a template must not show people's other files. Throws a MeshwrightError that names the manifest's line.
 */
export function readNotes(folder: string, within: string, parsed: ParsedManifest): string | undefined {
  const { file } = parsed
  const { notes } = parsed.manifest
  if (notes === undefined) return undefined
  const refuse = (what: string): MeshwrightError =>
    new MeshwrightError([
      problem("no-notes", `notes: ${notes} ${what}`, {
        file,
        position: parsed.locate(["notes"]),
        hint: "name a Markdown file by its path from template.yml, such as CHANGELOG.md",
      }),
    ])
  const path = resolve(folder, notes)
  if (isOutside(resolve(within), path)) throw refuse(`is outside of ${within}`)
  try {
    if (isOutside(realpathSync(within), realpathSync(path))) throw refuse(`is a link to a file outside of ${within}`)
    const text = decodeText(readRegular(path))
    if (text === undefined) throw refuse("is no text in UTF-8")
    return text
  } catch (error) {
    if (error instanceof MeshwrightError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw refuse(code === "ENOENT" ? "does not exist" : code === "EISDIR" ? "is a folder" : `cannot be read (${code})`)
  }
}
