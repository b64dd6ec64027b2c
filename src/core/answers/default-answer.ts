import type { AnswerValue } from "../model/answers.ts"
import type { Question } from "../model/template.ts"
import { namesIn, render } from "../render/engine.ts"
import type { Values } from "./derive.ts"
import { offeredDefault } from "./offered-choices.ts"

/**
 * The default of a question after these answers, its Handlebars rendered, and one of the choices that are offered.
 * undefined where it has none, or one over an answer that is itself missing. Throws a MeshwrightError for what does not render.
 */
export function defaultAnswer(question: Question, values: Values): AnswerValue | undefined {
  const { name, default: value } = question
  if (value === undefined) return undefined
  const rendered = texts(value).map((text) => renderDefault(text, name, values))
  if (rendered.includes(undefined)) return undefined
  if (typeof value === "string") return offeredDefault(question, rendered[0]!)
  // An item that renders to nothing is none.
  if (typeof value === "object")
    return offeredDefault(
      question,
      (rendered as string[]).filter((item) => item !== ""),
    )
  return value
}

/** The parts of a default that are rendered. */
export function texts(value: AnswerValue): readonly string[] {
  if (typeof value === "string") return [value]
  return typeof value === "object" ? value : []
}

function renderDefault(text: string, name: string, values: Values): string | undefined {
  if (!namesIn(text).every((needed) => needed in values)) return undefined
  return render(text, values, `template.yml (default of ${name})`)
}
