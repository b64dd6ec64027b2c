import type { AnswerValue } from "../model/answers.ts"

/** Something that an existing project tells, and where it does. */
export interface Found {
  readonly value: AnswerValue
  /** For people: `dbt_project.yml, name`. */
  readonly where: string
  /** Only offered: where it does not fit, nobody has to be asked. */
  readonly isHint?: true
}

/** What a project tells, by the `guess` name of questions; of several the first that fits its question counts. */
export type Findings = Readonly<Record<string, readonly Found[]>>

/** The texts and names of an existing project that tell something about it. */
export interface Surroundings {
  /** Texts by path from the project's folder; a path that begins with `..` is of a package beside it. */
  readonly files: ReadonlyMap<string, string>
  /** Owners, CI and Terraform files, by path from the top of the repository; the project's own folder where there is no git. */
  readonly top: ReadonlyMap<string, string>
  /** The project's folder, from the top of the repository; empty where they are the same. */
  readonly folder: string
  /** URL of the git remote `origin`; empty without one. */
  readonly origin: string
  /** Models' files, by path from the project's folder. */
  readonly models: readonly string[]
}

/** A text as YAML; undefined where it is none. */
export type ReadYaml = (text: string) => unknown

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** The items of a list that are maps, with their place in it; none where it is no list. */
export function recordsIn(value: unknown): readonly (readonly [number, Readonly<Record<string, unknown>>])[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((item: unknown, index) => (isRecord(item) ? [[index, item] as const] : []))
}
