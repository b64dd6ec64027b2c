import type { AnswerInputs } from "../../core/answers/resolve-answers.ts"
import type { PlanSides } from "../../core/explain/explain-changes.ts"
import { secretsOf } from "../../core/explain/secrets.ts"
import type { Secrets } from "../../core/explain/show-part.ts"
import { nextLock } from "../../core/lock/next-lock.ts"
import { recordedTemplate } from "../../core/lock/parse-lock.ts"
import { DEFAULT_RULES } from "../../core/merge/rules/merge-rules.ts"
import { type Diagnostic, MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { Answers, AnswerValue } from "../../core/model/answers.ts"
import type { FileChange } from "../../core/model/change.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { ReleaseNote, Template, TemplateRef } from "../../core/model/template.ts"
import { lockChange, LOCK_FILE, PROJECT_FILE } from "../../core/plan/plan-project.ts"
import type { UnmergedFile } from "../../core/plan/unmerged.ts"
import { renderTree, sourceHashes } from "../../core/render/render-tree.ts"
import { olderLayer, versionsBefore } from "../../core/template/layer-versions.ts"
import { movedReleases } from "../../core/template/moved-release.ts"
import { newReleaseNotes } from "../../core/template/release-notes.ts"
import { followedBy } from "../../core/template/parse-source.ts"
import { askQuestions, environmentAnswers, type GivenAnswers } from "../ask-questions.ts"
import { editedAnswers } from "../edited-answers.ts"
import { type LoadedProject, loadProject, loadProjectFile, readTree } from "../load-project.ts"
import type { StepPlan, StepRequest } from "./plan-step.ts"
import type { Ports } from "../ports/ports.ts"
import { showsConflict, unresolvedConflicts } from "./unresolved.ts"
import { loadWithdrawn, withdrawnRelease } from "../withdrawn.ts"
import { joinChanges, joinSides, planSteps, templatesOnTheWay, unusedIn } from "./walk-steps.ts"

export interface UpdateRequest extends StepRequest {
  /** Absolute path of the project. */
  readonly root: string
  /** The template's version to go to; absent: the one written in meshwright.yml when somebody raised it, else the newest. */
  readonly version?: string
}

export interface UpdatePlan {
  readonly root: string
  readonly from: TemplateRef
  readonly template: Template
  readonly given: GivenAnswers
  /** Questions that the project had no answer to and that a default answered. */
  readonly newAnswers: Readonly<Record<string, AnswerValue>>
  /** What became of answers whose questions were renamed, or are gone. */
  readonly remarks: readonly Diagnostic[]
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
  /** The versions that it goes through, one after the other; usually one. */
  readonly steps: readonly StepPlan[]
  /** Where the next update goes on to: conflicts of a step on the way have to be decided first. */
  readonly next?: TemplateRef
}

/** Everything that `update` would do; nothing is written. */
export async function planUpdate(ports: Ports, request: UpdateRequest): Promise<UpdatePlan> {
  const { root } = request
  const project = loadProject(ports.fs, root)
  refuseUnresolved(ports, project)
  const { template: newest, remarks } = await targetOf(ports, project, request.version)
  const templates = await templatesOnTheWay(ports, project, newest)
  const steps = await planSteps(ports, project, templates, {
    ...request,
    // What somebody edited in meshwright.yml is an order like one in a file of answers, and as wrong when it does not fit.
    file: { ...editedAnswers(project), ...request.file },
    places: { ...project.file.places, ...request.places },
  })
  const plan = planOf(root, steps, templates)
  return { ...plan, remarks: [...remarks, ...plan.remarks] }
}

/**
 * The template to go to. Throws a MeshwrightError for an older one that nobody asked for, and for a release that was moved,
 * which only --to takes. Where the project's own release was withdrawn, the project stays at it.
 */
async function targetOf(
  ports: Ports,
  project: LoadedProject,
  requested: string | undefined,
): Promise<{ readonly template: Template; readonly remarks: readonly Diagnostic[] }> {
  const { root, file, lock } = project
  const current = lock.lock.template
  const template = await ports.templates.load(file.template, wantedVersion(project, requested), root)
  if (requested !== undefined) return { template, remarks: [] }
  const moved = movedReleases(template.ref, current)
  if (moved.length > 0) throw new MeshwrightError(moved)
  const isEdited = file.version !== "" && file.version !== current.version
  const withdrawn = isEdited ? undefined : await withdrawnRelease(ports, project, template.ref)
  if (withdrawn) return { template: await loadWithdrawn(ports, project, withdrawn), remarks: [withdrawn] }
  refuseOlder(template, current, project)
  return { template, remarks: [] }
}

/** The steps as one plan. */
function planOf(root: string, steps: readonly StepPlan[], templates: readonly Template[]): UpdatePlan {
  const [first, last] = [steps[0]!, steps.at(-1)!]
  const { template, given, unmerged } = last
  const isPlain = steps.length === 1 && last.migrated.changes.length === 0
  const sides = isPlain ? last.sides : joinSides(steps)
  const assumed = Object.entries(Object.assign({}, ...steps.map((step) => step.given.assumed)) as Answers)
  const next = templates[steps.length]
  return {
    root,
    from: first.from,
    template,
    given: { ...given, unused: unusedIn(steps) },
    remarks: steps.flatMap((step) => step.given.remarks),
    newAnswers: Object.fromEntries(assumed.filter(([name]) => Object.hasOwn(given.answers, name))),
    changes: joinChanges(steps),
    sides,
    secrets: secretsOf(template.manifest.questions, given.answers, sides),
    unmerged,
    notes: newReleaseNotes(template, versionsBefore(template.ref, first.from)),
    decided: [...new Set(steps.flatMap(({ decided }) => decided))],
    steps,
    ...(next ? { next: templates.at(-1)!.ref } : {}),
  }
}

/**
 * The lock made anew from the version and answers that meshwright.yml records, for a project whose lock is damaged or
 * lost. Changes nothing but the lock; what the team changed since then counts as theirs again.
 */
export async function planRebuiltLock(ports: Ports, root: string): Promise<UpdatePlan> {
  const file = loadProjectFile(ports.fs, root)
  const records = readTree(ports.fs, root, [LOCK_FILE])
  // meshwright.yml says nothing of the templates below, and nothing at all where its version was taken out; the damaged lock may.
  const known = recordedTemplate(Buffer.from(records.get(LOCK_FILE)?.bytes ?? []).toString("utf8"))
  const version = file.version === "" ? known?.version : file.version
  const template = await ports.templates.load(file.template, version, root, known?.extends)
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
    changes: [...rendered.keys()].filter((path) => showsConflict(ports.fs, root, path)).map(stillOpen),
  })
  const sides = { base: new Map(), ours: new Map(), theirs: new Map(), rules: DEFAULT_RULES }
  const change = lockChange(records, lock)
  return {
    root,
    from: template.ref,
    template,
    given,
    remarks: given.remarks,
    newAnswers: {},
    changes: [change],
    sides,
    secrets: secretsOf(template.manifest.questions, given.answers, sides),
    unmerged: [],
    notes: [],
    decided: [],
    steps: [],
  }
}

/** A conflict that the lost lock may have told of. */
function stillOpen(path: RelPath): FileChange {
  return { path, action: "keep", status: "conflict", reason: "unchanged", writes: [] }
}

/** A version that somebody wrote into meshwright.yml is an order; a branch is followed; otherwise the newest. */
function wantedVersion({ file, lock }: LoadedProject, requested: string | undefined): string | undefined {
  if (requested !== undefined) return requested
  const current = lock.lock.template.version
  if (file.version !== "" && file.version !== current) return file.version
  return followedBy(file.template, current)
}

/** Back to an older version goes only who says --to: a version in meshwright.yml may come from a bad merge, or a bot. */
function refuseOlder(template: Template, from: TemplateRef, { file }: LoadedProject): void {
  const edited = file.version === from.version ? undefined : file.version
  const older = olderLayer(template.ref, from)
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
