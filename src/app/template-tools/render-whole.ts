import { openAnswers } from "../../core/answers/fixed-answer.ts"
import { NO_INPUTS, resolveAnswers } from "../../core/answers/resolve-answers.ts"
import { MeshwrightError } from "../../core/model/diagnostic.ts"
import type { Answers } from "../../core/model/answers.ts"
import { joinRelPath } from "../../core/model/path.ts"
import type { RenderedTree, Template } from "../../core/model/template.ts"
import { childProjects } from "../../core/plan/child-projects.ts"
import { renderTree } from "../../core/render/render-tree.ts"
import type { Ports } from "../ports/ports.ts"

/**
 * Everything that a project of the template has for these answers, the projects inside it included; without meshwright's own
 * records. Throws a MeshwrightError where something does not render, or a project inside gets answers that do not fit.
 */
export async function renderWhole(
  ports: Pick<Ports, "templates">,
  template: Template,
  answers: Answers,
): Promise<RenderedTree> {
  const own = renderTree(template, answers)
  const children = await Promise.all(
    childProjects(template.manifest, answers).map(async (child) => {
      const inside = await ports.templates.load(child.template, child.version, template.folder)
      const flag = openAnswers(child.answers, inside.manifest.questions)
      const { answers: given, problems } = resolveAnswers(inside.manifest, { ...NO_INPUTS, flag })
      if (problems.length > 0)
        throw new MeshwrightError(
          problems.map((each) => ({ ...each, message: `projects: ${child.path}: ${each.message}` })),
        )
      const tree = await renderWhole(ports, inside, given)
      return [...tree.values()].map((file) => {
        const path = joinRelPath(child.path, file.path)
        return [path, { ...file, path, origin: `${child.path}:${file.origin}` }] as const
      })
    }),
  )
  return new Map([...own, ...children.flat()])
}
