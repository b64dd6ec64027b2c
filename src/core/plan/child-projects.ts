import { deriveValues } from "../answers/derive.ts"
import { MeshwrightError, problem } from "../model/diagnostic.ts"
import type { Answers, AnswerValue } from "../model/answers.ts"
import { pathProblem } from "../model/path.ts"
import type { Manifest } from "../model/template.ts"
import { render } from "../render/engine.ts"

/** A project to be made inside another: where, from what, and told what. */
export interface PlannedChild {
  readonly template: string
  readonly version?: string
  readonly path: string
  readonly answers: Readonly<Record<string, AnswerValue>>
}

/**
 * The projects that a template's `projects` ask for, in order. Paths and answers are Handlebars over the answers; with
 * for_each also over `item`, `index`, `first` and `previous` (the item before, `none` for the first one).
 */
export function childProjects(manifest: Manifest, answers: Answers): PlannedChild[] {
  const values = deriveValues(manifest, answers)
  return manifest.projects.flatMap((project) => {
    const items = project.for_each === undefined ? [undefined] : (values[project.for_each] as readonly string[])
    return items.map((item, index) => {
      const scope =
        item === undefined ? values : { ...values, item, index, first: items[0], previous: items[index - 1] ?? "none" }
      const path = render(project.path, scope, "template.yml (projects.path)")
      if (pathProblem(path) !== undefined) {
        throw new MeshwrightError([
          problem("unsafe-path", `projects: ${JSON.stringify(path)} is no folder inside the project`),
        ])
      }
      const rendered = Object.entries(project.answers).map(([name, value]) => [
        name,
        typeof value === "string" ? render(value, scope, `template.yml (projects.answers.${name})`) : value,
      ])
      return {
        template: project.template,
        ...(project.version === undefined ? {} : { version: project.version }),
        path,
        answers: Object.fromEntries(rendered) as Record<string, AnswerValue>,
      }
    })
  })
}
