import { join } from "node:path"
import { LineCounter, parseDocument } from "yaml"
import { globMatcher } from "../../core/render/glob.ts"
import { takenNames } from "../../core/add/check-new-nodes.ts"
import { type DbtProject, readMap } from "../../core/add/dbt-project.ts"
import { factsOf } from "../../core/add/facts.ts"
import { placeProperties } from "../../core/add/place-properties.ts"
import { type Addition, planAdded } from "../../core/add/plan-added.ts"
import { renderGenerator } from "../../core/add/render-generator.ts"
import { declaredNames, deriveValues } from "../../core/answers/derive.ts"
import { secretsOf } from "../../core/explain/secrets.ts"
import type { Secrets } from "../../core/explain/show-part.ts"
import { mergeRules } from "../../core/merge/rules/merge-rules.ts"
import type { AnswerInputs } from "../../core/answers/resolve-answers.ts"
import type { Answers } from "../../core/model/answers.ts"
import type { FileChange } from "../../core/model/change.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { DataGenerator } from "../../core/model/generator.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { Question, RenderedTree, Template } from "../../core/model/template.ts"
import type { Tree } from "../../core/model/tree.ts"
import { yamlProblems } from "../../core/yaml-problems.ts"
import { render } from "../../core/render/engine.ts"
import type { AddRequest } from "./add-to-project.ts"
import { askQuestions, environmentAnswers, type GivenAnswers } from "../ask-questions.ts"
import { dbtGuesses, dbtProblems, dbtPrompter, withGuesses } from "./dbt-answers.ts"
import { type LoadedProject, readTree } from "../load-project.ts"
import { nameAnswer } from "./name-answer.ts"
import type { Ports } from "../ports/ports.ts"
import type { Prompter } from "../ports/prompter.ts"
import { unresolvedConflicts } from "../update/unresolved.ts"
import { findDbtProject } from "./read-dbt-project.ts"

/** What a generator adds, before it is written. */
export interface Added {
  readonly given: GivenAnswers
  readonly changes: readonly FileChange[]
  /** What was asked, for what is recorded and told. */
  readonly questions: readonly Question[]
  /** The project's files that are changed, as they are. */
  readonly ours: Tree
  readonly secrets: Secrets
  readonly nextSteps: readonly string[]
}

/**
 * Asks what a generator wants to know and plans what it adds. Throws a MeshwrightError for bad answers, where the generator
 * does not fit the project, and for what is there already and says something else.
 */
export async function addData(
  ports: Ports,
  project: LoadedProject,
  generator: DataGenerator,
  request: AddRequest & { readonly template?: Template },
): Promise<Added> {
  const { root } = project
  const dbt = findDbtProject(ports.fs, root)
  if (generator.dbt !== undefined && dbt === undefined) throw notDbt(ports, project, generator, request)
  const known = withFacts(generator, factsOf(dbt, codeownersOf(ports, root), project.file.answers))
  const given = await ask(ports, known, dbt, request)
  const rendered = renderGenerator(known, given.answers)
  const additions = placeAll(known, rendered, dbt)
  const taken = dbt === undefined ? [] : takenNames([...rendered.keys()], dbt)
  if (taken.length > 0) throw new MeshwrightError(taken, "usage")
  const ours = readTree(
    ports.fs,
    root,
    additions.map(({ path }) => path),
  )
  const rules = mergeRules(known.manifest)
  return {
    given,
    changes: planAdded(additions, ours, rules),
    questions: known.manifest.questions,
    ours,
    secrets: secretsOf(known.manifest.questions, given.answers, { base: new Map(), ours, theirs: rendered, rules }),
    nextSteps: nextSteps(known, given.answers),
  }
}

async function ask(
  ports: Ports,
  generator: DataGenerator,
  dbt: DbtProject | undefined,
  request: AddRequest,
): Promise<GivenAnswers> {
  const { prompter } = ports
  const { dbt: roles } = generator
  const asking = prompter && dbt && roles ? dbtPrompter(prompter, dbt, roles) : prompter
  const given = await askGenerator(ports, withGuesses(generator), request, asking, (answers) =>
    dbt ? dbtGuesses(generator, dbt, answers) : {},
  )
  const problems = dbt === undefined ? [] : dbtProblems(generator, dbt, given.answers)
  if (problems.length > 0) throw new MeshwrightError(problems, "usage")
  return given
}

