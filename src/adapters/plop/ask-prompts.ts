import { splitList } from "../../core/answers/split-list.ts"
import type { AnswerValue } from "../../core/model/answers.ts"
import type { Question, QuestionType } from "../../core/model/template.ts"
import { showValue } from "../../core/show-value.ts"
import type { PlopProblem, RunMessage } from "./messages.ts"

type Data = Record<string, unknown>
type Call = (...args: unknown[]) => unknown

/** A prompt of a plopfile, as far as it is understood; what is a function is called with the answers so far. */
export interface PlopPrompt {
  readonly name: string
  readonly type?: string
  readonly message?: unknown
  readonly default?: unknown
  readonly choices?: unknown
  readonly when?: unknown
  readonly filter?: Call
  readonly validate?: Call
}

/** Asks the person for one answer. */
type Ask = (question: Question, suggestion: unknown, trouble: string | undefined) => Promise<unknown>

/** How the questions of one run went. */
export interface Asked {
  /** What the actions get: values as the prompts make them. */
  readonly data: Data
  readonly assumed: Record<string, AnswerValue>
  readonly questions: Question[]
  readonly problems: PlopProblem[]
  /** Names of all prompts, those that do not apply too. */
  readonly names: Set<string>
}

interface Choice {
  /** What names it on the command line. */
  readonly key: string
  readonly value: unknown
  readonly checked: boolean
}

const TYPES: Readonly<Record<string, QuestionType>> = {
  confirm: "confirm",
  number: "number",
  password: "password",
  checkbox: "checkbox",
  list: "select",
  rawlist: "select",
  expand: "select",
  select: "select",
  search: "select",
}

/** Asks the prompts of a plopfile in their order, as inquirer would, with answers that were given first. */
export async function askPrompts(
  prompts: readonly PlopPrompt[],
  run: RunMessage,
  ask: Ask | undefined,
  asked: Asked,
): Promise<void> {
  for (const { name } of prompts) asked.names.add(name)
  for (const prompt of prompts) {
    try {
      await askPrompt(prompt, run, ask, asked)
    } catch (error) {
      // After an answer that is missing or wrong, what later prompts make of it is no news.
      if (asked.problems.length === 0) throw error
      return
    }
  }
}

async function askPrompt(
  prompt: PlopPrompt,
  { given, environment }: RunMessage,
  ask: Ask | undefined,
  asked: Asked,
): Promise<void> {
  const { data } = asked
  const { name } = prompt
  if (prompt.when !== undefined && !(await valueOf(prompt.when, data))) return
  const choices = await choicesOf(prompt, data)
  const question = await questionOf(prompt, choices, data)
  asked.questions.push(question)
  const known = Object.hasOwn(given, name) ? given[name] : environment[name.toUpperCase()]
  const suggestion = suggestionOf(await valueOf(prompt.default, data), choices, question.type)
  if (known === undefined) {
    if (ask) data[name] = await askUntilRight(prompt, question, choices, suggestion, data, ask)
    else await assume(prompt, question, choices, suggestion, asked)
    return
  }
  const checked = await check(prompt, question, choices, known, data)
  if ("value" in checked) data[name] = checked.value
  else {
    const message = `${name}: ${shown(question, known)} ${checked.trouble}`
    asked.problems.push({ code: "invalid-answer", message, hint: `--set ${name}=…` })
  }
}

async function askUntilRight(
  prompt: PlopPrompt,
  question: Question,
  choices: readonly Choice[],
  suggestion: unknown,
  data: Data,
  ask: Ask,
): Promise<unknown> {
  for (let trouble: string | undefined; ;) {
    const checked = await check(prompt, question, choices, await ask(question, suggestion, trouble), data)
    if ("value" in checked) return checked.value
    trouble = checked.trouble
  }
}

