import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from "yaml"
import { manifestValue } from "./manifest-value.ts"
import { yamlProblems } from "../yaml-problems.ts"
import { byPosition, MeshwrightError, type Position, problem } from "../model/diagnostic.ts"
import type {
  Choice,
  Condition,
  DropRule,
  Manifest,
  Question,
  Rename,
  RenamedQuestion,
  TemplateTests,
  TestCommand,
} from "../model/template.ts"

/** Something wrong in a manifest: the keys down to the value, what is wrong with it, and what to do. */
export interface SchemaProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly hint?: string
  /** The key itself is what is wrong, not its value. */
  readonly isKey?: boolean
}

/** What a manifest is checked with. It is passed in: loading a validator is slow and not for core. */
export interface ManifestChecks {
  /** Checks a value against schemas/template.schema.json. */
  readonly schema: (value: unknown) => readonly SchemaProblem[]
  /** What is wrong where the template says that it needs this range of versions of meshwright. */
  readonly requires: (range: string) => Pick<SchemaProblem, "message" | "hint"> | undefined
}

type YamlQuestion = Omit<Question, "choices"> & {
  readonly choices?: readonly (string | { value: string; label?: string; when?: Condition })[]
}
type YamlManifest = Partial<Omit<Manifest, "questions" | "renames" | "renamed_questions" | "drop" | "test">> &
  Pick<Manifest, "name" | "version" | "description"> & {
    readonly questions?: readonly YamlQuestion[]
    readonly renames?: readonly (Rename | RenamedQuestion)[]
    readonly drop?: readonly (string | DropRule)[]
    readonly test?: {
      readonly commands?: readonly (readonly string[] | TestCommand)[]
      readonly answers?: TemplateTests["answers"]
    }
  }

/** A manifest, and where its parts stand in the file. */
export interface ParsedManifest {
  readonly manifest: Manifest
  readonly file: string
  /** Of files and questions, in the order of the file. */
  readonly renames: readonly (Rename | RenamedQuestion)[]
  locate(path: readonly (string | number)[], isKey?: boolean): Position
}

/**
 * Reads template.yml or part.yml. Throws a MeshwrightError with every problem found, each with line and column: YAML
 * errors, and what does not fit the schema. References between names are checked by checkReferences, which needs the
 * parts too. A manifest for another version of meshwright is told as such, whatever else this version has against it.
 * @param file how the file is called in messages
 */
export function parseManifest(text: string, file: string, checks?: ManifestChecks): ParsedManifest {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, logLevel: "error", prettyErrors: false })
  const at = (path: readonly (string | number)[], isKey = false): Position => positionOf(document, lines, path, isKey)
  const range = document.getIn(["requires", "meshwright"])
  const refused = typeof range === "string" || typeof range === "number" ? checks?.requires(String(range)) : undefined
  if (refused) {
    const position = at(["requires", "meshwright"])
    throw new MeshwrightError([problem("manifest-requires", refused.message, { ...refused, file, position })])
  }
  const found = yamlProblems(document, text, lines).map(({ message, ...place }) =>
    problem("manifest-yaml", message, { ...place, file }),
  )
  if (found.length > 0) throw new MeshwrightError(found)
  const { value, problems } = manifestValue(document)
  for (const { path, ...told } of problems)
    found.push(problem("manifest-yaml", told.message, { ...told, file, position: at(path) }))
  if (found.length > 0) throw new MeshwrightError(found)
  if (!isMap(document.contents)) {
    throw new MeshwrightError([
      problem("manifest-schema", "is no map of keys and values", {
        file,
        position: at([]),
        hint: "a template says at least `name: …`, `version: 1.0.0` and `description: …`",
      }),
    ])
  }
  const misfits = (checks?.schema(value) ?? []).map(({ path, isKey, ...told }) =>
    problem("manifest-schema", told.message, { ...told, file, position: at(path, isKey) }),
  )
  if (misfits.length > 0) throw new MeshwrightError(misfits.toSorted(byPosition))
  const yaml = value as YamlManifest
  return { manifest: complete(yaml), file, renames: yaml.renames ?? [], locate: at }
}

function complete(yaml: YamlManifest): Manifest {
  return {
    derived: {},
    files: [],
    include: [],
    stops: [],
    migrations: [],
    defaults: {},
    fixed: {},
    floor: [],
    identity: [],
    next_steps: [],
    ...yaml,
    renames: (yaml.renames ?? []).filter((rename) => "from" in rename),
    renamed_questions: (yaml.renames ?? []).filter((rename) => "question" in rename),
    drop: (yaml.drop ?? []).map((rule) => (typeof rule === "string" ? { path: rule } : rule)),
    projects: (yaml.projects ?? []).map((project) => ({ ...project, answers: project.answers ?? {} })),
    questions: (yaml.questions ?? []).map(completeQuestion),
    test: {
      commands: (yaml.test?.commands ?? []).map((command) => ("run" in command ? command : { run: command })),
      answers: yaml.test?.answers ?? [],
    },
  }
}

function completeQuestion({ choices, ...question }: YamlQuestion): Question {
  if (!choices) return question
  const full = choices.map((choice): Choice => {
    return typeof choice === "string"
      ? { value: choice, label: choice }
      : { ...choice, label: choice.label ?? choice.value }
  })
  return { ...question, choices: full }
}

function positionOf(
  document: Document,
  lines: LineCounter,
  path: readonly (string | number)[],
  isKey: boolean,
): Position {
  if (isKey) {
    const map = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
    const pair = isMap(map)
      ? map.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1))
      : undefined
    if (isScalar(pair?.key) && pair.key.range) return lineColumn(lines, pair.key.range[0])
  }
  // The nearest node above that exists: a missing key has no place of its own.
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lineColumn(lines, node.range[0])
  }
  return { line: 1, column: 1 }
}

function lineColumn(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset)
  return { line, column: col }
}
