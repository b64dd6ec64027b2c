import type { AnswerValue } from "../../core/model/answers.ts"
import type { Question } from "../../core/model/template.ts"

/** A person at a terminal. Every method throws a MeshwrightError of kind `interrupted` on Ctrl-C. */
export interface Prompter {
  /** Asks one question; `validate` is run while typing is finished and its text shown until the answer fits. */
  ask(question: Question, suggestion: unknown, validate: (value: unknown) => string | true): Promise<AnswerValue>
  confirm(message: string, suggestion: boolean): Promise<boolean>
  choose(message: string, choices: readonly { readonly value: string; readonly label: string }[]): Promise<string>
  /** Shows text between questions. */
  say(text: string): void
}
