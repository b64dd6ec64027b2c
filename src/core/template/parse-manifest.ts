import { isMap, isNode, LineCounter, parseDocument, type Document } from "yaml"
import { manifestValue } from "./manifest-value.ts"
import { type Diagnostic, MeshwrightError, type Position, problem } from "../model/diagnostic.ts"
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

/** One finding of a JSON Schema validator: the keys down to the value, and what is wrong with it. */
export interface SchemaProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Checks a value against schemas/template.schema.json. The validator is passed in: loading one is slow and not for core. */
export type CheckSchema = (value: unknown) => readonly SchemaProblem[]

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
  locate(path: readonly (string | number)[]): Position
}

/**
 * Reads template.yml or part.yml. Throws a MeshwrightError with every problem found, each with line and column: YAML
 * errors, and what does not fit the schema. References between names are checked by checkReferences, which needs the
 * parts too.
 * @param file how the file is called in messages
 */
export function parseManifest(text: string, file: string, checkSchema?: CheckSchema): ParsedManifest {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, logLevel: "error", prettyErrors: false })
  const at = (path: readonly (string | number)[]): Position => positionOf(document, lines, path)
  const found: Diagnostic[] = document.errors.map((error) =>
    problem("manifest-yaml", error.message.replace(/^Maximum call stack.*/, "is nested too deeply"), {
      file,
      position: lineColumn(lines, error.pos[0]),
    }),
  )
  if (found.length > 0) throw new MeshwrightError(found)
  const { value, problems } = manifestValue(document)
  for (const { path, message } of problems) found.push(problem("manifest-yaml", message, { file, position: at(path) }))
  if (found.length > 0) throw new MeshwrightError(found)
  if (!isMap(document.contents)) {
    throw new MeshwrightError([
      problem("manifest-schema", "is empty: it must be a map with name, version and description", { file }),
    ])
  }
  for (const { path, message } of checkSchema?.(value) ?? []) {
    found.push(
      problem("manifest-schema", `${path.length > 0 ? `${path.join(".")}: ` : ""}${message}`, {
        file,
        position: at(path),
      }),
    )
  }
  if (found.length > 0) throw new MeshwrightError(found)
  return { manifest: complete(value as YamlManifest), file, locate: at }
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

function positionOf(document: Document, lines: LineCounter, path: readonly (string | number)[]): Position {
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
