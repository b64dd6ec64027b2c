import { join, relative, sep } from "node:path"
import { openAnswers } from "../../core/answers/fixed-answer.ts"
import { declaredNames, deriveValues } from "../../core/answers/derive.ts"
import type { AnswerInputs } from "../../core/answers/resolve-answers.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { FileChange } from "../../core/model/change.ts"
import type { Template } from "../../core/model/template.ts"
import { inFolder, pathsToRead, planProject, PROJECT_FILE } from "../../core/plan/plan-project.ts"
import type { PlannedChild } from "../../core/plan/child-projects.ts"
import { render } from "../../core/render/engine.ts"
import { renderTree } from "../../core/render/render-tree.ts"
import { parseSource } from "../../core/template/parse-source.ts"
import { askQuestions, type GivenAnswers } from "../ask-questions.ts"
import { readTree } from "../load-project.ts"
import type { Ports } from "../ports/ports.ts"

export interface NewProject {
  /** Folder below the root of the plan; empty where they are the same. */
  readonly folder: string
  readonly template: Template
  readonly given: GivenAnswers
  readonly changes: readonly FileChange[]
  readonly nextSteps: readonly string[]
}

/**
 * One project as it would be created in `folder`, told and written from `root`. Throws a MeshwrightError where a project is
 * already, and for what does not render.
 */
export function planCreated(
  ports: Ports,
  root: string,
  folder: string,
  template: Template,
  given: GivenAnswers,
): NewProject {
  refuseTaken(ports, folder)
  const rendered = renderTree(template, given.answers)
  const ours = readTree(ports.fs, folder, pathsToRead(rendered, undefined, template))
  const changes = planProject({
    template,
    answers: given.answers,
    rendered,
    ours,
    keep: () => false,
    conflictStyle: "inline",
  })
  const prefix = relative(root, folder).split(sep).join("/")
  const values = deriveValues(template.manifest, given.answers)
  const nextSteps = template.manifest.next_steps
    .map((step) => render(step, values, "template.yml (next_steps)", declaredNames(template.manifest)))
    .filter((step) => step !== "")
  return { folder: prefix, template, given, changes: inFolder(prefix, changes), nextSteps }
}

/** A project that belongs to another one, which has decided everything about it: nobody is asked, and nothing is guessed. */
export async function planChild(
  ports: Ports,
  root: string,
  folder: string,
  child: Pick<PlannedChild, "template" | "version" | "answers">,
): Promise<NewProject> {
  // A folder is recorded relative to the project, so that a clone of both elsewhere still finds it.
  const isFolder = parseSource(child.template).kind === "folder"
  const source = isFolder ? relative(folder, child.template).split(sep).join("/") : child.template
  const template = await ports.templates.load(source, child.version, folder)
  const flag = openAnswers(child.answers, template.manifest.questions)
  const inputs: AnswerInputs = { flag, file: {}, environment: {}, recorded: {}, guesses: {} }
  return planCreated(ports, root, folder, template, await askQuestions(template.manifest, inputs, undefined))
}

/** Refuses a folder that holds a project already, or that is none. */
export function refuseTaken({ fs }: Ports, folder: string): void {
  if (fs.stat(join(folder, PROJECT_FILE)) !== null) {
    throw new MeshwrightError([
      problem("already-a-project", `${folder} is a meshwright project already`, {
        hint: "`meshwright update` brings it up to date",
      }),
    ])
  }
  const there = fs.stat(folder)
  if (there !== null && there.kind !== "directory")
    throw new MeshwrightError([problem("not-a-folder", `${folder} is there and is no folder`)])
}
