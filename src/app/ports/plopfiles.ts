import type { Answers, AnswerValue } from "../../core/model/answers.ts"
import type { Diagnostic } from "../../core/model/diagnostic.ts"
import type { Question } from "../../core/model/template.ts"
import type { Tree } from "../../core/model/tree.ts"

export interface PlopfileRequest {
  /** Absolute path of the plopfile, and of the template's folder, which it may read. */
  readonly file: string
  readonly folder: string
  /** The project, of which it gets a copy. */
  readonly project: Tree
  /** Says what the code prints. */
  readonly say: (text: string) => void
}

export interface PlopRun {
  readonly generator: string
  /** NAME: the answer to the first question. */
  readonly name?: string
  readonly given: Readonly<Record<string, unknown>>
  /** Answers that win over defaults only, by the name of the question in capitals. */
  readonly environment: Readonly<Record<string, string>>
  /** Asks the person; `trouble` is what was wrong with the answer before. Absent when nobody can be asked. */
  readonly ask?: (question: Question, suggestion: unknown, trouble: string | undefined) => Promise<AnswerValue>
}

/** How a generator ran: what it made of the project, or what is wrong. */
export type PlopRan =
  | { readonly kind: "refused"; readonly problems: readonly Diagnostic[] }
  | {
      readonly kind: "ran"
      readonly answers: Answers
      readonly assumed: Answers
      readonly unused: readonly string[]
      readonly questions: readonly Question[]
      readonly after: Tree
    }

export interface OpenPlopfile {
  readonly generators: readonly { readonly name: string; readonly description: string }[]
  /** Runs one of them, in the copy; once. Throws a MeshwrightError where the code fails. */
  run(request: PlopRun): Promise<PlopRan>
}

/** Runs plopfiles: code, which must be trusted before. */
export interface Plopfiles {
  /**
   * Runs a plopfile in a process of its own, which sees its template, a copy of the project and nothing else that it need
   * not, for as long as `work` takes. Throws a MeshwrightError where it cannot be read or fails.
   */
  use<T>(request: PlopfileRequest, work: (plopfile: OpenPlopfile) => Promise<T>): Promise<T>
}
