import type { Answers, AnswerValue } from "../model/answers.ts"
import { MeshwrightError } from "../model/diagnostic.ts"
import type { RelPath } from "../model/path.ts"
import type { RenderedTree, Template } from "../model/template.ts"
import { renderTree } from "../render/render-tree.ts"

/**
 * The files that would tell an answer which the surroundings might have told (`guess`), and did not: an owner that does
 * not exist is worse than none. Found by rendering once more with other texts in the place of these answers.
 */
export function assumedFiles(
  template: Template,
  answers: Answers,
  assumed: Readonly<Record<string, AnswerValue>>,
  rendered: RenderedTree,
): ReadonlySet<RelPath> {
  const others = template.manifest.questions.flatMap(({ name, type, guess }): (readonly [string, string])[] => {
    const value = assumed[name]
    return type === "input" && guess !== undefined && typeof value === "string" ? [[name, `${value}x`]] : []
  })
  if (others.length === 0) return new Set()
  try {
    const varied = renderTree(template, { ...answers, ...Object.fromEntries(others) })
    return new Set(
      [...rendered].flatMap(([path, { bytes }]) => {
        const other = varied.get(path)
        return other !== undefined && Buffer.compare(bytes, other.bytes) === 0 ? [] : [path]
      }),
    )
  } catch (error) {
    // Text that is none of the question's need not render.
    if (error instanceof MeshwrightError) return new Set()
    throw error
  }
}
