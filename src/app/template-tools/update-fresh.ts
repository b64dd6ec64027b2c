import type { Answers } from "../../core/model/answers.ts"
import { type Diagnostic, MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { Template } from "../../core/model/template.ts"
import { writesOf } from "../../core/plan/plan-project.ts"
import { conflictPaths, withoutRecords } from "../../core/plan/summarise.ts"
import { renderTree } from "../../core/render/render-tree.ts"
import { sampleFor } from "../../core/template-tests/base-answers.ts"
import { codeEnvironment } from "../../core/trust/code-environment.ts"
import { planNew } from "../new/new-project.ts"
import type { FileSystem } from "../ports/file-system.ts"
import type { Ports } from "../ports/ports.ts"
import { applyWrites } from "../transaction/apply-writes.ts"
import { planUpdate } from "../update/update-project.ts"
import { answersBefore } from "./preview-template.ts"

// A source that no other is called: the template that is tested stands behind it.
const SOURCE = "/template-under-test"
const PROJECT = "/projects/project"

/**
 * Makes a project of the previous release in memory, updates it to the template as it is, and says what of that a team would
 * have to mend: conflicts, files that are not as a new project has them, an update that is not done after the first time.
 */
export async function updateFresh(
  ports: Ports,
  memory: FileSystem,
  previous: Template,
  template: Template,
  answers: Answers,
): Promise<readonly Diagnostic[]> {
  memory.makeDirectory("/projects")
  const from = previous.ref.version
  const old = sampleFor(previous.manifest, answersBefore(template.manifest, answers))
  const before = isolated(ports, memory, previous)
  const created = await planNew(before, {
    source: SOURCE,
    cwd: "/projects",
    dest: PROJECT,
    flag: asGiven(previous, old),
    file: {},
    places: {},
    keepExisting: false,
  })
  apply(memory, writesOf(created.changes))
  const now = isolated(ports, memory, template)
  // New questions without a default are answered by a sample, as somebody would answer them.
  const given = Object.fromEntries(Object.entries(answers).filter(([name]) => !Object.hasOwn(old, name)))
  // Whoever tests a template has trusted its migrations before.
  const request = { root: PROJECT, file: {}, places: {}, conflictStyle: "inline", trust: true } as const
  const plan = await planUpdate(now, { ...request, flag: asGiven(template, given) })
  const conflicts = conflictPaths(plan.changes)
  if (conflicts.length > 0) {
    return conflicts.map((path) =>
      problem("update-conflict", `the update of a fresh project of ${from} ends with a conflict in ${path}`, {
        hint: "nobody changed that project: say what moved in renames, or raise the version step by step",
      }),
    )
  }
  apply(memory, writesOf(plan.changes))
  const again = await planUpdate(now, { ...request, flag: {} })
  const left = withoutRecords(again.changes).filter(({ writes }) => writes.length > 0)
  return [
    ...differences(memory, template, plan.given.answers, from),
    ...left.map(({ path }) =>
      problem("update-not-done", `a second update of a fresh project of ${from} still changes ${path}`),
    ),
  ]
}

/** Files of the updated project that a new one has otherwise; what is the team's from the start may be older. */
function differences(memory: FileSystem, template: Template, answers: Answers, from: string): readonly Diagnostic[] {
  return [...renderTree(template, answers).values()].flatMap(({ path, policy, bytes }) => {
    const file = memory.read(`${PROJECT}/${path}`)
    if (policy === "once" || (file && Buffer.from(file.bytes).equals(bytes))) return []
    return [
      problem(
        "update-differs",
        `after an update of a fresh project of ${from}, ${path} ${file ? "is not as a new project has it" : "is not there"}`,
      ),
    ]
  })
}

/** Answers that can be given: not those that a template decided itself. */
function asGiven({ manifest }: Template, answers: Answers): Answers {
  const fixed = new Set(manifest.questions.filter((question) => question.fixed !== undefined).map(({ name }) => name))
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !fixed.has(name)))
}

function apply(memory: FileSystem, writes: Parameters<typeof applyWrites>[2]): void {
  applyWrites(memory, PROJECT, writes, { pid: 1, isAlive: () => false })
}

/** Ports with nothing of this machine behind them: memory, no git, nobody to ask, no answers in the environment. */
function isolated({ templates, git, ...others }: Ports, memory: FileSystem, template: Template): Ports {
  const stand = { ...template, ref: { ...template.ref, source: SOURCE } }
  return {
    scratch: others.scratch,
    today: others.today,
    fs: memory,
    git: {
      ...git,
      identity: () => Promise.resolve({ email: "", origin: "" }),
      isRepository: () => false,
      operation: () => null,
    },
    templates: {
      ...templates,
      load: (source, version, from) =>
        source === SOURCE
          ? Promise.resolve(stand)
          : templates.load(source, version, from === PROJECT ? template.folder : from),
    },
    environment: codeEnvironment(others.environment),
  }
}

/** The problems of work that throws them, or none. */
export async function problemsOf(work: () => Promise<readonly Diagnostic[]>): Promise<readonly Diagnostic[]> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof MeshwrightError) return error.diagnostics
    throw error
  }
}
