import type { Manifest } from "./template.ts"
import type { Tree } from "./tree.ts"

/** Where a generator comes from. */
export type GeneratorOrigin = "builtin" | "template" | "plopfile"

/** What an answer is in the dbt project: the name of something new, or of something that has to be there; or columns, by default those of the model. */
export type DbtRole = "new_model" | "model" | "group" | "columns"

/** Entries of a list in a dbt properties file, which go where the project keeps such entries. */
export interface IntoRule {
  /** A glob over rendered paths. */
  readonly path: string
  /** Key of the list: models, sources, groups. */
  readonly list: string
}

/** A small template for `add`: its files go into a project that is there. Data only, as templates are. */
export interface DataGenerator {
  readonly name: string
  readonly origin: "builtin" | "template"
  /** Questions, derived values, rules for files, as in a template. */
  readonly manifest: Manifest
  readonly files: Tree
  /** The list question for each of whose items the files with {{item}} in their path are rendered. */
  readonly forEach?: string
  readonly into: readonly IntoRule[]
  /** Of the answers, by question; absent where the generator is not about dbt. */
  readonly dbt?: Readonly<Record<string, DbtRole>>
}
