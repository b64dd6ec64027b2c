import { MeshwrightError, problem } from "../core/model/diagnostic.ts"
import type { TemplateRef } from "../core/model/template.ts"

/** A version was asked for, and the template is another one: folders and built-in templates have only theirs. */
export function refuseOtherVersion(source: string, asked: string | undefined, template: TemplateRef): void {
  if (asked === undefined || asked === "" || asked === template.version) return
  throw new MeshwrightError([
    problem("no-revision", `${source} has no version ${asked} here: it is ${template.version}`, {
      hint: "built-in templates have the version of the meshwright that brings them: npx meshwright@latest update",
    }),
  ])
}
