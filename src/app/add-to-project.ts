import type { AnswerPlaces } from "../core/answers/resolve-answers.ts"
import type { MeshwrightError } from "../core/model/diagnostic.ts"
import type { GeneratorOrigin } from "../core/model/generator.ts"
import { type Added, addData } from "./add-data.ts"
import { type FoundGenerators, findGenerators, unknownGenerator } from "./find-generators.ts"
import { loadProject } from "./load-project.ts"
import type { Ports } from "./ports/ports.ts"

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
export async function planAdd(ports: Ports, request: AddRequest): Promise<AddPlan> {
  const project = loadProject(ports.fs, request.root)
  const found = await findGenerators(ports, request.root, project.lock)
  const name = request.generator ?? (await choose(ports, found))
  const data = found.data.find((each) => each.name === name)
  if (!data)
    throw (
      found.failure ??
      unknownGenerator(
        name,
        listed(found).map((each) => each.name),
      )
    )
  const { origin, manifest } = data
  const added = await addData(ports, project, data, request)
  return {
    ...added,
    root: project.root,
    generator: { name, origin, description: manifest.description },
    ...(found.failure ? { failure: found.failure } : {}),
  }
}

/** What there is to choose from. */
export async function listGenerators(
  ports: Ports,
  root: string,
): Promise<{ readonly generators: readonly ListedGenerator[]; readonly failure?: MeshwrightError }> {
  const found = await findGenerators(ports, root, loadProject(ports.fs, root).lock)
  return { generators: listed(found), ...(found.failure ? { failure: found.failure } : {}) }
}

function listed({ data }: FoundGenerators): ListedGenerator[] {
  return data.map(({ name, origin, manifest }) => ({ name, origin, description: manifest.description }))
}

async function choose({ prompter }: Ports, found: FoundGenerators): Promise<string> {
  const all = listed(found)
  if (!prompter)
    throw unknownGenerator(
      "",
      all.map(({ name }) => name),
    )
  const width = Math.max(...all.map(({ name }) => name.length))
  return prompter.choose(
    "What do you want to add?",
    all.map(({ name, description }) => ({ value: name, label: `${name.padEnd(width)}  ${description}` })),
  )
}
