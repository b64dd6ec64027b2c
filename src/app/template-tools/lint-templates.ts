import type { Diagnostic } from "../../core/model/diagnostic.ts"
import { MeshwrightError } from "../../core/model/diagnostic.ts"
import type { Template, TemplateRef } from "../../core/model/template.ts"
import { lintTemplate } from "../../core/template-lint/lint-template.ts"
import { tryTemplate } from "../../core/template-lint/rendered-cases.ts"
import type { Generators } from "../ports/generators.ts"
import type { Ports } from "../ports/ports.ts"
import { renderWhole } from "./render-whole.ts"
import { problemsOf } from "./update-fresh.ts"
import { previousRelease, readAuthorTemplate, sameRelease, seenFrom } from "./author-template.ts"

export interface LintReport {
  /** Absent where the template cannot be read. */
  readonly template?: TemplateRef
  readonly findings: readonly Diagnostic[]
  /** The release that it was compared with. */
  readonly previous?: TemplateRef
}

/** Everything that is wrong or doubtful in a template. What keeps it from being read is told, too. */
export async function lintSource(
  ports: Ports & { readonly generators: Generators },
  source: string,
  cwd: string,
): Promise<LintReport> {
  try {
    const input = await readAuthorTemplate(ports, source, cwd)
    const { template } = input
    const [previous, same] = [await previousRelease(ports, template), await sameRelease(ports, template)]
    const releases = { ...(previous ? { previous } : {}), ...(same ? { same } : {}) }
    const generators = await ports.generators.ofTemplate(template)
    const found = [...lintTemplate({ ...input, generators }, releases), ...(await checkProjects(ports, template))]
    const findings = once(seenFrom(cwd, template, found))
    return { template: template.ref, findings, ...(previous ? { previous: previous.ref } : {}) }
  } catch (error) {
    // A wrong address is the caller's mistake, not the template's.
    if (!(error instanceof MeshwrightError) || error.kind === "usage") throw error
    const places = error.diagnostics.some(({ position }) => position !== undefined)
    if (!places) throw error
    return { findings: seenFrom(cwd, { folder: cwd }, error.diagnostics) }
  }
}

/** What is wrong with the projects inside of a project: their templates, and the answers that they are given. */
async function checkProjects(ports: Ports, template: Template): Promise<readonly Diagnostic[]> {
  if (template.manifest.projects.length === 0) return []
  const cases = tryTemplate(template).cases.filter(({ problems }) => problems.length === 0)
  const found = await Promise.all(
    cases.map(({ answers }) =>
      problemsOf(async () => {
        await renderWhole(ports, template, answers)
        return []
      }),
    ),
  )
  return found.flat()
}

/** Each finding once: an unknown name is found without rendering, and again by rendering. */
function once(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const keyed = findings.map(
    (each) => [JSON.stringify([each.code, each.file, each.position, each.message]), each] as const,
  )
  return keyed.filter(([key], index) => keyed.findIndex(([other]) => other === key) === index).map(([, each]) => each)
}
