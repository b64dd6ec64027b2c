import { parseAllDocuments } from "yaml"
import { parseAnswer } from "../answers/parse-answer.ts"
import { formatOf } from "../merge/formats/index.ts"
import type { Answers, AnswerValue } from "../model/answers.ts"
import type { Diagnostic, Position } from "../model/diagnostic.ts"
import type { Question, RenderedFile, Template } from "../model/template.ts"
import { mentionsIn } from "../render/mentions.ts"
import { originId } from "../render/render-tree.ts"
import { samplesOf } from "../template-tests/sample-values.ts"
import { fileOf, type LintInput, ownLayers, templateText, warning } from "./lint-input.ts"
import { type RenderedCase, renderCase, type TriedTemplate } from "./rendered-cases.ts"
import { tokenKinds } from "./tokens.ts"

const HELPER: Readonly<Record<string, string>> = {
  yaml: "yaml",
  json: "json",
  hcl: "hcl",
  toml: "json",
  sql: "sqlString",
}
const QUOTING = new Set(["yaml", "json", "hcl", "sqlString", "sh"])

/** Answers that mean something to one format or another, where they are not quoted. */
const HOSTILE: readonly string[] = [
  "a: b",
  "a #b",
  'a"b',
  "a'b",
  "a\\b",
  "yes",
  "null",
  "0123",
  "1e3",
  "12:30",
  "- a",
  "[a",
  "*a",
  "!a b",
  "@a",
  "`a`",
  "a, b",
  "a; b",
  "a--b",
]

/**
 * Files in which an answer that a question accepts can mean something else than its text: it ends a string, becomes a key, a
 * number or a comment. Found by trying such answers. Questions that conditions look at are left out: with another answer of
 * theirs the file may well be another one.
 */
export function checkQuoting({ template }: LintInput, { cases, space }: TriedTemplate): readonly Diagnostic[] {
  const { manifest } = template
  const usable = manifest.questions.filter(
    ({ name, type }) => (type === "input" || type === "password" || type === "list") && !space.deciding.has(name),
  )
  return usable.flatMap((question) => {
    const hostile = HOSTILE.filter((text) => parseAnswer(question, valueFor(question, text)).ok)
    if (hostile.length === 0) return []
    return ownLayers(template).flatMap((layer) =>
      [...layer.files].flatMap(([origin, { bytes }]) => {
        const text = templateText(origin, bytes)
        if (text === undefined) return []
        const place = writtenAt(template, text, question.name)
        if (place === undefined) return []
        const id = originId(layer.part, origin)
        const found = breaking(template, cases, question, hostile, id)
        if (found === undefined) return []
        const { format, answer } = found
        const helper = HELPER[format]!
        return [
          warning(
            "unquoted-answer",
            `${question.name} can break out of its place: ${answer} is an answer that it accepts`,
            {
              file: fileOf(template, layer, origin),
              position: place,
              hint: `write it through the helper: {{${helper} ${question.name}}}, without quotes around it; or let the question's pattern refuse such answers`,
            },
          ),
        ]
      }),
    )
  })
}

function valueFor({ type }: Question, text: string): AnswerValue {
  return type === "list" ? [text] : text
}

/** The first place where an answer is written without a helper that quotes; itself, what is derived from it, or an item. */
function writtenAt({ manifest }: Template, text: string, name: string): Position | undefined {
  const names = new Set([name])
  for (const [derived, source] of Object.entries(manifest.derived))
    if (mentionsIn(source).some((each) => names.has(each.name))) names.add(derived)
  const mentions = mentionsIn(text)
  if (!mentions.some((each) => names.has(each.name))) return undefined
  const written = mentions.filter((each) => each.written && !QUOTING.has(each.helper ?? ""))
  const isItem = (each: (typeof written)[number]): boolean => ["this", "item"].includes(each.name)
  return written.find((each) => names.has(each.name) || isItem(each))?.position
}

/** The first answer that changes what a file says beyond the answer itself. */
function breaking(
  template: Template,
  cases: readonly RenderedCase[],
  question: Question,
  hostile: readonly string[],
  id: string,
): { readonly format: string; readonly answer: string } | undefined {
  const start = cases.find(({ answers, tree }) => question.name in answers && fileOfOrigin(tree, id) !== undefined)
  if (start === undefined) return undefined
  const samples = samplesOf(template.manifest, question, start.answers)
  const harmless = samples.find((value) => /^[a-z]{3,}$/.test(plain(value))) ?? samples.at(-1)
  if (harmless === undefined) return undefined
  const render = (value: AnswerValue): RenderedFile | undefined =>
    fileOfOrigin(renderOnly(template, id, { ...start.answers, [question.name]: value }).tree, id)
  const before = render(question.type === "list" ? [plain(harmless)] : harmless)
  if (before === undefined) return undefined
  const format = formatOf(before.path).name
  if (HELPER[format] === undefined) return undefined
  const expected = shapeOf(format, textOf(before))
  for (const text of hostile) {
    const after = render(valueFor(question, text))
    if (after === undefined || after.path !== before.path) continue
    if (!sameShape(expected, shapeOf(format, textOf(after)), plain(harmless), text))
      return { format, answer: JSON.stringify(text) }
  }
  return undefined
}

/** The template with this file only: the others need not be rendered. */
function renderOnly(template: Template, id: string, answers: Answers): RenderedCase {
  const layers = template.layers.map((layer) => ({
    ...layer,
    files: new Map([...layer.files].filter(([origin]) => originId(layer.part, origin) === id)),
  }))
  return renderCase({ ...template, layers }, answers)
}

function fileOfOrigin(tree: RenderedCase["tree"], id: string): RenderedFile | undefined {
  return [...tree.values()].find(({ origin }) => origin === id)
}

function plain(value: AnswerValue): string {
  return Array.isArray(value) ? String(value[0]) : String(value)
}

function textOf({ bytes }: RenderedFile): string {
  return Buffer.from(bytes).toString("utf8")
}

/** What a text says without the words in it; undefined where it cannot be read. */
type Shape = { readonly kinds: string; readonly texts: readonly string[] } | undefined

function shapeOf(format: string, text: string): Shape {
  if (format !== "yaml") return { kinds: tokenKinds(format, text) ?? "", texts: [] }
  // As YAML 1.1 reads it, and so do dbt and others: yes is no text there.
  const documents = parseAllDocuments(text, {
    version: "1.1",
    uniqueKeys: true,
    prettyErrors: false,
    logLevel: "silent",
  })
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined
  const texts: string[] = []
  const kinds = documents.map((document) => kindsOf(document.toJS({ mapAsMap: true, maxAliasCount: 100 }), texts))
  return { kinds: kinds.join("\n"), texts }
}

function kindsOf(value: unknown, texts: string[]): string {
  if (value instanceof Map)
    return `{${[...value].map(([key, item]) => `${kindsOf(key, texts)}:${kindsOf(item, texts)}`).join()}}`
  if (Array.isArray(value)) return `[${value.map((item) => kindsOf(item, texts)).join()}]`
  if (typeof value !== "string") return value === null ? "null" : typeof value
  texts.push(value)
  return "text"
}

/** Whether both say the same but for the answer, and nothing of the answer was lost. */
function sameShape(before: Shape, after: Shape, harmless: string, hostile: string): boolean {
  if (before === undefined || after === undefined) return before === after
  if (before.kinds !== after.kinds) return false
  return before.texts.every((text, index) => {
    const expected = text.replaceAll(harmless, hostile)
    const found = after.texts[index]!
    return found === expected || expected === text || !(expected.startsWith(found) && found !== "")
  })
}
