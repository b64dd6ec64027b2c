import { join } from "node:path"
import type { AnswerInputs, AnswerPlaces } from "../core/answers/resolve-answers.ts"
import type { PlanSides } from "../core/explain/explain-changes.ts"
import { secretsOf } from "../core/explain/secrets.ts"
import type { Secrets } from "../core/explain/show-part.ts"
import { nextLock } from "../core/lock/next-lock.ts"
import { DEFAULT_RULES, mergeRules } from "../core/merge/rules/merge-rules.ts"
import type { ConflictStyle } from "../core/merge/merge-input.ts"
import { MeshwrightError, problem } from "../core/model/diagnostic.ts"
import type { Answers, AnswerValue } from "../core/model/answers.ts"
import type { FileChange } from "../core/model/change.ts"
import type { RelPath } from "../core/model/path.ts"
import type { ReleaseNote, RenderedTree, Template, TemplateRef } from "../core/model/template.ts"
import { childProjects } from "../core/plan/child-projects.ts"
import { lockChange, pathsToRead, planProject, type ProjectInput, PROJECT_FILE } from "../core/plan/plan-project.ts"
import { conflictPaths } from "../core/plan/summarise.ts"
import { type UnmergedFile, unmergedFiles } from "../core/plan/unmerged.ts"
import { globMatcher } from "../core/render/glob.ts"
import { renderTree, sourceHashes } from "../core/render/render-tree.ts"
import { olderLayer, versionsBefore } from "../core/template/layer-versions.ts"
import { newReleaseNotes } from "../core/template/release-notes.ts"
import { followedBy } from "../core/template/parse-source.ts"
import { askQuestions, environmentAnswers, type GivenAnswers } from "./ask-questions.ts"
import { planChild } from "./create-project.ts"
import { guessAnswers } from "./guesses.ts"
import { candidatesForMoves } from "./moved-files.ts"
import { type LoadedProject, loadProject, loadProjectFile, readTree } from "./load-project.ts"
import type { Ports } from "./ports/ports.ts"
import { unresolvedConflicts } from "./unresolved.ts"

export interface UpdateRequest {
  /** Absolute path of the project. */
  readonly root: string
  /** The template's version to go to; absent: the one written in meshwright.yml when somebody raised it, else the newest. */
  readonly version?: string
  readonly flag: Readonly<Record<string, unknown>>
  readonly file: Readonly<Record<string, unknown>>
  readonly places: AnswerPlaces
  readonly conflictStyle: ConflictStyle
}

export interface UpdatePlan {
  readonly root: string
  readonly from: TemplateRef
  readonly template: Template
  readonly given: GivenAnswers
  /** Questions that the project had no answer to and that a default answered. */
  readonly newAnswers: Readonly<Record<string, AnswerValue>>
  readonly changes: readonly FileChange[]
  /** What the changes were made from, to explain them. */
  readonly sides: PlanSides
  /** What nobody may see of it. */
  readonly secrets: Secrets
  /** What git has to know of the conflicts that the plan leaves in files. */
  readonly unmerged: readonly UnmergedFile[]
  /** What the template says of the releases that the project gets. */
  readonly notes: readonly ReleaseNote[]
  /** Files whose conflicts were decided for one side, because the request said so (style ours or theirs). */
  readonly decided: readonly string[]
}

/** Everything that `update` would do; nothing is written. */
export async function planUpdate(ports: Ports, request: UpdateRequest): Promise<UpdatePlan> {
  const project = loadProject(ports.fs, request.root)
  const { lock } = project.lock
  refuseUnresolved(ports, project)
  const template = await ports.templates.load(
    project.file.template,
    wantedVersion(project, request.version),
    request.root,
  )
  refuseOlder(template, lock.template, project, request.version)

  const inputs: AnswerInputs = {
    flag: request.flag,
    // What somebody edited in meshwright.yml is an order like one in a file of answers, and as wrong when it does not fit.
    file: { ...editedAnswers(project), ...request.file },
    places: { ...project.file.places, ...request.places },
    environment: environmentAnswers(template.manifest, ports.environment),
    recorded: { ...lock.fixed, ...project.file.answers },
    guesses: await guessesFor(ports, request, template, project.file.answers),
  }
  const given = await askQuestions(template.manifest, inputs, ports.prompter, { askRecorded: false })
  const rendered = renderTree(template, given.answers)
  const input = mergeInput(ports, project, template, given, rendered)
  const { conflictStyle } = request
  const changes = planProject({ ...input, conflictStyle })
  const unmerged = conflictStyle === "inline" ? unmergedFiles(changes, project.lock, input.ours, rendered) : []
  const decides = conflictStyle === "ours" || conflictStyle === "theirs"
  const open = new Set(conflictPaths(changes))
  const inline = decides ? planProject({ ...input, conflictStyle: "inline" }) : []
  const decided = conflictPaths(inline).filter((path) => !open.has(path))
  const added = await addedProjects(ports, request.root, template, lock.answers, given.answers)
  const rules = mergeRules(template.manifest)
  const sides = { base: lock.files, ours: input.ours, theirs: rendered, rules }
  return {
    root: request.root,
    from: lock.template,
    template,
    given,
    newAnswers: given.assumed,
    changes: [...added, ...changes],
    sides,
    secrets: secretsOf(template.manifest.questions, given.answers, sides),
    unmerged,
    notes: newReleaseNotes(template, versionsBefore(template.ref, lock.template)),
    decided,
  }
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
  const projects = await Promise.all(
    added.map((child) => planChild(ports, root, join(root, child.path), child.template, child.answers)),
  )
  return projects.flatMap(({ changes }) => changes)
}

