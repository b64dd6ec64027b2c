import { MeshwrightError, problem } from "../model/diagnostic.ts"
import { parsePackageReference } from "../answers/package-reference.ts"

export type TemplateSource =
  | { readonly kind: "builtin"; readonly name: string }
  | { readonly kind: "folder"; readonly path: string }
  /** `revision` is empty for the newest version. `source` is the address without revision, as recorded in meshwright.yml. */
  | {
      readonly kind: "git"
      readonly url: string
      readonly subfolder: string
      readonly revision: string
      readonly source: string
    }

/**
 * Reads where a template comes from: `builtin:NAME`, a folder, or a git URL with `//subfolder` and `@revision`.
 * Throws a MeshwrightError for a kind of source that does not exist.
 */
export function parseSource(text: string): TemplateSource {
  if (text.startsWith("builtin:")) return { kind: "builtin", name: text.slice("builtin:".length) }
  if (/^(npm|hub|gh|gl):/.test(text)) {
    throw new MeshwrightError(
      [
        problem("unknown-source", `${text}: templates come from builtin:NAME, a folder, or a git URL`, {
          hint: "for example git+https://host/org/templates.git//domain@v1.0.0",
        }),
      ],
      "usage",
    )
  }
  const { kind, location, revision, subdirectory } = parsePackageReference(text)
  if (kind !== "git") return { kind: "folder", path: text }
  // An option instead of a URL or revision would be an order to git.
  if (location.startsWith("-") || revision.startsWith("-") || subdirectory.split("/").includes("..")) {
    throw new MeshwrightError([problem("unknown-source", `${text} is no git URL`)], "usage")
  }
  const prefix = text.startsWith("git+") || !location.includes("://") ? "git+" : ""
  const source = `${/^[^/@\s]+@[^/:\s]+:/.test(location) ? "" : prefix}${location}${subdirectory === "" ? "" : `//${subdirectory}`}`
  return { kind: "git", url: location, subfolder: subdirectory, revision, source }
}
