import { recordable } from "../core/lock/next-lock.ts"
import { checkLocked, type LockedFinding } from "../core/locked/check-locked.ts"
import type { Answers } from "../core/model/answers.ts"
import { type Diagnostic, MeshwrightError, problem } from "../core/model/diagnostic.ts"
import { PROJECT_FILE } from "../core/plan/plan-project.ts"
import type { Template, TemplateRef } from "../core/model/template.ts"
import { chainOf, recordsBefore } from "../core/template/layer-versions.ts"
import { followedBy } from "../core/template/parse-source.ts"
import { isOlder } from "../core/version.ts"
import { loadProject, type LoadedProject, readTree } from "./load-project.ts"
import type { Ports } from "./ports/ports.ts"
import { unresolvedConflicts } from "./unresolved.ts"

export interface CheckReport {
  readonly root: string
  readonly current: TemplateRef
  /** Absent where nobody could look: the template is out of reach, or broken. */
  readonly newest?: TemplateRef
  /** What a person has to look at: an error. Warnings and remarks are worth knowing of. */
  readonly findings: readonly LockedFinding[]
  /** Why nobody could look for a newer template. */
  readonly unreachable?: MeshwrightError
}

/**
 * Is a newer template out, does the lock fit what meshwright.yml says, is a conflict left, is locked content as it should
 * be? Reads only. What needs no template is told also where the template cannot be reached. Throws a MeshwrightError when
 * the records cannot be read.
 */
export async function checkProject(ports: Ports, root: string): Promise<CheckReport> {
  const project = loadProject(ports.fs, root)
  const { file, lock } = project
  const current = lock.lock.template
  const template = await newestTemplate(ports, project)
  const findings: LockedFinding[] = [
    ...unresolvedConflicts(ports.fs, root, lock.lock),
    ...lockedFindings(ports, project),
  ]
  if (file.template !== current.source || file.version !== current.version) {
    findings.push(
      problem(
        "record-drift",
        `${PROJECT_FILE} says ${file.template} ${file.version}, the lock ${current.source} ${current.version}`,
        { file: PROJECT_FILE, hint: "`meshwright update`" },
      ),
    )
  }
  const isRead = !(template instanceof MeshwrightError)
  const ownAnswers = (answers: Answers): Answers =>
    isRead ? recordable(answers, template.manifest.questions) : answers
  const recorded = ownAnswers(file.answers)
  // What a newer template decides is no answer of the project any more.
  const before = ownAnswers(lock.lock.answers)
  const changed = [...new Set([...Object.keys(recorded), ...Object.keys(before)])].filter(
    (name) => JSON.stringify(recorded[name]) !== JSON.stringify(before[name]),
  )
  if (changed.length > 0) {
    findings.push(
      problem("answer-drift", `answers changed since the last update: ${changed.toSorted().join(", ")}`, {
        file: PROJECT_FILE,
        hint: "`meshwright update` brings them into the files",
      }),
    )
  }
  if (!isRead) return { root, current, findings, unreachable: template }
  findings.push(...newerTemplates(template, current))
  return { root, current, newest: template.ref, findings }
}

/** What is out for a template and those that it extends, the outermost first. */
function newerTemplates(newest: Template, current: TemplateRef): Diagnostic[] {
  const layers = chainOf(newest)
  const before = recordsBefore(newest.ref, current)
  return layers.flatMap(({ ref: { source, version, integrity } }, depth) => {
    const was = before[depth]
    if (was === undefined || was.integrity === integrity || isOlder(version, was.version)) return []
    const above = layers[depth - 1]
    const what =
      version === was.version ? `version ${version} has other content now` : `${version} (this project: ${was.version})`
    const below = above === undefined ? "" : `, below ${above.manifest.name} ${above.ref.version}`
    return problem("newer-template", `a newer template is out: ${source} ${what}${below}`, {
      hint: "`meshwright update --dry-run` shows what it brings",
    })
  })
}

async function newestTemplate(ports: Ports, { root, file, lock }: LoadedProject): Promise<Template | MeshwrightError> {
  try {
    return await ports.templates.load(file.template, followedBy(file.template, lock.lock.template.version), root)
  } catch (error) {
    if (error instanceof MeshwrightError && error.kind !== "interrupted") return error
    throw error
  }
}

function lockedFindings({ fs, today }: Ports, { root, file, lock }: LoadedProject): readonly LockedFinding[] {
  const paths = [...lock.lock.files].flatMap(([path, { locked }]) => (locked === undefined ? [] : [path]))
  const ours = readTree(fs, root, paths)
  return checkLocked({ lock: lock.lock, ours, exceptions: file.exceptions, today, projectFile: PROJECT_FILE })
}