/** Answers of meshwright.yml that are not those of the last update. */
function editedAnswers({ file, lock }: LoadedProject): Answers {
  const before = lock.lock.answers
  return Object.fromEntries(
    Object.entries(file.answers).filter(([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value)),
  )
}

/** Guesses for questions that the project has no answer to yet: those that this update adds. */
async function guessesFor(
  ports: Ports,
  request: UpdateRequest,
  template: Template,
  recorded: Answers,
): Promise<AnswerInputs["guesses"]> {
  const { questions, named_by: namedBy } = template.manifest
  if (!questions.some(({ name, guess }) => guess !== undefined && !Object.hasOwn(recorded, name))) return {}
  const name = namedBy === undefined ? undefined : recorded[namedBy]
  const platform = request.flag["platform_package"] ?? request.file["platform_package"] ?? recorded["platform_package"]
  return guessAnswers(
    ports,
    request.root,
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
  const known = readTree(ports.fs, root, pathsToRead(rendered, previous, template))
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
    keep: (path) => keep.some((matches) => matches(path)),
  }
}

/**
 * The lock made anew from the version and answers that meshwright.yml records, for a project whose lock is damaged or
 * lost. Changes nothing but the lock; what the team changed since then counts as theirs again.
 */
export async function planRebuiltLock(ports: Ports, root: string): Promise<UpdatePlan> {
  const file = loadProjectFile(ports.fs, root)
  const template = await ports.templates.load(file.template, file.version === "" ? undefined : file.version, root)
  const inputs: AnswerInputs = {
    flag: {},
    file: file.answers,
    places: file.places,
    environment: environmentAnswers(template.manifest, ports.environment),
    recorded: {},
    guesses: {},
  }
  const given = await askQuestions(template.manifest, inputs, ports.prompter, { askRecorded: false })
  const rendered = renderTree(template, given.answers)
  const lock = nextLock({
    template: template.ref,
    answers: given.answers,
    questions: template.manifest.questions,
    rendered,
    sources: sourceHashes(template),
    changes: [],
  })
  const sides = { base: new Map(), ours: new Map(), theirs: new Map(), rules: DEFAULT_RULES }
  const change = lockChange(readTree(ports.fs, root, ["meshwright.lock" as RelPath]), lock)
  return {
    root,
    from: template.ref,
    template,
    given,
    newAnswers: {},
    changes: [change],
    sides,
    secrets: secretsOf(template.manifest.questions, given.answers, sides),
    unmerged: [],
    notes: [],
    decided: [],
  }
}

/** A version that somebody wrote into meshwright.yml is an order; a branch is followed; otherwise the newest. */
function wantedVersion({ file, lock }: LoadedProject, requested: string | undefined): string | undefined {
  if (requested !== undefined) return requested
  const current = lock.lock.template.version
  if (file.version !== "" && file.version !== current) return file.version
  return followedBy(file.template, current)
}

/** Back to an older version goes only who says --to: a version in meshwright.yml may come from a bad merge, or a bot. */
function refuseOlder(
  template: Template,
  from: TemplateRef,
  { file }: LoadedProject,
  requested: string | undefined,
): void {
  const edited = file.version === from.version ? undefined : file.version
  const older = requested === undefined ? olderLayer(template.ref, from) : undefined
  if (older === undefined) return
  const { ref, was } = older
  const back = `go back on purpose with \`meshwright update --to ${template.ref.version}\``
  throw new MeshwrightError([
    edited === undefined
      ? problem(
          "older-template",
          `the project is at template version ${was.version}, and ${ref.source} is ${ref.version} here`,
          { hint: `use a newer meshwright or template, or ${back}` },
        )
      : problem(
          "older-template",
          `${PROJECT_FILE} names version ${ref.version}, and the project is at ${was.version} already`,
          { file: PROJECT_FILE, hint: `write ${was.version} there again, or ${back}` },
        ),
  ])
}

function refuseUnresolved(ports: Ports, { root, lock }: LoadedProject): void {
  const left = unresolvedConflicts(ports.fs, root, lock.lock)
  if (left.length > 0) throw new MeshwrightError(left, "person-needed")
}