/** Answers to a generator's questions: given ones, and the others from whoever can be asked, or defaults. */
export function askGenerator(
  ports: Ports,
  { name, manifest }: DataGenerator,
  request: AddRequest,
  prompter: Prompter | undefined,
  guess: (answers: Readonly<Record<string, unknown>>) => AnswerInputs["guesses"] = () => ({}),
): Promise<GivenAnswers> {
  const environment = environmentAnswers(manifest, ports.environment)
  const inputs = {
    flag: { ...request.flag, ...nameAnswer(manifest, request, "the generator", `meshwright add ${name}`) },
    file: request.file,
    places: request.places,
    environment,
    recorded: {},
    askedBy: "generator" as const,
    guesses: guess({ ...environment, ...request.file, ...request.flag }),
  }
  return askQuestions(manifest, inputs, prompter, { guess: (answers) => Promise.resolve(guess(answers)) })
}

/** The generator with the project's facts among its derived values; questions and values of its own come first. */
function withFacts(generator: DataGenerator, facts: Readonly<Record<string, string>>): DataGenerator {
  const { manifest } = generator
  const own = declaredNames(manifest)
  const others = Object.entries(facts).filter(([name]) => !own.has(name))
  return { ...generator, manifest: { ...manifest, derived: { ...Object.fromEntries(others), ...manifest.derived } } }
}

/** Where everything goes: entries of lists where the project keeps them. */
function placeAll({ into }: DataGenerator, rendered: RenderedTree, dbt: DbtProject | undefined): Addition[] {
  const rules = into.map((rule) => ({ ...rule, matches: globMatcher(rule.path) }))
  return [...rendered.values()].map(({ path, mode, bytes }): Addition => {
    const rule = rules.find(({ matches }) => matches(path))
    if (!rule) return { path, file: { mode, bytes } }
    const { list } = rule
    const names = entryNames(bytes, list)
    const place = placeProperties(path, list, names, dbt?.properties ?? new Map(), siblingsOf(path, dbt))
    return { path: place, file: { mode, bytes }, list }
  })
}

/** Names of the models and seeds in the folder of a path. */
function siblingsOf(path: RelPath, dbt: DbtProject | undefined): string[] {
  const folder = path.slice(0, path.lastIndexOf("/") + 1)
  return [...(dbt?.nodes ?? [])].flatMap(([name, node]) => {
    return node.startsWith(folder) && !node.slice(folder.length).includes("/") ? [name] : []
  })
}

function entryNames(bytes: Uint8Array, list: string): string[] {
  const entries = readMap(Buffer.from(bytes).toString("utf8"))?.[list]
  return Array.isArray(entries) ? entries.map((entry) => String((entry as { name?: unknown } | null)?.name)) : []
}

function nextSteps({ manifest, name }: DataGenerator, answers: Answers): string[] {
  const values = deriveValues(manifest, answers)
  return manifest.next_steps
    .map((step) => render(step, values, `generators/${name}/generator.yml (next_steps)`, declaredNames(manifest)))
    .filter((step) => step !== "")
}

/** Where git hosts look for code owners; empty where there are none. */
function codeownersOf({ fs }: Ports, root: string): string {
  const places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"]
  return places.find((path) => fs.stat(`${root}/${path}`)?.kind === "file") ?? ""
}

/** Why there is no dbt project: its file is broken, or this is the root of a mesh. */
function notDbt(
  { fs }: Ports,
  { root, lock, file }: LoadedProject,
  { name }: DataGenerator,
  { name: wanted, template }: AddRequest & { readonly template?: Template },
): MeshwrightError {
  const unresolved = unresolvedConflicts(fs, root, lock.lock).filter((each) => each.file === DBT_PROJECT)
  if (unresolved.length > 0) return new MeshwrightError(unresolved)
  const text = Buffer.from(fs.read(join(root, DBT_PROJECT))?.bytes ?? "").toString("utf8")
  const lines = new LineCounter()
  const broken = yamlProblems(parseDocument(text, { lineCounter: lines, logLevel: "silent" }), text, lines)
  if (broken.length > 0)
    return new MeshwrightError(
      broken.map(({ message, ...more }) =>
        problem("invalid-yaml", `${DBT_PROJECT}: ${message}`, { ...more, file: DBT_PROJECT }),
      ),
    )
  const message = `${name} is for dbt projects, and there is no ${DBT_PROJECT} with a name beside meshwright.yml`
  const [list] = (template?.manifest.projects ?? []).flatMap(({ for_each: each }) => each ?? [])
  const there = list === undefined ? undefined : file.answers[list]
  const more = Array.isArray(there)
    ? [...there, wanted !== undefined && name === "domain" ? wanted : "…"].join(",")
    : undefined
  const another = more === undefined ? "" : `; one more project: meshwright update --set ${list}=${more}`
  return new MeshwrightError([
    problem("not-applicable", message, { hint: `in a mesh, go to the folder of one project${another}` }),
  ])
}

const DBT_PROJECT = "dbt_project.yml"
