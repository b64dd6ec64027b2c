import { join } from "node:path"
import { recordable } from "../core/lock/next-lock.ts"
import { checkLocked, type LockedFinding } from "../core/locked/check-locked.ts"
import type { Answers } from "../core/model/answers.ts"
import { type Diagnostic, MeshwrightError, problem } from "../core/model/diagnostic.ts"
import { LOCK_FILE, PROJECT_FILE } from "../core/plan/plan-project.ts"
import type { Template, TemplateRef } from "../core/model/template.ts"
import { chainOf, recordsBefore } from "../core/template/layer-versions.ts"
import { movedRelease } from "../core/template/moved-release.ts"
import { followedBy } from "../core/template/parse-source.ts"
import { isOlder } from "../core/version.ts"
import { loadProject, type LoadedProject, readTree } from "./load-project.ts"
import { filesBelow } from "./project-files.ts"
import type { Ports } from "./ports/ports.ts"
import type { NewestVersion } from "./ports/templates.ts"
import { unresolvedConflicts } from "./update/unresolved.ts"
import { withdrawnRelease } from "./withdrawn.ts"

export interface CheckReport {
  readonly root: string
  readonly current: TemplateRef
  /** Absent where nobody could look: the template is out of reach, or broken. */
  readonly newest?: NewestVersion
  /** The newest template itself, where it had to be read: the project's is on top of others. */
  readonly template?: Template
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
  const newest = await reached(() => findNewest(ports, project))
  const findings: LockedFinding[] = [
    ...unresolvedConflicts(ports.fs, root, lock.lock),
    ...lockedFindings(ports, project),
  ]
  if (file.template !== current.source || file.version !== current.version) findings.push(recordDrift(project))
  const { changed, problems } = await changedAnswers(ports, project)
  if (changed.length > 0) {
    const hint = "`meshwright update` brings them into the files"
    findings.push(
      ...problems,
      problem("answer-drift", `answers changed since the last update: ${changed.toSorted().join(", ")}`, {
        file: PROJECT_FILE,
        hint: problems.length > 0 ? `mend what the template does not take; then ${hint}` : hint,
      }),
    )
  }
  findings.push(...(await projectsInside(ports, root)))
  if (newest instanceof MeshwrightError) return { root, current, findings, unreachable: newest }
  findings.push(...newest.findings)
  const { version, template } = newest
  return { root, current, newest: version, ...(template === undefined ? {} : { template }), findings }
}

/**
 * What is out. A server is asked for versions only, and nothing is fetched; but what a template extends, only the template
 * itself says.
 */
async function findNewest(
  ports: Ports,
  project: LoadedProject,
): Promise<{
  readonly version: NewestVersion
  readonly template?: Template
  readonly findings: readonly Diagnostic[]
}> {
  const { root, file, lock } = project
  const current = lock.lock.template
  const version = await ports.templates.newest(file.template, followedBy(file.template, current.version), root)
  const template = current.extends === undefined ? undefined : await newestTemplate(ports, project)
  const newer = template === undefined ? newerFinding(version, current) : newerTemplates(template, current)
  const withdrawn = await withdrawnRelease(ports, project, version)
  const beyond =
    version.beyond === undefined
      ? []
      : problem("newer-out-of-range", `${version.beyond} is out, beyond the range of ${version.source}`, {
          severity: "info",
          file: PROJECT_FILE,
          hint: "to go there, change what stands behind the @ of `template`",
        })
  return { version, ...(template === undefined ? {} : { template }), findings: [newer, withdrawn ?? [], beyond].flat() }
}

