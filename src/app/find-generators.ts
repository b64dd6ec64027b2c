import { closest } from "../core/answers/closest.ts"
import type { ParsedLock } from "../core/lock/parse-lock.ts"
import { MeshwrightError, problem } from "../core/model/diagnostic.ts"
import type { DataGenerator } from "../core/model/generator.ts"
import type { Template } from "../core/model/template.ts"
import { parseSource } from "../core/template/parse-source.ts"
import type { Ports } from "./ports/ports.ts"

/** What a project can run with `add`. */
export interface FoundGenerators {
  readonly data: readonly DataGenerator[]
  /** The project's template, as the project has it; absent where it is out of reach. */
  readonly template?: Template
  /** Why it is out of reach. */
  readonly failure?: MeshwrightError
}

/**
 * The program's generators and those of the project's template, which go before one of the same name. A template that is
 * out of reach is no failure: the program's own are here.
 */
export async function findGenerators(ports: Ports, root: string, { lock }: ParsedLock): Promise<FoundGenerators> {
  const builtin = await ports.generators.builtin()
  try {
    const template = await loadLocked(ports, root, lock.template)
    const own = await ports.generators.ofTemplate(template)
    const names = new Set(own.map(({ name }) => name))
    return { template, data: [...own, ...builtin.filter(({ name }) => !names.has(name))] }
  } catch (failure) {
    if (!(failure instanceof MeshwrightError)) throw failure
    return { failure, data: builtin }
  }
}

/** The very state of the template that the project is from, which the cache may have; where there is only one, that. */
async function loadLocked(ports: Ports, root: string, ref: Template["ref"]): Promise<Template> {
  const { kind } = parseSource(ref.source)
  const fetched = kind === "git" || kind === "npm"
  const version = /^commit:(.+)$/.exec(ref.integrity)?.[1] ?? ref.version
  const template = await ports.templates.load(ref.source, fetched ? version : undefined, root)
  return { ...template, ref }
}

/** The error for a name that is no generator. */
export function unknownGenerator(name: string, names: readonly string[]): MeshwrightError {
  const near = closest(name, names)
  const hint =
    near === undefined ? `there are: ${names.join(", ")}` : `did you mean ${near}? There are: ${names.join(", ")}`
  return new MeshwrightError(
    [problem("unknown-generator", `there is no generator ${JSON.stringify(name)}`, { hint })],
    "usage",
  )
}
