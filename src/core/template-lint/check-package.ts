import { type Diagnostic, problem } from "../model/diagnostic.ts"
import { fileOf, type LintInput, ownLayers } from "./lint-input.ts"

// https://docs.npmjs.com/cli/configuring-npm/package-json#files: never packed, whatever `files` says.
const NEVER_PACKED = /(?:^|\/)(?:\.gitignore|\.npmignore|\.npmrc|\.DS_Store|package-lock\.json)$/

/** Files that a template has in git, and its npm package would not have. */
export function checkPackage({ template, isPackage = false }: LintInput): readonly Diagnostic[] {
  if (!isPackage) return []
  return ownLayers(template).flatMap((layer) =>
    [...layer.files.keys()]
      .filter((origin) => NEVER_PACKED.test(origin))
      .map((origin) =>
        problem("not-packed", `npm leaves ${origin.split("/").at(-1)!} out of packages`, {
          file: fileOf(template, layer, origin),
          hint: "end its name in .hbs: then it is packed, and rendered to the same file",
        }),
      ),
  )
}
