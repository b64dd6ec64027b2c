import { recordable } from "../core/lock/next-lock.ts"
import { type Diagnostic, problem } from "../core/model/diagnostic.ts"
import { PROJECT_FILE } from "../core/plan/plan-project.ts"
import type { Template, TemplateRef } from "../core/model/template.ts"
import { chainOf, recordsBefore } from "../core/template/layer-versions.ts"
import { followedVersion, isOlder } from "../core/version.ts"
import { loadProject } from "./load-project.ts"
import type { Ports } from "./ports/ports.ts"
import { unresolvedConflicts } from "./unresolved.ts"

export interface CheckReport {
  readonly root: string
  readonly current: TemplateRef
  readonly newest: TemplateRef
  /** What a person has to look at; empty when the project is in order. */
  readonly findings: readonly Diagnostic[]
}

/**
 * Is a newer template out, does the lock fit what meshwright.yml says, is a conflict left? Reads only. Throws a
 * MeshwrightError when the records cannot be read or the template cannot be reached.
 */
export async function checkProject(ports: Ports, root: string): Promise<CheckReport> {
  const { file, lock } = loadProject(ports.fs, root)
  const current = lock.lock.template
  const template = await ports.templates.load(file.template, followedVersion(current.version), root)
  const findings: Diagnostic[] = unresolvedConflicts(ports.fs, root, lock.lock)
  if (file.template !== current.source || file.version !== current.version) {
    findings.push(
      problem(
        "record-drift",
        `${PROJECT_FILE} says ${file.template} ${file.version}, the lock ${current.source} ${current.version}`,
        { file: PROJECT_FILE, hint: "`meshwright update`" },
      ),
    )
  }
  const recorded = recordable(file.answers, template.manifest.questions)
  // What a newer template decides is no answer of the project any more.
  const before = recordable(lock.lock.answers, template.manifest.questions)
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
