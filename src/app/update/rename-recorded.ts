import { type NewNames, renameKeys, renamesSinceRecord } from "../../core/answers/rename-answers.ts"
import { type Diagnostic, problem } from "../../core/model/diagnostic.ts"
import type { Template } from "../../core/model/template.ts"
import { PROJECT_FILE } from "../../core/plan/plan-project.ts"
import type { LoadedProject } from "../load-project.ts"

/**
 * A project whose answers on record stand under the names that their questions have in this version of the template; and
 * what is to be told of it, and of answers whose question is gone.
 */
export function withNewNames(
  project: LoadedProject,
  template: Template,
): { readonly project: LoadedProject; readonly remarks: readonly Diagnostic[] } {
  const { file, lock } = project
  const names = renamesSinceRecord(template, lock.lock.template)
  const answers = renameKeys(file.answers, names)
  const { fixed } = lock.lock
  return {
    project: {
      ...project,
      file: { ...file, answers, places: renameKeys(file.places, names) },
      lock: {
        ...lock,
        lock: {
          ...lock.lock,
          answers: renameKeys(lock.lock.answers, names),
          ...(fixed === undefined ? {} : { fixed: renameKeys(fixed, names) }),
        },
      },
    },
    remarks: [...renamed(project, names), ...gone(project, { ...project.file, answers }, template)],
  }
}

function renamed({ file }: LoadedProject, names: NewNames): Diagnostic[] {
  return Object.keys(file.answers).flatMap((name) => {
    const now = names.get(name)
    if (now === undefined) return []
    return [told("answer-renamed", `The question ${name} is called ${now} now: its answer goes along.`, file, name)]
  })
}

/** Answers that were right at the last update, and that nobody asks for any more. */
function gone({ file, lock }: LoadedProject, { answers }: LoadedProject["file"], { manifest }: Template): Diagnostic[] {
  const asked = new Set(manifest.questions.map(({ name }) => name))
  return Object.entries(answers).flatMap(([name, value]) => {
    if (asked.has(name) || !Object.hasOwn(lock.lock.answers, name)) return []
    const message = `The question ${name} is gone: its answer, ${JSON.stringify(value)}, is taken out of ${PROJECT_FILE}.`
    return [told("answer-removed", message, file, name)]
  })
}

function told(code: string, message: string, { places }: LoadedProject["file"], name: string): Diagnostic {
  return problem(code, message, { severity: "info", ...places[name] })
}
