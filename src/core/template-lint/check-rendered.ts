import type { Diagnostic } from "../model/diagnostic.ts"
import { originId } from "../render/render-tree.ts"
import { settingsFor } from "../template-tests/settings.ts"
import { syntaxProblem } from "../template-tests/check-syntax.ts"
import { fileOf, type LintInput } from "./lint-input.ts"
import type { TriedTemplate } from "./rendered-cases.ts"

/** What does not render, or renders to something that its format does not allow; each once, with answers that show it. */
export function checkRendered({ template }: LintInput, { cases }: TriedTemplate): readonly Diagnostic[] {
  const files = new Map(
    template.layers.flatMap((layer) =>
      [...layer.files.keys()].map((origin) => [originId(layer.part, origin), fileOf(template, layer, origin)]),
    ),
  )
  // The same bytes are checked once, whatever the answers.
  const checked = new Map<string, Diagnostic | undefined>()
  const found = new Map<string, Diagnostic>()
  for (const { answers, tree, problems } of cases) {
    const told = (each: Diagnostic): Diagnostic => {
      const settings = settingsFor(template.manifest, answers)
      const how = settings === "" ? "with the defaults" : `with ${settings}`
      return { ...each, hint: `${each.hint === undefined ? "" : `${each.hint} `}(${how})` }
    }
    const add = (each: Diagnostic): void => {
      const key = JSON.stringify([each.code, each.file, each.position, each.position ? "" : each.message])
      if (!found.has(key)) found.set(key, told(each))
    }
    for (const each of problems) {
      const file = each.file === undefined ? undefined : (files.get(each.file) ?? each.file)
      add(file === undefined ? each : { ...each, file })
    }
    for (const { path, origin, bytes, mode } of tree.values()) {
      if (mode === "link") continue
      const key = `${path}\0${Buffer.from(bytes).toString("latin1")}`
      if (!checked.has(key)) checked.set(key, syntaxProblem(path, bytes))
      const problem = checked.get(key)
      if (problem) add({ ...problem, file: files.get(origin) ?? origin, message: problem.message })
    }
  }
  return [...found.values()]
}
