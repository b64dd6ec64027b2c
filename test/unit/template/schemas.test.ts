import { Ajv } from "ajv"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import options from "../../../src/adapters/templates/ajv-options.json" with { type: "json" }
import type { LockException } from "../../../src/core/model/exception.ts"
import type {
  ChildProject,
  Choice,
  DropRule,
  FileRule,
  FloorRule,
  Include,
  ListRule,
  LockRule,
  Manifest,
  Migration,
  Question,
  Rename,
  RenamedQuestion,
  TemplateTests,
  TestCommand,
  Validation,
} from "../../../src/core/model/template.ts"
import { formatProjectFile, parseProjectFile, type ProjectFile } from "../../../src/core/project/project-file.ts"

const ROOT = join(import.meta.dirname, "../../..")
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8")

interface Node {
  readonly $id?: string
  readonly $ref?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Node>>
  readonly definitions?: Readonly<Record<string, Node>>
  readonly additionalProperties?: unknown
  readonly items?: Node
}
const schemaOf = (name: string): Node => JSON.parse(read(`schemas/${name}.schema.json`)) as Node
const TEMPLATE = schemaOf("template")
const PROJECT = schemaOf("meshwright")
const fits = (schema: Node): ((value: unknown) => string[]) => {
  const validate = new Ajv({ ...options, verbose: false }).compile(schema as object)
  return (value) =>
    validate(value) ? [] : (validate.errors ?? []).map((each) => `${each.instancePath} ${each.message}`)
}

/** The keys of a type, of which the compiler sees that they are all there. */
type Keys<T> = Readonly<Record<keyof Required<T>, true>>
const keys = <T>(all: Keys<T>): string[] => Object.keys(all)
const without = (all: readonly string[], ...names: readonly string[]): string[] =>
  all.filter((each) => !names.includes(each))

const QUESTION = keys<Question>({
  name: true,
  type: true,
  message: true,
  help: true,
  default: true,
  guess: true,
  examples: true,
  choices: true,
  choices_from: true,
  when: true,
  validate: true,
  secret: true,
  fixed: true,
})
const MANIFEST = keys<Manifest>({
  name: true,
  version: true,
  description: true,
  named_by: true,
  questions: true,
  derived: true,
  files: true,
  include: true,
  renames: true,
  renamed_questions: true,
  stops: true,
  migrations: true,
  extends: true,
  defaults: true,
  fixed: true,
  drop: true,
  requires: true,
  floor: true,
  identity: true,
  projects: true,
  test: true,
  next_steps: true,
  notes: true,
})
const VALIDATION = keys<Validation>({
  pattern: true,
  message: true,
  not: true,
  reserved: true,
  differs_from: true,
  min: true,
  max: true,
  schema: true,
  misfit: true,
})
const RENAMES = [
  ...keys<Rename>({ from: true, to: true, since: true, depth: true }),
  ...keys<RenamedQuestion>({ question: true, to: true, since: true, depth: true }),
]

/** A schema of a map, and the keys that the program knows of it. What the program adds itself is no key of the file. */
const AGREE: readonly (readonly [name: string, schema: Node | undefined, known: readonly string[]])[] = [
  // Of `renames`, the parser makes two lists.
  ["manifest", TEMPLATE, without(MANIFEST, "renamed_questions")],
  ["question", TEMPLATE.definitions?.["question"], without(QUESTION, "fixed")],
  ["validate", TEMPLATE.definitions?.["question"]?.properties?.["validate"], without(VALIDATION, "misfit")],
  ["choice", TEMPLATE.definitions?.["choice"], keys<Choice>({ value: true, label: true, when: true })],
  ["rename", TEMPLATE.definitions?.["rename"], without([...new Set(RENAMES)], "depth")],
  [
    "files",
    TEMPLATE.definitions?.["fileRule"],
    keys<FileRule>({ path: true, mode: true, when: true, layer: true, adopt: true, locked: true }),
  ],
  [
    "locked",
    TEMPLATE.definitions?.["fileRule"]?.properties?.["locked"],
    keys<LockRule>({ keys: true, warn_from: true, error_from: true, policy: true }),
  ],
  [
    "migration",
    TEMPLATE.definitions?.["migration"],
    without(keys<Migration>({ since: true, depth: true, run: true, description: true, when: true }), "depth"),
  ],
  ["drop", TEMPLATE.definitions?.["dropRule"], keys<DropRule>({ path: true, keys: true })],
  ["include", TEMPLATE.definitions?.["include"], keys<Include>({ part: true, when: true })],
  ["floor", TEMPLATE.definitions?.["floorRule"], keys<FloorRule>({ path: true, keys: true, off: true })],
  ["identity", TEMPLATE.definitions?.["listRule"], keys<ListRule>({ path: true, list: true, key: true, kind: true })],
  ["test", TEMPLATE.properties?.["test"], keys<TemplateTests>({ commands: true, answers: true })],
  ["test command", TEMPLATE.definitions?.["testCommand"], keys<TestCommand>({ run: true, when: true })],
  [
    "project",
    TEMPLATE.definitions?.["project"],
    without(
      keys<ChildProject>({ template: true, version: true, path: true, for_each: true, answers: true }),
      "version",
    ),
  ],
  [
    "meshwright.yml",
    PROJECT,
    without(
      keys<ProjectFile>({ template: true, version: true, answers: true, places: true, update: true, exceptions: true }),
      "places",
    ),
  ],
  [
    "exception",
    PROJECT.properties?.["exceptions"]?.items,
    without(
      keys<LockException>({ path: true, key: true, reason: true, approved_by: true, until: true, position: true }),
      "position",
    ),
  ],
]

