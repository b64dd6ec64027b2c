import { recordable } from "../core/lock/next-lock.ts"
import { type Diagnostic, problem } from "../core/model/diagnostic.ts"
import { PROJECT_FILE } from "../core/plan/plan-project.ts"
import type { TemplateRef } from "../core/model/template.ts"
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
  const changed = [...new Set([...Object.keys(recorded), ...Object.keys(lock.lock.answers)])].filter(
    (name) => JSON.stringify(recorded[name]) !== JSON.stringify(lock.lock.answers[name]),
  )
  if (changed.length > 0) {
    findings.push(
      problem("answer-drift", `answers changed since the last update: ${changed.toSorted().join(", ")}`, {
        file: PROJECT_FILE,
        hint: "`meshwright update` brings them into the files",
      }),
    )
  }
  if (template.ref.integrity !== current.integrity && !isOlder(template.ref.version, current.version)) {
    const what =
      template.ref.version === current.version
        ? `version ${current.version} has other content now`
        : `${template.ref.version} (this project: ${current.version})`
    findings.push(
      problem("newer-template", `a newer template is out: ${file.template} ${what}`, {
        hint: "`meshwright update --dry-run` shows what it brings",
      }),
    )
  }
  return { root, current, newest: template.ref, findings }
}