/** The default, where nobody is asked; a question without one has to be answered. */
async function assume(
  prompt: PlopPrompt,
  question: Question,
  choices: readonly Choice[],
  suggestion: unknown,
  asked: Asked,
): Promise<void> {
  const { name } = prompt
  const value = suggestion ?? (question.type === "confirm" ? true : question.type === "checkbox" ? [] : undefined)
  const checked = value === undefined ? undefined : await check(prompt, question, choices, value, asked.data)
  if (checked && "value" in checked) {
    asked.data[name] = checked.value
    asked.assumed[name] = value as AnswerValue
  } else {
    const message = `${name} is not answered: ${question.message}`
    asked.problems.push({ code: "missing-answer", message, hint: `--set ${name}=…` })
  }
}

/** An answer as the actions get it, or what is wrong with it. */
async function check(
  prompt: PlopPrompt,
  question: Question,
  choices: readonly Choice[],
  raw: unknown,
  data: Data,
): Promise<{ readonly value: unknown } | { readonly trouble: string }> {
  const converted = convert(question, choices, raw)
  if ("trouble" in converted) return converted
  const filtered = prompt.filter ? await prompt.filter(converted.value, data) : converted.value
  const verdict = prompt.validate ? await prompt.validate(filtered, data) : true
  if (verdict === true || verdict === undefined) return { value: filtered }
  return { trouble: typeof verdict === "string" ? verdict : "does not fit" }
}

function convert(
  { type }: Question,
  choices: readonly Choice[],
  raw: unknown,
): { readonly value: unknown } | { readonly trouble: string } {
  const text = showValue(raw).trim()
  switch (type) {
    case "confirm":
      if (typeof raw === "boolean") return { value: raw }
      return /^(true|yes|y|1|false|no|n|0)$/i.test(text)
        ? { value: /^(true|yes|y|1)$/i.test(text) }
        : { trouble: "must be true or false" }
    case "number":
      return text !== "" && Number.isFinite(Number(text)) ? { value: Number(text) } : { trouble: "must be a number" }
    case "select":
      return pick(choices, text)
    case "checkbox": {
      const picked = splitList(raw).map((item) => pick(choices, item))
      const wrong = picked.find((each) => "trouble" in each)
      return wrong ?? { value: picked.map((each) => ("value" in each ? each.value : undefined)) }
    }
    default:
      return { value: typeof raw === "string" ? raw : text }
  }
}

function pick(choices: readonly Choice[], key: string): { readonly value: unknown } | { readonly trouble: string } {
  const choice = choices.find((each) => each.key === key)
  return choice ? { value: choice.value } : { trouble: `must be one of ${choices.map((each) => each.key).join(", ")}` }
}

async function questionOf(prompt: PlopPrompt, choices: readonly Choice[], data: Data): Promise<Question> {
  const type = TYPES[prompt.type ?? "input"] ?? "input"
  const message = showValue((await valueOf(prompt.message, data)) ?? prompt.name)
  const options = choices.map(({ key }) => ({ value: key, label: key }))
  return { name: prompt.name, type, message, ...(options.length > 0 ? { choices: options } : {}) }
}

async function choicesOf({ choices }: PlopPrompt, data: Data): Promise<Choice[]> {
  const list = await valueOf(choices, data)
  return (Array.isArray(list) ? (list as unknown[]) : []).flatMap((each): Choice[] => {
    if (typeof each !== "object" || each === null) return [{ key: String(each), value: each, checked: false }]
    const { name, value, disabled, checked, type } = each as Data
    if (type === "separator" || disabled) return []
    const key = typeof value === "string" || typeof value === "number" ? String(value) : showValue(name)
    return [{ key, value: value ?? name, checked: checked === true }]
  })
}

/** A default as a person would answer it: of choices the key. */
function suggestionOf(value: unknown, choices: readonly Choice[], type: QuestionType): unknown {
  if (type === "checkbox") {
    const wanted = Array.isArray(value) ? (value as unknown[]) : []
    return choices.filter((each) => each.checked || wanted.includes(each.value)).map(({ key }) => key)
  }
  if (type !== "select") return value
  const choice =
    choices.find((each) => each.value === value) ?? (typeof value === "number" ? choices[value] : undefined)
  return choice?.key
}

async function valueOf(value: unknown, data: Data): Promise<unknown> {
  return typeof value === "function" ? await (value as Call)(data) : value
}

function shown({ type }: Question, value: unknown): string {
  return type === "password" ? "the value" : JSON.stringify(value)
}
