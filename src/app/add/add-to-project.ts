import type { AnswerPlaces } from "../../core/answers/resolve-answers.ts"
import type { MeshwrightError } from "../../core/model/diagnostic.ts"
import type { GeneratorOrigin } from "../../core/model/generator.ts"
import { type Added, addData } from "./add-data.ts"
import { addExceptionTo } from "./add-exception.ts"
import { addByPlop, codeOf, plopfilesOf, usePlopfile } from "./add-plop.ts"
import { type FoundGenerators, findGenerators, unknownGenerator } from "./find-generators.ts"
import { loadProject } from "../load-project.ts"
import type { AddPorts } from "../ports/add-ports.ts"
import { isTrusted, requireTrust } from "../trust.ts"

export interface AddRequest {
  readonly root: string
  /** GENERATOR of the command line; absent: it is asked. */
  readonly generator?: string
  /** NAME of the command line: the answer to the generator's `named_by`. */
  readonly name?: string
  readonly flag: Readonly<Record<string, unknown>>
  readonly file: Readonly<Record<string, unknown>>
  readonly places: AnswerPlaces
  /** --trust. */
  readonly trust: boolean
  /** Says what code prints. */
  readonly say: (text: string) => void
}

export interface AddPlan extends Added {
  readonly root: string
  readonly generator: ListedGenerator
  /** Why the template's own generators were not looked at. */
  readonly failure?: MeshwrightError
}

export interface ListedGenerator {
  readonly name: string
  readonly origin: GeneratorOrigin
  readonly description: string
}

/** Everything that `add` would do; nothing is written. */
export async function planAdd(ports: AddPorts, request: AddRequest): Promise<AddPlan> {
  const project = loadProject(ports.fs, request.root)
  const found = await findGenerators(ports, request.root, project.lock)
  const chosen = await choose(ports, request, found)
  const { name, trust } = chosen
  const failure = found.failure ? { failure: found.failure } : {}
  const data = name.startsWith(PLOP) ? undefined : found.data.find((each) => each.name === name)
  if (data) {
    const { origin, manifest } = data
    const run = origin === "builtin" && name === EXCEPTION ? addExceptionTo : addData
    const added = await run(ports, project, data, {
      ...request,
      ...(found.template ? { template: found.template } : {}),
    })
    return { ...added, ...failure, root: project.root, generator: { name, origin, description: manifest.description } }
  }
  const plan = await planPlop(
    ports,
    { ...request, trust },
    found,
    name.startsWith(PLOP) ? name.slice(PLOP.length) : name,
  )
  if (plan) return plan
  if (found.failure) throw found.failure
  const { generators } = await listGenerators(ports, request)
  throw unknownGenerator(
    name,
    generators.map((each) => each.name),
  )
}

/** The generator that edits meshwright.yml, which no other may. */
const EXCEPTION = "exception"

/** Before the name of a generator of a plopfile which has the name of another one. */
const PLOP = "plop:"

/** The plan of a generator of a plopfile; undefined where none has it. Its code runs when it is trusted. */
async function planPlop(
  ports: AddPorts,
  request: AddRequest,
  { template }: FoundGenerators,
  name: string,
): Promise<AddPlan | undefined> {
  const { root, trust, say } = request
  for (const plopfile of template ? plopfilesOf(ports, template) : []) {
    await requireTrust(ports, codeOf(plopfile, root, trust))
    const plan = await usePlopfile(ports, root, plopfile, say, async (open, copy): Promise<AddPlan | undefined> => {
      const generator = open.generators.find((each) => each.name === name)
      if (!generator) return undefined
      const added = await addByPlop(ports, request, name, open, copy)
      return { ...added, root, generator: { ...generator, origin: "plopfile" } }
    })
    if (plan) return plan
  }
  return undefined
}

export interface GeneratorList {
  readonly generators: readonly ListedGenerator[]
  /** Plopfiles that are not trusted, and so were not asked. */
  readonly untrusted: readonly string[]
  /** Why the template's own generators were not looked at. */
  readonly failure?: MeshwrightError
}

/** What there is to choose from. Code that is not trusted does not run for that. */
export async function listGenerators(
  ports: AddPorts,
  request: Pick<AddRequest, "root" | "trust" | "say">,
): Promise<GeneratorList> {
  const { root } = request
  return listFound(ports, request, await findGenerators(ports, root, loadProject(ports.fs, root).lock))
}

async function listFound(
  ports: AddPorts,
  { root, trust, say }: Pick<AddRequest, "root" | "trust" | "say">,
  { data, template, failure }: FoundGenerators,
): Promise<GeneratorList> {
  const names = new Set(data.map(({ name }) => name))
  const generators = data.map(({ name, origin, manifest }): ListedGenerator => {
    return { name, origin, description: manifest.description }
  })
  const untrusted: string[] = []
  for (const plopfile of template ? plopfilesOf(ports, template) : []) {
    if (!isTrusted(ports, codeOf(plopfile, root, trust))) {
      untrusted.push(plopfile.file)
      continue
    }
    const open = await usePlopfile(ports, root, plopfile, say, (opened) => Promise.resolve(opened.generators))
    for (const { name, description } of open) {
      generators.push({ name: names.has(name) ? PLOP + name : name, origin: "plopfile", description })
      names.add(name)
    }
  }
  return { generators, untrusted, ...(failure ? { failure } : {}) }
}

/** The generator that is to run; with what was said about trust on the way. */
async function choose(
  ports: AddPorts,
  request: AddRequest,
  found: FoundGenerators,
): Promise<{ readonly name: string; readonly trust: boolean }> {
  const { trust, generator } = request
  if (generator !== undefined) return { name: generator, trust }
  const { generators, untrusted } = await listFound(ports, request, found)
  if (!ports.prompter)
    throw unknownGenerator(
      "",
      generators.map(({ name }) => name),
    )
  const width = Math.max(...generators.map(({ name }) => name.length))
  const choices = generators.map(({ name, description }) => ({
    value: name,
    label: `${name.padEnd(width)}  ${description}`,
  }))
  const more = untrusted.length > 0 ? [{ value: "", label: "…  more of the template, which are code" }] : []
  const name = await ports.prompter.choose("What do you want to add?", [...choices, ...more])
  if (name !== "") return { name, trust }
  for (const plopfile of found.template ? plopfilesOf(ports, found.template) : [])
    await requireTrust(ports, codeOf(plopfile, request.root, trust))
  return choose(ports, { ...request, trust: true }, found)
}
