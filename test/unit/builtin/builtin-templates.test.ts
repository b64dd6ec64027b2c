import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { parseAllDocuments } from "yaml"
import { manifestChecks } from "../../../src/adapters/templates/check-schema.ts"
import { readTemplate } from "../../../src/adapters/templates/read-template.ts"
import { NO_INPUTS, resolveAnswers } from "../../../src/core/answers/resolve-answers.ts"
import { childProjects } from "../../../src/core/plan/child-projects.ts"
import { renderTree } from "../../../src/core/render/render-tree.ts"

const TEMPLATES = join(import.meta.dirname, "../../../templates")
const names = readdirSync(TEMPLATES).filter((name) => existsSync(join(TEMPLATES, name, "template.yml")))

// Checked against the JSON Schema here, so that the program need not do it at every start.
const load = (name: string) =>
  readTemplate(join(TEMPLATES, name), TEMPLATES, { source: `builtin:${name}` }, manifestChecks())

const ANSWERS: Record<string, Record<string, string>[]> = {
  domain: [
    { domain: "sales" },
    { domain: "sales", platform_package: "../platform" },
    {
      domain: "sales",
      platform_package: "https://git.example.com/acme/platform.git//dbt@v1.0.0",
      organisation: "ACME-Group",
    },
    { domain: "finance", platform_package: "../platform", upstream_domain: "sales", repository: "shared" },
    { domain: "sales", ci: "none", infra: "false" },
  ],
  platform: [{}, { package_name: "acme_platform", repository: "shared" }, { ci: "none", infra: "false" }],
  template: [{ name: "acme-domain" }, { name: "acme-small", base: "nothing", ci: "none" }],
  mesh: [{ organisation: "acme" }, { organisation: "acme", domains: "a,b,c,d", infra: "false" }],
}

const templates = new Map(await Promise.all(names.map(async (name) => [name, await load(name)] as const)))

describe.each([...templates])("the built-in template %s", (name, template) => {
  describe.each(ANSWERS[name] ?? [])("told %o", (flag) => {
    const { answers, problems } = resolveAnswers(template.manifest, { ...NO_INPUTS, flag })
    const rendered = renderTree(template, answers)

    it("asks nothing that is not answered", () => {
      expect(problems).toEqual([])
    })

    it("renders the same bytes twice", async () => {
      expect(renderTree(await load(name), answers)).toEqual(rendered)
    })

    it("renders tidy text: a final newline, no trailing blanks, no empty lines in a row, no tabs", () => {
      for (const [path, { bytes }] of rendered) {
        const text = Buffer.from(bytes).toString("utf8")
        expect.soft(text.endsWith("\n"), `${path} ends with a newline`).toBe(true)
        expect.soft(/[ \t]$/m.test(text), `${path} has trailing blanks`).toBe(false)
        expect.soft(path.endsWith(".py") ? false : /\n\n\n/.test(text), `${path} has empty lines in a row`).toBe(false)
        expect.soft(text.includes("\t"), `${path} has tabs`).toBe(false)
        expect.soft(text.startsWith("\n"), `${path} begins with an empty line`).toBe(false)
      }
    })

    it("renders YAML that parses, without repeated keys", () => {
      for (const [path, { bytes }] of rendered) {
        if (!/\.ya?ml$/.test(path)) continue
        for (const document of parseAllDocuments(Buffer.from(bytes).toString("utf8"), { uniqueKeys: true })) {
          expect.soft(document.errors, path).toEqual([])
        }
      }
    })

    it("has no file whose name the package registry drops", () => {
      // npm never packs these; the template stores them with .hbs.
      const origins = template.layers.flatMap((layer) => [...layer.files.keys()])
      expect(origins.filter((path) => /(^|\/)(\.gitignore|\.npmignore|\.npmrc)$/.test(path))).toEqual([])
    })

    it("gives the projects inside it answers that fit", () => {
      for (const child of childProjects(template.manifest, answers)) {
        const inside = templates.get(child.template.replace("../", ""))
        expect(resolveAnswers(inside!.manifest, { ...NO_INPUTS, flag: child.answers }).problems).toEqual([])
      }
    })
  })
})

it("every template is tried with some answers", () => {
  expect(Object.keys(ANSWERS).toSorted()).toEqual(names.toSorted())
})

it("the version of the built-in templates is noted in the changelog", () => {
  const versions = [...templates.values()].map(({ ref }) => ref.version)
  const changelog = readFileSync(join(TEMPLATES, "../CHANGELOG.md"), "utf8")
  for (const version of versions) expect(changelog).toContain(version)
})
