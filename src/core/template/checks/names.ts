import { didYouMean } from "../../answers/closest.ts"
import type { Manifest, Question } from "../../model/template.ts"

/** What a template, its parts and the template that it extends declare. */
export interface Names {
  /** In the order in which they are asked. */
  readonly questions: ReadonlyMap<string, Question>
  readonly derived: ReadonlyMap<string, string>
  /** All of them. */
  readonly all: ReadonlySet<string>
  /** Questions of the extended template: how they and the own ones stand to each other is not for one manifest to say. */
  readonly inherited: ReadonlySet<string>
}

export function declaredBy(manifests: readonly Manifest[], below: Manifest | undefined): Names {
  const all = below === undefined ? manifests : [below, ...manifests]
  const questions = new Map(all.flatMap((each) => each.questions.map((question) => [question.name, question] as const)))
  const derived = new Map(all.flatMap((each) => Object.entries(each.derived)))
  return {
    questions,
    derived,
    all: new Set([...questions.keys(), ...derived.keys()]),
    inherited: new Set(below?.questions.map(({ name }) => name)),
  }
}

/** Advice about a name that no question has. */
export function questionHint(name: string, { questions }: Names): string {
  const names = [...questions.keys()]
  return didYouMean(
    name,
    names,
    names.length === 0 ? "the template asks nothing" : `its questions: ${names.join(", ")}`,
  )
}
