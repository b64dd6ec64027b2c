import { newlyDecided } from "../../core/answers/fixed-answer.ts"
import { join } from "node:path"
import type { AnswerInputs, AnswerPlaces } from "../../core/answers/resolve-answers.ts"
import type { PlanSides } from "../../core/explain/explain-changes.ts"
import { movedExceptions } from "../../core/locked/moved-exceptions.ts"
import { type Diagnostic, problem } from "../../core/model/diagnostic.ts"
import { mergeRules } from "../../core/merge/rules/merge-rules.ts"
import type { ConflictStyle } from "../../core/merge/merge-input.ts"
import type { Answers } from "../../core/model/answers.ts"
import type { FileChange } from "../../core/model/change.ts"
import type { Lock } from "../../core/model/lock.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { RenderedTree, Template, TemplateRef } from "../../core/model/template.ts"
import { childProjects } from "../../core/plan/child-projects.ts"
import { pathsToRead, planProject, type ProjectInput, PROJECT_FILE, writesOf } from "../../core/plan/plan-project.ts"
import { conflictPaths } from "../../core/plan/summarise.ts"
import { type UnmergedFile, unmergedFiles } from "../../core/plan/unmerged.ts"
import { globMatcher } from "../../core/render/glob.ts"
import { renderTree } from "../../core/render/render-tree.ts"
import { askQuestions, environmentAnswers, type GivenAnswers } from "../ask-questions.ts"
import { planChild } from "../new/create-project.ts"
import { guessAnswers } from "../guesses.ts"
import { type LoadedProject, readTree } from "../load-project.ts"
import type { Migrated, MigrateOptions } from "./migrate-project.ts"
import { withNewNames } from "./rename-recorded.ts"
import { candidatesForMoves } from "./moved-files.ts"
import { obstaclesFor } from "./obstacles.ts"
import { overlay } from "./overlay.ts"
import type { Ports } from "../ports/ports.ts"

/** What an update is told. */
export interface StepRequest {
  readonly flag: Readonly<Record<string, unknown>>
  readonly file: Readonly<Record<string, unknown>>
  readonly places: AnswerPlaces
  readonly conflictStyle: ConflictStyle
  /** --trust: code of the template may run this time. */
  readonly trust: boolean
  /** Plans without the template's migrations: to show what there is to see, where they must not run. */
  readonly withoutMigrations?: boolean
}

/** What brings a project from one version of its template to another one. */
export interface StepPlan {
  readonly from: TemplateRef
  readonly template: Template
  readonly given: GivenAnswers
  /** What migrations made of the project before the template's changes were merged into it. */
  readonly migrated: Migrated
  /** Projects inside this one that new answers ask for. */
  readonly added: readonly FileChange[]
  readonly changes: readonly FileChange[]
  readonly sides: PlanSides
  /** What the template rendered last, before migrations. */
  readonly recorded: Lock["files"]
  readonly unmerged: readonly UnmergedFile[]
  /** Files whose conflicts were decided for one side. */
  readonly decided: readonly string[]
}

/**
 * Plans one step; nothing is written. The ports show the project as it is before the step.
 * @param earlier paths that the steps before have written
 */
export async function planStep(
  ports: Ports,
  recorded: LoadedProject,
  template: Template,
  request: StepRequest,
  earlier: readonly RelPath[],
): Promise<StepPlan> {
  const { project, remarks } = withNewNames(recorded, template)
  const { root } = project
  const { lock } = project.lock
  const before: Answers = { ...lock.fixed, ...project.file.answers }
  const inputs: AnswerInputs = {
    flag: request.flag,
    file: request.file,
    places: request.places,
    environment: environmentAnswers(template.manifest, ports.environment),
    recorded: before,
    guesses: await guessesFor(ports, root, request, template, project.file.answers),
  }
  const asked = await askQuestions(template.manifest, inputs, ports.prompter, { askRecorded: false })
  const settled = newlyDecided(template.manifest.questions, before, asked.answers)
  const others = asked.remarks.filter(({ file }) => file !== PROJECT_FILE)
  const rendered = renderTree(template, asked.answers)
  const { conflictStyle, trust } = request
  const migrated = request.withoutMigrations
    ? NOT_MIGRATED
    : await migrate(ports, project, template, asked, { trust, earlier })
  const fs = overlay(ports.fs, root, writesOf(migrated.changes))
  const base = migrated.base ?? lock.files
  const input = { ...mergeInput({ ...ports, fs }, project, template, asked, rendered), base }
  const changes = planProject({ ...input, conflictStyle })
  const moved = [...movedExceptions(project.file.exceptions, changes)].map(([from, to]) => exceptionMoved(from, to))
  const given = { ...asked, remarks: [...remarks, ...settled, ...others, ...moved] }
  const unmerged = conflictStyle === "inline" ? unmergedFiles(changes, project.lock, input.ours, rendered) : []
  const decides = conflictStyle === "ours" || conflictStyle === "theirs"
  const open = new Set(conflictPaths(changes))
  const inline = decides ? planProject({ ...input, conflictStyle: "inline" }) : []
  const decided = conflictPaths(inline).filter((path) => !open.has(path))
  const added = await addedProjects(ports, root, template, lock.answers, asked.answers)
  const rules = mergeRules(template.manifest)
  const sides = { base, ours: input.ours, theirs: rendered, rules }
  return {
    from: lock.template,
    template,
    given,
    migrated,
    added,
    changes,
    sides,
    recorded: lock.files,
    unmerged,
    decided,
  }
}

