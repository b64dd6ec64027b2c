import { MeshwrightError, problem } from "../model/diagnostic.ts"
import type { DataGenerator, DbtRole, IntoRule } from "../model/generator.ts"
import type { FileRule, Manifest } from "../model/template.ts"
import { checkReferences } from "../template/check-references.ts"
import { type ManifestChecks, type ParsedManifest, parseManifest } from "../template/parse-manifest.ts"
import { FACTS } from "./facts.ts"

/** What generator.yml says beyond a template's manifest. */
interface GeneratorKeys {
  readonly for_each?: string
  readonly dbt?: Readonly<Record<string, DbtRole>>
  readonly files: readonly (FileRule & { readonly into?: IntoRule["list"] })[]
}

/** A generator without its files, and its manifest in its place. */
export interface ParsedGenerator {
  readonly parsed: ParsedManifest
  readonly generator: Omit<DataGenerator, "origin" | "files" | "manifest">
}

/**
 * Reads generator.yml. Throws a MeshwrightError with every problem found, each with line and column.
 * @param name of the generator's folder
 * @param answers names of the template's questions, whose answers conditions may use
 */
export function parseGenerator(
  text: string,
  file: string,
  name: string,
  answers: readonly string[],
  checks?: ManifestChecks,
): ParsedGenerator {
  // As a template would say it: a generator is called as its folder, and released with its template.
  const parsed = parseManifest(`${text.trimEnd()}\nname: ${name}\nversion: 0.0.0\n`, file, checks)
  const manifest = parsed.manifest as Omit<Manifest, "files"> & GeneratorKeys
  const questions = manifest.questions.map((question) => question.name)
  const own = new Set([...questions, ...Object.keys(manifest.derived)])
  const facts = [...Object.keys(FACTS), ...answers].filter((each) => !own.has(each))
  const found = checkReferences([
    { ...parsed, manifest: { ...manifest, derived: { ...empty(facts), ...manifest.derived } } },
  ])
  const lists = manifest.questions.filter(({ type }) => type === "list" || type === "checkbox").map((each) => each.name)
  if (manifest.for_each !== undefined && !lists.includes(manifest.for_each))
    found.push(wrong(`for_each: ${manifest.for_each} is no list question`, ["for_each"]))
  for (const question of Object.keys(manifest.dbt ?? {}))
    if (!questions.includes(question)) found.push(wrong(`dbt: ${question} is no question`, ["dbt", question]))
  if (found.length > 0) throw new MeshwrightError(found)
  return {
    parsed,
    generator: {
      name,
      into: manifest.files.flatMap(({ path, into }) => (into === undefined ? [] : [{ path, list: into }])),
      ...(manifest.for_each === undefined ? {} : { forEach: manifest.for_each }),
      ...(manifest.dbt === undefined ? {} : { dbt: manifest.dbt }),
    },
  }

  function wrong(message: string, path: readonly string[]) {
    return problem("manifest-inconsistent", message, { file, position: parsed.locate(path) })
  }
}

function empty(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, ""]))
}