/** Projects inside have templates, locks and releases of their own: that they were not looked at is told. */
async function projectsInside({ fs, git }: Ports, root: string): Promise<readonly Diagnostic[]> {
  const listed = git.isRepository(root) ? await git.files(root) : null
  const inside = (listed ?? filesBelow(fs, root)).filter((path) => path.endsWith(`/${PROJECT_FILE}`))
  const folders = inside.map((path) => path.slice(0, -PROJECT_FILE.length - 1)).toSorted()
  const isProject = (folder: string): boolean => fs.stat(join(root, folder, LOCK_FILE))?.kind === "file"
  const projects = folders.filter(isProject)
  if (projects.length === 0) return []
  const which = projects.length === 1 ? "a project inside was" : `${projects.length} projects inside were`
  return [
    problem("projects-inside", `${which} not checked here: ${projects.join(", ")}`, {
      severity: "info",
      hint: `\`meshwright check --dest ${projects[0]}\``,
    }),
  ]
}

/** meshwright.yml names another template or version than the lock; an older one, an update takes only on request. */
function recordDrift({ file, lock }: LoadedProject): Diagnostic {
  const current = lock.lock.template
  const isBack = file.template === current.source && isOlder(file.version, current.version)
  return problem(
    "record-drift",
    `${PROJECT_FILE} says ${file.template} ${file.version}, the lock ${current.source} ${current.version}`,
    {
      file: PROJECT_FILE,
      hint: isBack
        ? `write ${current.version} there again, or go back on purpose with \`meshwright update --to ${file.version}\``
        : "`meshwright update`",
    },
  )
}

/** Answers that are others than at the last update, by their names; and why the template does not take them. */
async function changedAnswers(
  ports: Ports,
  project: LoadedProject,
): Promise<{ readonly changed: readonly string[]; readonly problems: readonly Diagnostic[] }> {
  const { file, lock } = project
  const changed = (now: Answers, before: Answers): string[] =>
    [...new Set([...Object.keys(now), ...Object.keys(before)])].filter(
      (name) => JSON.stringify(now[name]) !== JSON.stringify(before[name]),
    )
  const all = changed(file.answers, lock.lock.answers)
  const template = all.length === 0 ? undefined : await reached(() => newestTemplate(ports, project))
  if (template === undefined || template instanceof MeshwrightError) return { changed: all, problems: [] }
  // A secret is none of the project's answers; nor is what a newer template decides, any more.
  const { questions } = template.manifest
  const { editedProblems } = await import("./edited-answers.ts")
  const problems = await editedProblems(ports, project, template)
  const taken = changed(recordable(file.answers, questions), recordable(lock.lock.answers, questions))
  return { changed: problems.length > 0 ? all : taken, problems }
}

/** What is out for a template and those that it extends, the outermost first. */
function newerTemplates(newest: Template, current: TemplateRef): Diagnostic[] {
  const layers = chainOf(newest)
  const before = recordsBefore(newest.ref, current)
  return layers.flatMap(({ ref }, depth) => {
    const above = layers[depth - 1]
    const below = above === undefined ? "" : `, below ${above.manifest.name} ${above.ref.version}`
    return newerFinding(ref, before[depth], below, newest.ref.version)
  })
}

function newerFinding(now: NewestVersion, was: TemplateRef | undefined, below = "", to = now.version): Diagnostic[] {
  const { source, version, integrity } = now
  if (was === undefined || integrity === was.integrity || isOlder(version, was.version)) return []
  const moved = movedRelease(now, was, to)
  if (moved) return [moved]
  // A version that is the same, of which nothing more is known without fetching it.
  if (version === was.version && integrity === undefined) return []
  const what =
    version === was.version ? `version ${version} has other content now` : `${version} (this project: ${was.version})`
  return [
    problem("newer-template", `a newer template is out: ${source} ${what}${below}`, {
      hint: "`meshwright update --dry-run` shows what it brings",
    }),
  ]
}

function newestTemplate({ templates }: Ports, { root, file, lock }: LoadedProject): Promise<Template> {
  return templates.load(file.template, followedBy(file.template, lock.lock.template.version), root)
}

/** What a template is asked for; or why nobody could. */
async function reached<T>(look: () => Promise<T>): Promise<T | MeshwrightError> {
  try {
    return await look()
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
