import { closest } from "../answers/closest.ts"
import { texts } from "../answers/default-answer.ts"
import { parseAnswer } from "../answers/parse-answer.ts"
import { isStructured } from "../merge/formats/index.ts"
import { type Diagnostic, problem } from "../model/diagnostic.ts"
import { pathProblem, type RelPath } from "../model/path.ts"
import type { AnswerValue } from "../model/answers.ts"
import type { Manifest, Question } from "../model/template.ts"
import { extendQuestions } from "./extend-questions.ts"
import type { ParsedManifest, SchemaProblem } from "./parse-manifest.ts"

/**
 * What is wrong with the keys of a template, and of the parts behind it, that speak of the template which it extends.
 * @param below absent where it extends none
 */
export function checkExtension([main, ...parts]: readonly ParsedManifest[], below: Manifest | undefined): Diagnostic[] {
  return [
    ...located(main, (manifest) => (below === undefined ? withoutParent(manifest) : onParent(manifest, below))),
    ...parts.flatMap((part) => located(part, (manifest) => ofPart(manifest, below))),
  ]
}

function located(parsed: ParsedManifest | undefined, check: (manifest: Manifest) => SchemaProblem[]): Diagnostic[] {
  if (parsed === undefined) return []
  return [...check(parsed.manifest), ...withoutStructure(parsed.manifest)].map(({ path, isKey, ...told }) =>
    problem("manifest-inconsistent", told.message, {
      ...told,
      file: parsed.file,
      position: parsed.locate(path, isKey),
    }),
  )
}

const OF_TEMPLATES = ["extends", "defaults", "fixed", "drop"] as const

function isGiven(manifest: Manifest, key: (typeof OF_TEMPLATES)[number]): boolean {
  return Object.keys(manifest[key] ?? {}).length > 0
}

function ofPart(manifest: Manifest, below: Manifest | undefined): SchemaProblem[] {
  return [
    ...OF_TEMPLATES.filter((key) => isGiven(manifest, key)).map((key) => ({
      path: [key],
      message: `${key} belongs into template.yml`,
      isKey: true,
      hint: "a part is files and questions",
    })),
    ...ownQuestions(manifest, below),
  ]
}

const EXTENDS_HINT = "take it out, or name the template: extends: builtin:domain"

function withoutParent(manifest: Manifest): SchemaProblem[] {
  const given = OF_TEMPLATES.filter((key) => isGiven(manifest, key))
  const message = (what: string): string => `${what} speaks of a template that this one extends, and it extends none`
  const layers =
    manifest.include.length > 0 ? [] : manifest.files.flatMap(({ layer }, index) => (layer === "merge" ? [index] : []))
  return [
    ...given.map((key) => ({ path: [key], isKey: true, message: message(key), hint: EXTENDS_HINT })),
    ...layers.map((index) => ({
      path: ["files", index, "layer"],
      isKey: true,
      message: message("layer"),
      hint: EXTENDS_HINT,
    })),
    ...ownQuestions(manifest, undefined),
  ]
}

function onParent(manifest: Manifest, below: Manifest): SchemaProblem[] {
  const inherited = below.questions.map(({ name }) => name)
  const questions = new Map(extendQuestions(below, manifest).map((question) => [question.name, question]))
  const answers = (["defaults", "fixed"] as const).flatMap((key) =>
    Object.entries(manifest[key]).flatMap(([name, value]): SchemaProblem[] => {
      if (!inherited.includes(name)) return [{ path: [key, name], message: noQuestion(key, name, below) }]
      const wrong = misfit(questions.get(name)!, value)
      return wrong === undefined ? [] : [{ path: [key, name], message: `${name}: ${JSON.stringify(value)} ${wrong}` }]
    }),
  )
  return [...answers, ...ownQuestions(manifest, below)]
}

/** Only a question that is there already may leave keys out, and its default has to fit what is changed. */
function ownQuestions(manifest: Manifest, below: Manifest | undefined): SchemaProblem[] {
  const inherited = new Set(below?.questions.map(({ name }) => name))
  const all = below === undefined ? manifest.questions : extendQuestions(below, manifest)
  return manifest.questions.flatMap((own, index): SchemaProblem[] => {
    if (!inherited.has(own.name)) return incomplete(own, index)
    const question = all.find(({ name }) => name === own.name)!
    const { default: value, fixed } = question
    const settled = fixed !== undefined || Object.hasOwn(manifest.defaults, own.name)
    const wrong = value === undefined || settled ? undefined : misfit(question, value)
    const message = `the default of ${own.name}, ${JSON.stringify(value)}, ${wrong}: give another one`
    return wrong === undefined ? [] : [{ path: ["questions", index], message }]
  })
}

/** Why a value is no answer; undefined where it is one, or only known when it is rendered. */
function misfit(question: Question, value: AnswerValue): string | undefined {
  if (texts(value).some((text) => text.includes("{{"))) return undefined
  const parsed = parseAnswer(question, value)
  return parsed.ok ? undefined : parsed.message
}

function noQuestion(key: string, name: string, below: Manifest): string {
  const names = below.questions.map((question) => question.name)
  const near = closest(name, names)
  const renamed = below.renamed_questions.find(({ question, to }) => question === name && names.includes(to))
  if (renamed !== undefined)
    return `${key} names ${name}, which ${below.name}, the template that this one extends, calls ${renamed.to} since ${renamed.since}`
  const hint = near === undefined ? `its questions: ${names.join(", ")}` : `did you mean ${near}?`
  return `${key} names ${name}, which is no question of ${below.name}, the template that this one extends (${hint})`
}

function incomplete(question: Partial<Question>, index: number): SchemaProblem[] {
  return (["type", "message"] as const)
    .filter((key) => question[key] === undefined)
    .map((key) => ({
      path: ["questions", index],
      message: `the question ${question.name} needs ${key}`,
      hint: `add \`${key}: …\``,
    }))
}

function withoutStructure({ files }: Manifest): SchemaProblem[] {
  return files.flatMap(({ path, layer }, index) => {
    const isPath = pathProblem(path) === undefined && !/[[\]{}!()+@]/.test(path)
    if (layer !== "merge" || !isPath || isStructured(path as RelPath)) return []
    return [
      {
        path: ["files", index, "layer"],
        message: `layer: merge: ${path} has no keys that could be merged; leave it out, and the file replaces the other`,
      },
    ]
  })
}
