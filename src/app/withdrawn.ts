import { type Diagnostic, MeshwrightError, problem } from "../core/model/diagnostic.ts"
import type { Template, TemplateRef } from "../core/model/template.ts"
import { PROJECT_FILE } from "../core/plan/plan-project.ts"
import { bareSource, parseSource } from "../core/template/parse-source.ts"
import { isOlder, isVersion } from "../core/version.ts"
import type { LoadedProject } from "./load-project.ts"
import type { Ports } from "./ports/ports.ts"

/**
 * Tells that the release which a project is at is not there any more, where its source has none that is as new: it was
 * deleted. undefined where it is there. Throws a MeshwrightError where the source cannot be asked.
 */
export async function withdrawnRelease(
  { templates }: Ports,
  { root, file, lock }: LoadedProject,
  newest: Pick<TemplateRef, "version">,
): Promise<Diagnostic | undefined> {
  const { source, version } = lock.lock.template
  const isBack = isOlder(newest.version, version) || (isVersion(version) && !isVersion(newest.version))
  const isReleased = ["git", "npm"].includes(parseSource(file.template).kind) && isVersion(version)
  if (!isBack || !isReleased || file.template !== source) return undefined
  try {
    // As a range, since what is known of a version by its name is not asked for again.
    await templates.newest(bareSource(file.template), `=${version}`, root)
    return undefined
  } catch (error) {
    if (!hasCode(error, ["no-revision", "no-version-in-range"])) throw error
    return problem(
      "withdrawn-release",
      `release ${version} of ${source}, which this project is at, is not there any more; the newest is ${newest.version}`,
      {
        severity: "warning",
        file: PROJECT_FILE,
        hint: `\`meshwright update --to ${newest.version}\` goes back to that`,
      },
    )
  }
}

/**
 * A release that was withdrawn, as it was when the project got it: from the cache, or by its commit as long as the server
 * gives that. Throws a MeshwrightError `withdrawn-release` where it cannot be had.
 */
export async function loadWithdrawn(
  { templates }: Ports,
  { root, file, lock }: LoadedProject,
  remark: Diagnostic,
): Promise<Template> {
  const { version, integrity } = lock.lock.template
  const commit = /^commit:(.*)$/.exec(integrity)?.[1]
  try {
    const template = await templates.load(bareSource(file.template), commit ?? version, root)
    if (template.ref.integrity === integrity) return atRelease(template, commit, lock.lock.template)
  } catch (error) {
    if (!(error instanceof MeshwrightError) || error.kind === "interrupted") throw error
  }
  throw new MeshwrightError([
    { ...remark, severity: "error", message: `${remark.message}, and it is not in the cache` },
  ])
}

/** The template by the name of its release, although it was asked for by its commit; so what it extends beside itself. */
function atRelease(template: Template, commit: string | undefined, { source, version }: TemplateRef): Template {
  const named = (ref: TemplateRef): TemplateRef => ({
    ...ref,
    ...(ref.version === commit ? { version } : {}),
    ...(ref.extends === undefined ? {} : { extends: named(ref.extends) }),
  })
  const all = (each: Template): Template => ({
    ...each,
    ref: named(each.ref),
    ...(each.parent === undefined ? {} : { parent: all(each.parent) }),
  })
  const own = all(template)
  return { ...own, ref: { ...own.ref, source } }
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof MeshwrightError && error.diagnostics.some(({ code }) => codes.includes(code))
}
