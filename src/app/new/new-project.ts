import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path"
import type { AnswerInputs, AnswerPlaces } from "../../core/answers/resolve-answers.ts"
import { parseAnswer } from "../../core/answers/parse-answer.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { Answers, AnswerValue } from "../../core/model/answers.ts"
import type { FileChange } from "../../core/model/change.ts"
import type { Template, TemplateRef } from "../../core/model/template.ts"
import { childProjects } from "../../core/plan/child-projects.ts"
import { clashingPaths } from "../../core/plan/plan-project.ts"
import { parseSource } from "../../core/template/parse-source.ts"
import { deriveValues } from "../../core/answers/derive.ts"
import { askQuestions, environmentAnswers, type GivenAnswers } from "../ask-questions.ts"
import { guessAnswers } from "../guesses.ts"
import { type NewProject, planChild, planCreated, refuseTaken } from "./create-project.ts"
import { nameAnswer } from "../add/name-answer.ts"
import { offerPlatform, type PlatformOffer } from "./offer-platform.ts"
import type { Ports } from "../ports/ports.ts"

export interface NewRequest {
  /** Source of the template: `builtin:domain`, a folder, a git URL. */
  readonly source: string
  readonly version?: string
  /** NAME of the command line: the answer to the template's `named_by`. */
  readonly name?: string
  /** Absolute path of the folder to create; absent: a folder of the project's name below cwd. */
  readonly dest?: string
  readonly cwd: string
  readonly flag: Readonly<Record<string, unknown>>
  readonly file: Readonly<Record<string, unknown>>
  readonly places: AnswerPlaces
  /** Go on where the folder holds files that the template brings too, keeping what is there. */
  readonly keepExisting: boolean
}

export interface NewPlan {
  /** Absolute folder that every path of the changes is below, and which the transaction is about. */
  readonly root: string
  /** The project asked for comes first; then those inside it, or the platform package beside it. */
  readonly projects: readonly NewProject[]
  readonly changes: readonly FileChange[]
  /** Absolute folders that become git repositories; `only` where the folder held files before, which are nobody's to commit. */
  readonly repositories: readonly { readonly folder: string; readonly only?: readonly string[] }[]
  /** Files that were there before and stay as they are. */
  readonly kept: readonly string[]
}

/** Everything that `new` would do; nothing is written. Throws a MeshwrightError for bad answers and for what is in the way. */
export async function planNew(ports: Ports, request: NewRequest): Promise<NewPlan> {
  const template = await ports.templates.load(request.source, request.version, request.cwd)
  const flag = { ...request.flag, ...nameAnswer(template.manifest, request, "the template", "use --dest DIR") }
  const folder = request.dest ?? (request.name ? join(request.cwd, request.name) : undefined)
  // Where the folder is known before the first question, nobody answers ten of them in vain.
  if (folder !== undefined) refuseTaken(ports, folder)
  const environment = environmentAnswers(template.manifest, ports.environment)
  const guess = (answers: Answers): Promise<AnswerInputs["guesses"]> =>
    guessFrom(ports, request, template, { ...environment, ...request.file, ...flag, ...answers })
  const inputs: AnswerInputs = {
    flag,
    file: request.file,
    places: request.places,
    environment,
    recorded: {},
    guesses: await guess({}),
  }
  const offer = ports.prompter ? offerPlatform(ports.prompter, inputs.guesses) : undefined
  const given = await askQuestions(template.manifest, inputs, offer?.prompter, { guess })
  const dest = request.dest ?? join(request.cwd, folderName(template, given.answers))
  return assemble(ports, request, seenFrom(template, request, dest), given, dest, offer)
}

/** What the surroundings tell, going by what is known of the project so far. */
function guessFrom(
  ports: Ports,
  { dest, cwd }: NewRequest,
  { manifest }: Template,
  known: Readonly<Record<string, unknown>>,
): Promise<AnswerInputs["guesses"]> {
  const name = validText(manifest, manifest.named_by, known)
  // Before the name is known only the folder above it is, and that is all a guess looks at.
  return guessAnswers(
    ports,
    dest ?? join(cwd, name ?? "new-project"),
    name,
    validText(manifest, "platform_package", known),
  )
}

