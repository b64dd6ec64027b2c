import { closest } from "../../core/answers/closest.ts"
import type { ParsedLock } from "../../core/lock/parse-lock.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { DataGenerator } from "../../core/model/generator.ts"
import type { Template } from "../../core/model/template.ts"
import { chainOf } from "../../core/template/layer-versions.ts"
import { bareSource, parseSource } from "../../core/template/parse-source.ts"
import type { AddPorts } from "../ports/add-ports.ts"

/** What a project can run with `add`. */
export interface FoundGenerators {
  readonly data: readonly DataGenerator[]
  /** The project's template, as the project has it; absent where it is out of reach. */
  readonly template?: Template
  /** Why it is out of reach. */
  readonly failure?: MeshwrightError
}

/**
 * The program's generators and those of the project's template and of those that it extends: the outermost of a name counts. A template that is
 * out of reach is no failure: the program's own are here.
 */
export async function findGenerators(ports: AddPorts, root: string, { lock }: ParsedLock): Promise<FoundGenerators> {
  const builtin = await ports.generators.builtin()
  try {
    const template = await loadLocked(ports, root, lock.template)
    const own = await Promise.all(chainOf(template).map((each) => ports.generators.ofTemplate(each)))
    const all = [...own.flat(), ...builtin]
    return { template, data: all.filter(({ name }, index) => all.findIndex((each) => each.name === name) === index) }
  } catch (failure) {
    if (!(failure instanceof MeshwrightError)) throw failure
    return { failure, data: builtin }
  }
}

/** The very state of the template that the project is from, which the cache may have; where there is only one, that. */
async function loadLocked(ports: AddPorts, root: string, ref: Template["ref"]): Promise<Template> {
  const { kind } = parseSource(ref.source)
  const fetched = kind === "git" || kind === "npm"
  const version = /^commit:(.+)$/.exec(ref.integrity)?.[1] ?? ref.version
  const template = await ports.templates.load(bareSource(ref.source), fetched ? version : undefined, root)
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
