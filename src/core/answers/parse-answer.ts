import type { Answers, AnswerValue } from "../model/answers.ts"
import type { Question } from "../model/template.ts"
import { splitList } from "./split-list.ts"
import { RESERVED_WORDS } from "./reserved-words.ts"

export type ParsedAnswer =
  | { readonly ok: true; readonly value: AnswerValue }
  | { readonly ok: false; readonly message: string }

const ok = (value: AnswerValue): ParsedAnswer => ({ ok: true, value })
const wrong = (message: string): ParsedAnswer => ({ ok: false, message })

/**
 * Turns what somebody gave (a text from a flag, a value from a file or a prompt) into the question's kind of answer, or
 * says in one sentence why it is none.
 * @param question with the choices that are offered (see offered-choices.ts); as the manifest has it, all are
 * @param earlier the answers so far, for questions that must differ from them
 */
export function parseAnswer(question: Question, raw: unknown, earlier: Answers = {}): ParsedAnswer {
  const parsed = parseKind(question, raw)
  if (!parsed.ok) return parsed
  const { differs_from: others, misfit, message } = question.validate ?? {}
  const same = others?.find((name) => earlier[name] === parsed.value)
  if (same !== undefined) return wrong(`must not be the same as ${same}`)
  const trouble = misfit?.(parsed.value)
  return trouble === undefined ? parsed : wrong(message ?? trouble)
}

function parseKind(question: Question, raw: unknown): ParsedAnswer {
  // `name:` with nothing behind it, in YAML.
  if (raw === null) return wrong("must not be empty")
  switch (question.type) {
    case "confirm":
      return parseConfirm(raw)
    case "number":
      return parseNumber(question, raw)
    case "list":
    case "checkbox":
      return parseList(question, raw)
    case "select":
      return parseChoice(question, raw)
    case "input":
    case "password":
      return parseText(question, raw)
  }
}

function parseConfirm(raw: unknown): ParsedAnswer {
  if (typeof raw === "boolean") return ok(raw)
  const text = String(raw).trim().toLowerCase()
  if (["true", "yes", "y", "1"].includes(text)) return ok(true)
  if (["false", "no", "n", "0"].includes(text)) return ok(false)
  return wrong("must be true or false")
}

function parseNumber(question: Question, raw: unknown): ParsedAnswer {
  const value = typeof raw === "number" ? raw : Number(String(raw).trim() === "" ? Number.NaN : raw)
  if (!Number.isFinite(value)) return wrong("must be a number")
  const { min, max } = question.validate ?? {}
  if (min !== undefined && value < min) return wrong(`must be at least ${min}`)
  if (max !== undefined && value > max) return wrong(`must be at most ${max}`)
  return ok(value)
}

/** What is wrong with one item of a list, said of the list. */
export function namesWrong(item: string, message: string): string {
  return `names ${JSON.stringify(item)}, which ${message}`
}

function parseList(question: Question, raw: unknown): ParsedAnswer {
  const isNested = Array.isArray(raw) ? raw.some((item) => typeof item === "object") : typeof raw === "object"
  if (isNested) return wrong("must be a list of texts")
  const values = splitList(raw)
  const repeated = values.find((item, index) => values.indexOf(item) !== index)
  if (repeated !== undefined) return wrong(`names ${JSON.stringify(repeated)} twice`)
  const { min, max } = question.validate ?? {}
  if (min !== undefined && values.length < min) return wrong(`must name at least ${min}`)
  if (max !== undefined && values.length > max) return wrong(`must name at most ${max}`)
  for (const value of values) {
    const checked = question.type === "checkbox" ? parseChoice(question, value) : checkText(question, value)
    if (!checked.ok) return wrong(namesWrong(value, checked.message))
  }
  return ok(values)
}

function parseChoice(question: Question, raw: unknown): ParsedAnswer {
  const text = String(raw)
  const choices = (question.choices ?? []).map(({ value }) => value)
  if (choices.includes(text)) return ok(text)
  // What an earlier answer offers is only known with that answer.
  if (question.choices_from !== undefined) return checkText(question, text)
  return wrong(choices.length === 1 ? `must be ${choices[0]}` : `must be one of ${choices.join(", ")}`)
}

function parseText(question: Question, raw: unknown): ParsedAnswer {
  if (typeof raw === "object" && raw !== null) return wrong("must be one text")
  const text = question.type === "password" ? String(raw) : String(raw).trim()
  const { min, max } = question.validate ?? {}
  if (min !== undefined && text.length < min) return wrong(`must have at least ${min} characters`)
  if (max !== undefined && text.length > max) return wrong(`must have at most ${max} characters`)
  return checkText(question, text)
}

/** What no answer may hold: it would be run as code by dbt, a CI system or Terraform, whatever the quoting around it. */
const CODE = /\{\{|\{%|\{#|\$\{|%\{/
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/
const LONGEST = 200

function checkText(question: Question, text: string): ParsedAnswer {
  if (text === "") return wrong("must not be empty")
  if (text.length > LONGEST) return wrong(`must have at most ${LONGEST} characters`)
  if (CONTROL.test(text)) return wrong("must be one line without control characters")
  if (CODE.test(text)) return wrong("must not hold template code ({{, {%, {#, ${, %{)")
  const { pattern, message, not, reserved } = question.validate ?? {}
  if (pattern !== undefined && !new RegExp(pattern, "u").test(text)) {
    return wrong(message === undefined ? `must match ${pattern}` : message)
  }
  const word = text.toLowerCase()
  if (not?.includes(word)) return wrong("cannot be used here; choose another name")
  const list = reserved?.find((name) => RESERVED_WORDS[name]?.has(word))
  if (list !== undefined)
    return wrong(`is a reserved word (${list === "files" ? "YAML or Windows" : list}); choose another name`)
  return ok(text)
}
