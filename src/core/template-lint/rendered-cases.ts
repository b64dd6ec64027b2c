import { holds } from "../answers/condition.ts"
import { declaredNames, deriveValues } from "../answers/derive.ts"
import { type Diagnostic, MeshwrightError } from "../model/diagnostic.ts"
import type { Answers } from "../model/answers.ts"
import type { Condition, RenderedTree, Template } from "../model/template.ts"
import { globMatcher } from "../render/glob.ts"
import { originId, renderPath, renderTree } from "../render/render-tree.ts"
import { answerSpace, type AnswerSpace } from "../template-tests/answer-space.ts"
import { coverAnswers } from "../template-tests/cover-answers.ts"

/** What a template renders for one set of answers, or why it does not. */
export interface RenderedCase {
  readonly answers: Answers
  readonly tree: RenderedTree
  readonly problems: readonly Diagnostic[]
}

/** A template, tried with answers that hold every pair of values, and render every file that can be rendered. */
export interface TriedTemplate {
  readonly template: Template
  readonly space: AnswerSpace
  readonly cases: readonly RenderedCase[]
  readonly pairs: number
}

/** Renders a template with a covering set of answers. */
export function tryTemplate(template: Template): TriedTemplate {
  const { manifest } = template
  const space = answerSpace(manifest)
  const { cases, pairs } = coverAnswers(manifest, space)
  const rendered = cases.map((answers) => renderCase(template, answers))
  const more = missingFiles(template, space, rendered).map((answers) => renderCase(template, answers))
  return { template, space, cases: [...rendered, ...more], pairs }
}

/** One rendering; what is wrong comes back. */
export function renderCase(template: Template, answers: Answers): RenderedCase {
  try {
    return { answers, tree: renderTree(template, answers), problems: [] }
  } catch (error) {
    if (!(error instanceof MeshwrightError)) throw error
    return { answers, tree: new Map(), problems: error.diagnostics }
  }
}

/** Answers for files that no case rendered, as three questions or more may have to agree for them. */
function missingFiles(template: Template, space: AnswerSpace, cases: readonly RenderedCase[]): readonly Answers[] {
  const seen = new Set(cases.flatMap(({ tree }) => [...tree.values()].map(({ origin }) => origin)))
  const found: Answers[] = []
  for (const layer of template.layers) {
    for (const origin of layer.files.keys()) {
      if (seen.has(originId(layer.part, origin))) continue
      const way = space.ways.find(({ answers, values }) => {
        if (!holds(layer.when, values)) return false
        const path = pathOrNone(template, origin, answers)
        return path !== undefined && rulesFor(template, path).every((when) => holds(when, values))
      })
      if (way && !found.includes(way.answers)) found.push(way.answers)
    }
  }
  return found
}

/** The conditions of the file rules that fit a path. */
function rulesFor({ manifest }: Template, path: string): readonly (Condition | undefined)[] {
  return manifest.files.filter((rule) => globMatcher(rule.path)(path)).map(({ when }) => when)
}

/** Where a file of the template would be with these answers, whatever the file rules say. */
export function pathOrNone({ manifest }: Template, origin: string, answers: Answers): string | undefined {
  try {
    return renderPath(origin, deriveValues(manifest, answers), declaredNames(manifest))
  } catch (error) {
    if (error instanceof MeshwrightError) return undefined
    throw error
  }
}