describe("the published schemas", () => {
  it.each(AGREE)("know the keys of %s that the program knows", (_, schema, known) => {
    expect(Object.keys(schema?.properties ?? {}).toSorted()).toEqual(known.toSorted())
    expect(schema?.additionalProperties).toBe(false)
  })

  it.each(["template", "meshwright", "generator"])("of %s: have an address, and are in the package", (name) => {
    expect(schemaOf(name).$id).toBe(`https://unpkg.com/meshwright/schemas/${name}.schema.json`)
    expect((JSON.parse(read("package.json")) as { files: string[] }).files).toContain("schemas")
  })

  it.each([
    ["template.yml", TEMPLATE],
    ["meshwright.yml", PROJECT],
  ])("of %s: tell of every key what it is", (_, root) => {
    const silent: string[] = []
    const described = (node: Node): boolean => {
      const target = node.$ref?.startsWith("#/definitions/") ? root.definitions?.[node.$ref.slice(14)] : undefined
      return node.description !== undefined || target?.description !== undefined
    }
    const visit = (node: Node, path: string): void => {
      for (const [key, child] of Object.entries(node.properties ?? {})) {
        if (!described(child)) silent.push(`${path}.${key}`)
        visit(child, `${path}.${key}`)
      }
      if (node.items) visit(node.items, `${path}[]`)
    }
    visit(root, "")
    for (const [name, node] of Object.entries(root.definitions ?? {})) visit(node, name)
    expect(silent).toEqual([])
  })
})

describe("what fits them", () => {
  it.each(
    readdirSync(join(ROOT, "templates")).filter((name) => existsSync(join(ROOT, "templates", name, "template.yml"))),
  )("the built-in template %s", (name) => {
    expect(fits(TEMPLATE)(parse(read(`templates/${name}/template.yml`)))).toEqual([])
  })

  const examples = ["README.md", ...readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`)].flatMap((file) =>
    [...read(file).matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = ""], index) => ({ file, index, text })),
  )
  const isManifest = (text: string): boolean => /^name: .*\nversion: /m.test(text)
  const isProject = (text: string): boolean => /^template: /m.test(text)

  it.each(examples.filter(({ text }) => isManifest(text)))("the manifest in $file ($index)", ({ text }) => {
    expect(fits(TEMPLATE)(parse(text))).toEqual([])
  })

  it.each(examples.filter(({ text }) => isProject(text)))("the meshwright.yml in $file ($index)", ({ text }) => {
    expect(fits(PROJECT)(parse(text))).toEqual([])
  })

  it("the documentation has examples of manifests", () => {
    expect(examples.filter(({ text }) => isManifest(text)).length).toBeGreaterThan(1)
  })

  it("a new meshwright.yml, which tells editors where its schema is", () => {
    const answers = { domain: "sales", infra: true, layers: ["raw"], shards: 2 }
    const text = formatProjectFile({ template: "builtin:domain", version: "1.0.0", answers }, ["docs/**"])
    expect(text.split("\n")[0]).toBe(`# yaml-language-server: $schema=${PROJECT.$id}`)
    expect(fits(PROJECT)(parse(text))).toEqual([])
    expect(parseProjectFile(text).answers).toEqual(answers)
  })
})
