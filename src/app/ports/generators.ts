import type { DataGenerator } from "../../core/model/generator.ts"
import type { Template } from "../../core/model/template.ts"

/** The generators of `add` that are data: the program's own, and those in the folder generators/ of a template. */
export interface Generators {
  builtin(): Promise<readonly DataGenerator[]>
  /** Throws a MeshwrightError for one that is broken. */
  ofTemplate(template: Template): Promise<readonly DataGenerator[]>
}
