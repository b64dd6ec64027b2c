import type { PlanSides } from "../../core/explain/explain-changes.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { Template, TemplateRef } from "../../core/model/template.ts"
import type { FileChange } from "../../core/model/change.ts"
import type { FileEntry, Tree } from "../../core/model/tree.ts"
import { joinStages } from "../../core/plan/join-stages.ts"
import { conflictPaths } from "../../core/plan/summarise.ts"
import { writesOf } from "../../core/plan/plan-project.ts"
import { bareSource, parseSource } from "../../core/template/parse-source.ts"
import { missedStop, stopsBetween } from "../../core/template/stops-between.ts"
import { isOlder } from "../../core/version.ts"
import { type LoadedProject, loadProject } from "../load-project.ts"
import { overlay } from "./overlay.ts"
import { planStep, type StepPlan, type StepRequest } from "./plan-step.ts"
import type { Ports } from "../ports/ports.ts"

/**
 * The templates that an update goes through, the last one included: those that it names as `stops` between the project's
 * version and its own. Throws a MeshwrightError `stop-unreachable` where the source has no such version.
 */
export async function templatesOnTheWay(
  ports: Ports,
  { root, file, lock }: LoadedProject,
  newest: Template,
): Promise<readonly Template[]> {
  const stops = stopsBetween(lock.lock.template, newest)
  const templates: Template[] = []
  for (const stop of stops) templates.push(await loadStop(ports, root, file.template, stop, newest))
  templates.push(newest)
  for (const [index, template] of templates.entries())
    refuseMissedStop(templates[index - 1]?.ref ?? lock.lock.template, template)
  return templates
}

function refuseMissedStop(before: TemplateRef, template: Template): void {
  const missed = missedStop(before, template)
  if (missed === undefined) return
  const { name } = template.manifest
  const { ref } = missed.layer
  throw new MeshwrightError([
    problem(
      "stop-unreachable",
      `${name} ${template.ref.version} extends ${ref.source} ${ref.version}, which is reached by way of ${missed.stop}, and no version of ${name} in between has that`,
      {
        hint: `${name} needs a release that extends ${missed.stop}, named in its \`stops\`; or go step by step with --to`,
      },
    ),
  ])
}

async function loadStop(ports: Ports, root: string, named: string, stop: string, newest: Template): Promise<Template> {
  // A range that holds for the newest may leave the stop out.
  const source = bareSource(named)
  const load = async (version: string): Promise<Template | undefined> => {
    try {
      return await ports.templates.load(source, version, root)
    } catch (error) {
      if (error instanceof MeshwrightError && error.diagnostics.some(({ code }) => code === "no-revision"))
        return undefined
      throw error
    }
  }
  // Tags are versions with a `v` or without.
  const names = newest.ref.version.startsWith("v") ? [`v${stop}`, stop] : [stop, `v${stop}`]
  const template = (await load(names[0]!)) ?? (await load(names[1]!))
  const isStop = ({ ref }: Template): boolean => !isOlder(ref.version, stop) && !isOlder(stop, ref.version)
  if (template !== undefined && isStop(template))
    return { ...template, ref: { ...template.ref, source: newest.ref.source } }
  const { version } = newest.ref
  throw new MeshwrightError([
    problem("stop-unreachable", `${source} ${version} is reached by way of version ${stop}, which is not there`, {
      hint: stopHint(source, stop),
    }),
  ])
}

function stopHint(source: string, stop: string): string {
  switch (parseSource(source).kind) {
    case "builtin":
      return `first \`npx meshwright@${stop} update\`, then this once more`
    case "folder":
      return `put version ${stop} of the template there and update, then the newest; a template in git has all its versions`
    default:
      return `its \`stops\` name ${stop}: publish that version, or \`meshwright update --to\` another one`
  }
}

/**
 * Plans step after step, each on what the one before would leave. Ends early with the first one that leaves conflicts:
 * they have to be decided before the next one merges into the same files.
 */
export async function planSteps(
  ports: Ports,
  project: LoadedProject,
  templates: readonly Template[],
  request: StepRequest,
): Promise<readonly StepPlan[]> {
  const { root } = project
  const steps: StepPlan[] = []
  for (const template of templates) {
    const writes = steps.flatMap(({ migrated, added, changes }) =>
      writesOf([...migrated.changes, ...added, ...changes]),
    )
    const fs = overlay(ports.fs, root, writes)
    const before = steps.length === 0 ? project : loadProject(fs, root)
    const earlier = writes.map(({ path }) => path)
    const step = await planStep({ ...ports, fs }, before, template, requestFor(template, templates, request), earlier)
    steps.push(step)
    if (conflictPaths(step.changes).length > 0) break
  }
  return steps
}

/** What is answered for a step: answers to questions of another version on the way are not for this one. */
function requestFor(template: Template, templates: readonly Template[], request: StepRequest): StepRequest {
  if (templates.length === 1) return request
  const names = (each: Template): readonly string[] => each.manifest.questions.map(({ name }) => name)
  const others = new Set(templates.filter((each) => each !== template).flatMap(names))
  const own = new Set(names(template))
  const isForIt = (name: string): boolean => own.has(name) || (!others.has(name) && template === templates.at(-1))
  const pick = (given: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(given).filter(([name]) => isForIt(name)))
  return { ...request, flag: pick(request.flag), file: pick(request.file) }
}

/** What the steps together were made from: the base of the first, the template of the last, and the project as it is. */
export function joinSides(steps: readonly StepPlan[]): PlanSides {
  const ours = new Map<RelPath, FileEntry>()
  const written = new Set<RelPath>()
  const add = (tree: Tree, changes: readonly FileChange[]): void => {
    for (const [path, file] of tree) if (!written.has(path) && !ours.has(path)) ours.set(path, file)
    for (const { path } of writesOf(changes)) written.add(path)
  }
  for (const { sides, migrated, changes } of steps) {
    add(migrated.before, migrated.changes)
    add(sides.ours, changes)
  }
  const { theirs, rules } = steps.at(-1)!.sides
  const merged = steps.length === 1 ? mergedSides(steps[0]!) : undefined
  return { base: steps[0]!.recorded, ours, theirs, rules, ...(merged ? { merged } : {}) }
}

/** What the merge of one step saw behind its migrations, by the paths that files have in the project before these. */
function mergedSides({ sides, migrated }: StepPlan): Pick<PlanSides, "base" | "ours"> {
  const moved = migrated.changes.flatMap(({ path, from }): [RelPath, FileEntry][] => {
    const now = sides.ours.get(path)
    return from === undefined || now === undefined ? [] : [[from, now]]
  })
  return { base: sides.base, ours: new Map([...sides.ours, ...moved]) }
}

/** The changes of all steps, as one plan. */
export function joinChanges(steps: readonly StepPlan[]): readonly FileChange[] {
  const stages = steps.flatMap(({ migrated, changes }) => [
    ...(migrated.changes.length > 0 ? [{ changes: migrated.changes, isMigration: true }] : []),
    { changes, isMigration: false },
  ])
  return [...steps.flatMap(({ added }) => added), ...joinStages(stages)]
}

/** Answers that were given, and that no step asked for. */
export function unusedIn(steps: readonly StepPlan[]): readonly string[] {
  const unused = new Set(steps.flatMap(({ given }) => given.unused))
  for (const { given } of steps) for (const name of Object.keys(given.answers)) unused.delete(name)
  return [...unused]
}
