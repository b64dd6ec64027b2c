import type { DbtProject } from "../../core/add/dbt-project.ts"
import { knownColumns } from "../../core/add/known-columns.ts"
import { closest } from "../../core/answers/closest.ts"
import type { Answers, AnswerValue } from "../../core/model/answers.ts"
import { type Diagnostic, problem } from "../../core/model/diagnostic.ts"
import type { DataGenerator, DbtRole } from "../../core/model/generator.ts"
import type { Question } from "../../core/model/template.ts"
import type { Prompter } from "../ports/prompter.ts"

/** Name of the guess for questions about columns. */
const COLUMNS = "dbt_columns"

// More than this nobody wants to scroll through.
const MOST_CHOICES = 40

/** Asks questions about what is in the dbt project such that only what is there can be said; and for a new name, only what is not. */
export function dbtPrompter(prompter: Prompter, dbt: DbtProject, roles: NonNullable<DataGenerator["dbt"]>): Prompter {
  return {
    ...prompter,
    ask: (question, suggestion, validate) => {
      const role = roles[question.name]
      if (role === undefined || role === "columns") return prompter.ask(question, suggestion, validate)
      const names = [...namesOf(role, dbt)]
      if (role !== "new_model" && names.length < MOST_CHOICES) {
        const choices = ["none", ...names.toSorted()].map((value) => ({ value, label: value }))
        return prompter.ask({ ...question, type: "select", choices }, suggestion, validate)
      }
      return prompter.ask(question, suggestion, (value) => {
        const checked = validate(value)
        return checked === true ? (roleProblem(question, role, dbt, value)?.message ?? true) : checked
      })
    },
  }
}

/** Answers that name what is not in the dbt project. Whether a new name is free is seen when it is known where it goes. */
export function dbtProblems(
  { manifest, dbt: roles = {} }: DataGenerator,
  dbt: DbtProject,
  answers: Answers,
): Diagnostic[] {
  return manifest.questions.flatMap((question) => {
    const role = roles[question.name]
    if (role === undefined || role === "new_model" || role === "columns" || !(question.name in answers)) return []
    return roleProblem(question, role, dbt, answers[question.name]) ?? []
  })
}

/** The generator, with its questions about columns answered by those of the model that another answer names. */
export function withGuesses(generator: DataGenerator): DataGenerator {
  const { manifest, dbt = {} } = generator
  const questions = manifest.questions.map((question) => {
    return dbt[question.name] === "columns" ? { ...question, guess: COLUMNS } : question
  })
  return { ...generator, manifest: { ...manifest, questions } }
}

/** What the dbt project tells about questions, once these answers were given. */
export function dbtGuesses(
  { dbt: roles = {} }: DataGenerator,
  dbt: DbtProject,
  answers: Readonly<Record<string, unknown>>,
): Record<string, AnswerValue> {
  const [model] = Object.keys(roles).filter((name) => roles[name] === "model" && Object.hasOwn(answers, name))
  const columns = model === undefined ? [] : knownColumns(dbt, String(answers[model]))
  return columns.length > 0 ? { [COLUMNS]: columns } : {}
}

function roleProblem(question: Question, role: DbtRole, dbt: DbtProject, value: unknown): Diagnostic | undefined {
  const name = String(value)
  const names = namesOf(role, dbt)
  if (role === "new_model") {
    const path = dbt.nodes.get(name)
    return path === undefined ? undefined : problem("model-exists", `${name} is there already: ${path}`)
  }
  if (name === "none" || names.has(name)) return undefined
  const near = closest(name, [...names])
  return problem(`no-${role}`, `${question.name}: there is no ${role} ${JSON.stringify(name)} in this project`, {
    hint: near === undefined ? `--set ${question.name}=…` : `did you mean ${near}?`,
  })
}

function namesOf(role: DbtRole, { nodes, groups }: DbtProject): ReadonlySet<string> {
  return new Set(role === "group" ? groups.map(({ name }) => name) : nodes.keys())
}