/** What is known as the answer to a question, where it is a text that fits: a guess looks at folders of that name. */
function validText(
  { questions }: Template["manifest"],
  name: string | undefined,
  known: Readonly<Record<string, unknown>>,
): string | undefined {
  const question = questions.find((each) => each.name === name)
  const value = question && known[question.name]
  return question && typeof value === "string" && parseAnswer(question, value).ok ? value : undefined
}

/** A template in a folder is recorded relative to the project, so that a clone of both elsewhere still finds it. */
export function seenFrom(
  template: Template,
  { source, cwd }: Pick<NewRequest, "source" | "cwd">,
  dest: string,
): Template {
  const parsed = parseSource(source)
  if (parsed.kind !== "folder" || isAbsolute(parsed.path)) return template
  return { ...template, ref: refFrom(template.ref, cwd, dest) }
}

/** The templates that one in a folder extends may lie in folders too. */
function refFrom(ref: TemplateRef, cwd: string, dest: string): TemplateRef {
  const { source, extends: below } = ref
  const parsed = parseSource(source)
  const isRelative = parsed.kind === "folder" && !isAbsolute(parsed.path)
  return {
    ...ref,
    source: isRelative ? relative(dest, resolve(cwd, parsed.path)).split(sep).join("/") : source,
    ...(below === undefined ? {} : { extends: refFrom(below, cwd, dest) }),
  }
}

async function assemble(
  ports: Ports,
  request: NewRequest,
  template: Template,
  given: GivenAnswers,
  dest: string,
  offer: PlatformOffer | undefined,
): Promise<NewPlan> {
  const accepted = offer?.accepted()
  const beside = accepted === undefined ? undefined : resolve(dest, accepted)
  const root = beside === undefined ? dest : dirname(dest)
  const main = planCreated(ports, root, dest, template, given)
  const inside = await Promise.all(
    childProjects(template.manifest, given.answers).map((child) =>
      planChild(ports, root, join(dest, child.path), child),
    ),
  )
  const platform =
    beside === undefined
      ? []
      : [
          await planChild(ports, root, beside, {
            template: "builtin:platform",
            answers: platformAnswers(template, given.answers),
          }),
        ]
  const projects = [main, ...inside, ...platform]
  const changes = projects.flatMap((project) => project.changes)
  // Somebody else created it while this run was planning.
  if (changes.every(({ writes }) => writes.length === 0)) refuseTaken(ports, dest)
  const clashes = clashingPaths(changes)
  if (clashes.length > 0 && !(await mayKeep(ports, request, root, clashes))) throw clashError(root, clashes)
  const folders = ports.git.isRepository(dest) ? [] : [dest, ...(beside === undefined ? [] : [beside])]
  const repositories = folders.map((folder) => {
    if (ports.fs.list(folder).length === 0) return { folder }
    const written = changes.flatMap(({ writes }) => writes.map(({ path }) => join(root, path)))
    return {
      folder,
      only: written.filter((path) => path.startsWith(folder + sep)).map((path) => relative(folder, path)),
    }
  })
  return { root, projects, changes, repositories, kept: clashes }
}

/** The answers of a platform package that is created along with a project: those that both ask for. */
function platformAnswers(template: Template, answers: Answers): Record<string, AnswerValue> {
  const shared = Object.entries(answers).filter(([name]) =>
    ["organisation", "repository", "ci", "infra"].includes(name),
  )
  const values = deriveValues(template.manifest, answers)
  const name = values["platform_name"]
  return { ...Object.fromEntries(shared), ...(typeof name === "string" ? { package_name: name } : {}) }
}

function folderName(template: Template, answers: Answers): string {
  const name = template.manifest.named_by === undefined ? undefined : answers[template.manifest.named_by]
  return typeof name === "string" ? name : template.manifest.name
}

async function mayKeep(ports: Ports, request: NewRequest, root: string, clashes: readonly string[]): Promise<boolean> {
  if (request.keepExisting) return true
  if (!ports.prompter) return false
  ports.prompter.say(
    `These files are in ${root} already, with other content:\n${clashes.map((path) => `  ${path}`).join("\n")}`,
  )
  return ports.prompter.confirm("Keep them as they are and create the others?", false)
}

function clashError(root: string, clashes: readonly string[]): MeshwrightError {
  return new MeshwrightError(
    clashes.map((path) =>
      problem("file-exists", `${join(root, path)} exists already, with other content`, {
        hint: "--keep-existing keeps such files and creates the others; or choose another folder with --dest",
      }),
    ),
  )
}
