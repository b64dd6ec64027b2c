import inquirer from "inquirer"
import { isSecret } from "../core/answers/is-secret.ts"
import { splitList } from "../core/answers/split-list.ts"
import { wrapText } from "../core/wrap-text.ts"
import { showValue } from "../core/show-value.ts"
import { MeshwrightError, problem } from "../core/model/diagnostic.ts"
import type { AnswerValue } from "../core/model/answers.ts"
import type { Question } from "../core/model/template.ts"
import type { Prompter } from "../app/ports/prompter.ts"

/** Asks a person at the terminal, on stderr: stdout is for results. */
export function inquirerPrompter(): Prompter {
  const prompt = inquirer.createPromptModule({ output: process.stderr })
  return {
    ask: (question, suggestion, validate) =>
      interruptible(async () => {
        if (question.help !== undefined) {
          // A terminal breaks lines inside of words.
          process.stderr.write(`\n${wrapText(`  ${question.help}`, process.stderr.columns || 80)}\n`)
        }
        const { value } = (await prompt([
          { name: "value", ...promptFor(question, suggestion, validate) } as never,
        ])) as { value: unknown }
        return asAnswer(question, value)
      }),
    confirm: (message, suggestion) =>
      interruptible(async () => {
        const { value } = (await prompt([{ name: "value", type: "confirm", message, default: suggestion }])) as {
          value: boolean
        }
        return value
      }),
    choose: (message, choices) =>
      interruptible(async () => {
        const options = choices.map(({ value, label }) => ({ value, name: label, short: value }))
        const { value } = (await prompt([{ name: "value", type: "select", message, choices: options }])) as {
          value: string
        }
        return value
      }),
    say: (text) => void process.stderr.write(`${text}\n`),
  }
}

function promptFor(
  question: Question,
  suggestion: unknown,
  validate: (value: unknown) => string | true,
): Record<string, unknown> {
  const { message } = question
  if (isSecret(question) && ["input", "list", "number"].includes(question.type))
    return { type: "password", message, mask: "*", validate }
  const choices = question.choices?.map(({ value, label }) => ({ value, name: label }))
  switch (question.type) {
    case "select":
      return { type: "select", message, choices, default: suggestion }
    case "checkbox": {
      const chosen = Array.isArray(suggestion) ? suggestion : []
      return {
        type: "checkbox",
        message,
        choices: choices?.map((choice) => ({ ...choice, checked: chosen.includes(choice.value) })),
        validate: (items: readonly { readonly value: string }[]) => validate(items.map(({ value }) => value)),
      }
    }
    case "confirm":
      return { type: "confirm", message, default: suggestion }
    case "password":
      return { type: "password", message, mask: "*", validate }
    case "list":
      return {
        type: "input",
        message: `${message} (separated by commas)`,
        default: Array.isArray(suggestion) ? suggestion.join(",") : suggestion,
        validate,
      }
    case "number":
    case "input":
      // A suggestion can be edited with Tab; numbers are typed as text and checked like one.
      return { type: "input", message, default: suggestion === undefined ? undefined : showValue(suggestion), validate }
  }
}

function asAnswer(question: Question, value: unknown): AnswerValue {
  if (question.type === "list") return splitList(value)
  if (question.type === "number") return Number(value)
  return typeof value === "string" && question.type !== "password" ? value.trim() : (value as AnswerValue)
}

/** Ctrl-C and a closed terminal end a prompt with an error of inquirer's; ours says that nothing was changed. */
async function interruptible<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && ["ExitPromptError", "AbortPromptError"].includes(error.name)) {
      throw new MeshwrightError([problem("interrupted", "interrupted; nothing was changed")], "interrupted", {
        cause: error,
      })
    }
    throw error
  }
}
