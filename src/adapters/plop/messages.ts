import type { Answers } from "../../core/model/answers.ts"
import type { Question } from "../../core/model/template.ts"

/** What meshwright and the process that runs a plopfile say to each other: JSON, nothing else. */
export type ToChild =
  | { readonly kind: "open"; readonly file: string; readonly project: string }
  | ({ readonly kind: "run" } & RunMessage)
  | { readonly kind: "answer"; readonly value: unknown }

export interface RunMessage {
  readonly generator: string
  /** NAME: the answer to the first question. */
  readonly name?: string
  readonly given: Readonly<Record<string, unknown>>
  /** Answers that win over defaults only, by the name of the question in capitals. */
  readonly environment: Readonly<Record<string, string>>
  readonly canAsk: boolean
}

export type ToParent =
  | { readonly kind: "opened"; readonly generators: readonly PlopGenerator[] }
  | { readonly kind: "ask"; readonly question: Question; readonly suggestion?: unknown; readonly trouble?: string }
  | { readonly kind: "refused"; readonly problems: readonly PlopProblem[] }
  | ({ readonly kind: "ran" } & RanMessage)
  | { readonly kind: "failed"; readonly message: string }

export interface PlopGenerator {
  readonly name: string
  readonly description: string
}

/** What is wrong with the answers, or with what the actions did. */
export interface PlopProblem {
  readonly code: "missing-answer" | "invalid-answer" | "unknown-answer" | "generator-failed" | "file-exists"
  readonly message: string
  readonly file?: string
  readonly hint?: string
}

export interface RanMessage {
  readonly answers: Answers
  readonly assumed: Answers
  readonly unused: readonly string[]
  readonly questions: readonly Question[]
}
