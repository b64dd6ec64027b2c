import { existsSync, readdirSync, realpathSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { packageFolder } from "../package-folder.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { parseSource } from "../../core/template/parse-source.ts"
import type { Templates } from "../../app/ports/templates.ts"
import { loadLayers } from "./load-layers.ts"
import { type OwnTemplate, readTemplate } from "./read-template.ts"

/** Templates from the package itself, from folders and from git. */
export function templateLoader(): Templates {
  return { load: (source, version, from) => loadLayers(loadTemplate, source, version, from) }
}

async function loadTemplate(text: string, version: string | undefined, from: string): Promise<OwnTemplate> {
  const source = parseSource(text)
  switch (source.kind) {
    case "builtin":
      return loadBuiltin(source.name)
    case "folder": {
      // A link that somebody named is where they want it; links of the template itself must stay inside.
      const named = resolve(from, source.path)
      const folder = existsSync(named) ? realpathSync(named) : named
      return readTemplate(folder, dirname(folder), { source: source.path }, await checker())
    }
    case "git": {
      const { checkoutTemplate } = await import("./git-template.ts")
      const checkout = await checkoutTemplate(source.url, version ?? source.revision)
      const ref = { source: source.source, version: checkout.version, integrity: `commit:${checkout.commit}` }
      return readTemplate(join(checkout.folder, source.subfolder), checkout.folder, ref, await checker())
    }
  }
}

/** The package's own manifests are checked by its tests, not at every start. */
function loadBuiltin(name: string): Promise<OwnTemplate> {
  const templates = join(packageFolder(), "templates")
  if (!/^[a-z-]+$/.test(name) || !existsSync(join(templates, name, "template.yml"))) {
    const names = readdirSync(templates).filter((each) => existsSync(join(templates, each, "template.yml")))
    throw new MeshwrightError(
      [
        problem("no-template", `there is no built-in template ${JSON.stringify(name)}`, {
          hint: `there are: ${names.join(", ")}`,
        }),
      ],
      "usage",
    )
  }
  return readTemplate(join(templates, name), templates, { source: `builtin:${name}` })
}

async function checker() {
  const { schemaChecker } = await import("./check-schema.ts")
  return schemaChecker()
}