function exceptionMoved(from: string, to: string): Diagnostic {
  return problem("exception-moved", `The template has ${from} at ${to} now: its exception goes along.`, {
    severity: "info",
  })
}

const NOT_MIGRATED: Migrated = { ran: [], changes: [], before: new Map() }

/** Most templates have no migrations: what runs them is not loaded then. */
async function migrate(
  ports: Ports,
  project: LoadedProject,
  template: Template,
  { answers }: GivenAnswers,
  options: MigrateOptions,
): Promise<Migrated> {
  if (template.manifest.migrations.length === 0) return NOT_MIGRATED
  return (await import("./migrate-project.ts")).migrateProject(ports, project, template, answers, options)
}

/**
 * Projects inside this one that new answers ask for, such as one more domain of a mesh. One that was asked for before and is
 * not there was removed by the team, and stays away; one that is not asked for any more stays: it is the team's.
 */
async function addedProjects(
  ports: Ports,
  root: string,
  template: Template,
  before: Answers,
  answers: Answers,
): Promise<readonly FileChange[]> {
  const known = new Set(childProjects(template.manifest, { ...answers, ...before }).map(({ path }) => path))
  const added = childProjects(template.manifest, answers).filter(
    ({ path }) => !known.has(path) && ports.fs.stat(join(root, path, PROJECT_FILE)) === null,
  )
  const projects = await Promise.all(added.map((child) => planChild(ports, root, join(root, child.path), child)))
  return projects.flatMap(({ changes }) => changes)
}

/** Guesses for questions that the project has no answer to yet: those that this update adds. */
async function guessesFor(
  ports: Ports,
  root: string,
  request: StepRequest,
  template: Template,
  recorded: Answers,
): Promise<AnswerInputs["guesses"]> {
  const { questions, named_by: namedBy } = template.manifest
  if (!questions.some(({ name, guess }) => guess !== undefined && !Object.hasOwn(recorded, name))) return {}
  const name = namedBy === undefined ? undefined : recorded[namedBy]
  const platform = request.flag["platform_package"] ?? request.file["platform_package"] ?? recorded["platform_package"]
  return guessAnswers(
    ports,
    root,
    typeof name === "string" ? name : undefined,
    typeof platform === "string" ? platform : undefined,
  )
}

/** What the merge needs, read from the project. */
function mergeInput(
  ports: Ports,
  { root, lock: previous, file, records }: LoadedProject,
  template: Template,
  { answers }: GivenAnswers,
  rendered: RenderedTree,
): Omit<ProjectInput, "conflictStyle"> {
  const paths = pathsToRead(rendered, previous, template)
  const known = readTree(ports.fs, root, paths)
  const candidates = candidatesForMoves(ports.fs, root, previous.lock, rendered, known)
  // The records not anew: in the meantime another run may have written them, and the plan would fit neither.
  const ours = new Map([...known, ...readTree(ports.fs, root, candidates), ...records])
  const keep = file.update.keep.map(globMatcher)
  return {
    template,
    answers,
    rendered,
    ours,
    previous,
    candidates,
    obstacles: obstaclesFor(ports.fs, root, paths),
    policies: { today: ports.today, exceptions: file.exceptions },
    keep: (path) => keep.some((matches) => matches(path)),
  }
}
