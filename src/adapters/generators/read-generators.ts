import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import type { Generators } from "../../app/ports/generators.ts"
import { parseGenerator } from "../../core/add/parse-generator.ts"
import type { DataGenerator } from "../../core/model/generator.ts"
import type { ManifestChecks } from "../../core/template/parse-manifest.ts"
import { packageFolder } from "../package-folder.ts"
import { withAnswerSchemas } from "../templates/answer-schemas.ts"
import { readFiles, readRegular, refuseOutside } from "../templates/read-files.ts"

/** Reads generators from the package, and from the folders of templates. */
export function generatorReader(): Generators {
  return {
    // The package's own are checked by its tests, not at every start.
    builtin: () => readAll(join(packageFolder(), "templates"), "builtin", []),
    ofTemplate: async ({ folder, manifest }) => {
      if (!existsSync(join(folder, "generators"))) return []
      const { generatorChecks } = await import("../templates/check-schema.ts")
      const answers = manifest.questions.map(({ name }) => name)
      return readAll(folder, "template", answers, generatorChecks())
    },
  }
}

async function readAll(
  within: string,
  origin: DataGenerator["origin"],
  answers: readonly string[],
  checks?: ManifestChecks,
): Promise<DataGenerator[]> {
  const generators = join(within, "generators")
  refuseOutside(generators, within)
  const names = readdirSync(generators).toSorted()
  return Promise.all(
    names
      .filter((name) => existsSync(join(generators, name, "generator.yml")))
      .map(async (name): Promise<DataGenerator> => {
        const folder = join(generators, name)
        const file = join(folder, "generator.yml")
        refuseOutside(file, within)
        const { parsed, generator } = parseGenerator(readRegular(file).toString("utf8"), file, name, answers, checks)
        const { manifest } = await withAnswerSchemas(parsed, folder, within, [])
        return { ...generator, origin, manifest, files: readFiles(join(folder, "files"), within) }
      }),
  )
}
