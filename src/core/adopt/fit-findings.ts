import { isSecret } from "../answers/is-secret.ts"
import { parseAnswer } from "../answers/parse-answer.ts"
import type { AnswerValue } from "../model/answers.ts"
import { type Diagnostic, problem } from "../model/diagnostic.ts"
import type { Question } from "../model/template.ts"
import { showValue } from "../show-value.ts"
import type { Findings, Found } from "./found.ts"
import type { ForeignRecord } from "./foreign-record.ts"

/** What was found for a question. */
export interface FoundAnswer extends Found {
  readonly question: string
}

export interface Fitting {
  readonly found: readonly FoundAnswer[]
  /** Questions about which something was found, and nothing that fits: nobody's default may answer these. */
  readonly misfits: readonly FoundAnswer[]
  /** Answers of another tool's record that no question of the template asks for. */
  readonly unknown: readonly string[]
}

/**
 * Finds answers for questions: those of another tool's record by equal names, else what the project tells by the
 * question's `guess`. Of several the first that the question accepts.
 */
export function fitFindings(
  questions: readonly Question[],
  findings: Findings,
  record: ForeignRecord | undefined,
): Fitting {
  const found: FoundAnswer[] = []
  const misfits: FoundAnswer[] = []
  for (const question of questions) {
    const { name, guess } = question
    if (isSecret(question)) continue
    const told = record?.answers[name]
    const recorded =
      record && told !== undefined && told !== null
        ? [{ raw: told, where: `${record.file}, ${name}`, isHint: false }]
        : []
    const guessed = guess !== undefined && Object.hasOwn(findings, guess) ? findings[guess]! : []
    const candidates = [
      ...recorded,
      ...guessed.map(({ value, where, isHint = false }) => ({ raw: value as unknown, where, isHint })),
    ]
    const fitting = candidates.flatMap(({ raw, where }) => {
      const parsed = parseAnswer(question, raw)
      return parsed.ok ? [{ question: name, value: parsed.value, where }] : []
    })[0]
    if (fitting !== undefined) found.push(fitting)
    else if (candidates[0]?.isHint === false)
      misfits.push({ question: name, value: candidates[0].raw as AnswerValue, where: candidates[0].where })
  }
  const asked = new Set(questions.map(({ name }) => name))
  return { found, misfits, unknown: Object.keys(record?.answers ?? {}).filter((name) => !asked.has(name)) }
}

/** Of a question that a default would answer although the project says something else that does not fit. */
export function misfitProblem({ question, value, where }: FoundAnswer, questions: readonly Question[]): Diagnostic {
  const asked = questions.find(({ name }) => name === question)
  const parsed = asked === undefined ? undefined : parseAnswer(asked, value)
  const why = parsed === undefined || parsed.ok ? "does not fit" : parsed.message
  return problem("missing-answer", `${question}: found ${showValue(value)} (${where}), which ${why}`, {
    hint: `--set ${question}=…`,
  })
}
