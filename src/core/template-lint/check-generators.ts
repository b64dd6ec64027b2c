import { FACTS } from "../add/facts.ts"
import { declaredNames } from "../answers/derive.ts"
import type { Diagnostic } from "../model/diagnostic.ts"
import { checkText } from "../render/engine.ts"
import { type LintInput, templateText, warning } from "./lint-input.ts"

/** Unknown names and syntax errors in the files of a template's generators; and generators that add nothing. */
export function checkGenerators({ template, generators = [] }: LintInput): readonly Diagnostic[] {
  return generators.flatMap(({ name, manifest, files, forEach }) => {
    const folder = `generators/${name}`
    const known = new Set([
      ...declaredNames(manifest),
      ...Object.keys(FACTS),
      ...template.manifest.questions.map((question) => question.name),
      ...(forEach === undefined ? [] : ["item"]),
    ])
    const empty = warning("adds-nothing", "the generator has no files", { file: `${folder}/generator.yml` })
    return [
      ...[...files].flatMap(([origin, { bytes, mode }]) => {
        const text = mode === "link" ? undefined : templateText(origin, bytes)
        const file = `${folder}/files/${origin}`
        return [
          ...withoutPlace(checkText(origin, file, known)),
          ...(text === undefined ? [] : checkText(text, file, known)),
        ]
      }),
      ...(files.size === 0 ? [empty] : []),
    ]
  })
}

/** The line and column in a path say nothing. */
function withoutPlace(found: readonly Diagnostic[]): readonly Diagnostic[] {
  return found.map(({ position: _, ...rest }) => rest)
}
