// Bundles src/ into dist/: one small start file, and chunks that are loaded when a command needs them. Bundling makes a
// start two to three times faster than loading the same libraries file by file, and an install is a single package.
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { Ajv } from "ajv"
import standaloneCode from "ajv/dist/standalone/index.js"
import { build } from "esbuild"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))

rmSync(join(root, "dist"), { recursive: true, force: true })
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { main: "src/cli/main.ts", plop: "src/cli/plop.ts", "plop-child": "src/adapters/plop/child.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  metafile: true,
  define: { MESHWRIGHT_VERSION: JSON.stringify(version) },
  // Handlebars' main file also registers a loader for require(); its core is all that is used.
  // And it compiles twice as fast without its source maps, for which it has a stand-in of its own.
  alias: {
    handlebars: "./node_modules/handlebars/dist/cjs/handlebars.js",
    "source-map": "./scripts/no-source-map.cjs",
  },
  // CommonJS packages inside an ES module still ask for node's own modules with require().
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  plugins: [{ name: "compiled schema", setup: compileSchema }],
  logLevel: "warning",
})
writeFileSync(join(root, "dist", "THIRD_PARTY_LICENSES.txt"), licences(Object.keys(metafile.inputs)))

/** Puts the validators of template.yml and generator.yml, as code, in the place of the files that compile them at run time. */
function compileSchema({ onLoad }) {
  const read = (path) => JSON.parse(readFileSync(join(root, path), "utf8"))
  const options = { ...read("src/adapters/templates/ajv-options.json"), code: { source: true, esm: true } }
  const template = read("schemas/template.schema.json")
  const compiled = (ajv, schema) => ({ contents: standaloneCode(ajv, ajv.compile(schema)), resolveDir: root })
  onLoad({ filter: /template-validator\.ts$/ }, () => compiled(new Ajv(options), template))
  onLoad({ filter: /generator-validator\.ts$/ }, () =>
    compiled(new Ajv(options).addSchema(template, "template.schema.json"), read("schemas/generator.schema.json")),
  )
}

/** The licence texts of every package that went into the bundle: their licences ask for it. */
function licences(inputs) {
  const folders = new Set(inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []))
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version: of, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"))
      return `${name} ${of} (${license ?? "see its repository"})\n\n${licenceText(join(root, folder))}`
    })
    .join(`\n${"-".repeat(80)}\n\n`)
}

function licenceText(folder) {
  for (const name of ["LICENSE", "LICENSE.md", "LICENSE.txt", "license", "LICENCE", "license.md", "License"]) {
    try {
      return `${readFileSync(join(folder, name), "utf8").trim()}\n`
    } catch {
      // Not under this name.
    }
  }
  return "The package brings no licence text.\n"
}
