import { type AnswerPlaces, NO_INPUTS, resolveAnswers } from "../../core/answers/resolve-answers.ts"
import { type Diagnostic, MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { Answers } from "../../core/model/answers.ts"
import type { Manifest, RenderedTree, Template } from "../../core/model/template.ts"
import { sampleFor } from "../../core/template-tests/base-answers.ts"
import { diffTrees, type TreeChange } from "../../core/tree-diff/diff-trees.ts"
import type { Ports } from "../ports/ports.ts"
import { atRevision, previousRelease } from "./author-template.ts"
import { renderWhole } from "./render-whole.ts"

type Raw = Readonly<Record<string, unknown>>

/** Answers as the command line gives them. */
export interface GivenAnswers {
  readonly flag: Raw
  readonly file: Raw
  readonly places?: AnswerPlaces
}

export interface Preview {
  readonly template: Template
  readonly answers: Answers
  /** Questions that nobody answered: their default was taken, or an answer made up. */
  readonly assumed: readonly string[]
  readonly tree: RenderedTree
}

/** What `template` renders for the answers; what is not given is a default, or a sample where there is none. */
export async function previewTemplate(ports: Ports, template: Template, given: GivenAnswers): Promise<Preview> {
  const { answers, assumed } = previewAnswers(template.manifest, given)
  return { template, answers, assumed, tree: await renderWhole(ports, template, answers) }
}

function previewAnswers(
  manifest: Manifest,
  { flag, file, places }: GivenAnswers,
): { readonly answers: Answers; readonly assumed: readonly string[] } {
  const samples = sampleFor(manifest, { ...file, ...flag })
  const fixed = new Set(manifest.questions.filter((question) => question.fixed !== undefined).map(({ name }) => name))
  const made = Object.fromEntries(Object.entries(samples).filter(([name]) => !fixed.has(name)))
  const inputs = { ...NO_INPUTS, flag, file: { ...made, ...file }, ...(places ? { places } : {}) }
  const { answers, problems } = resolveAnswers(manifest, inputs)
  if (problems.length > 0) throw new MeshwrightError(problems, "usage")
  const assumed = Object.keys(answers).filter((name) => !Object.hasOwn(flag, name) && !Object.hasOwn(file, name))
  return { answers, assumed }
}

export interface Comparison {
  readonly before: Preview
  readonly after: Preview
  readonly changes: readonly TreeChange[]
}

/** What changes from one version of a template to another, for the same answers. */
export async function compareVersions(
  ports: Ports,
  from: Template,
  to: Template,
  given: GivenAnswers,
): Promise<Comparison> {
  const after = await previewTemplate(ports, to, given)
  // Of a question that was renamed, the old name knows the answer of the new one.
  const before = await previewOld(ports, from, to, after.answers)
  return { before, after, changes: diffTrees(before.tree, after.tree, to.manifest.renames) }
}

async function previewOld(ports: Ports, from: Template, to: Template, answers: Answers): Promise<Preview> {
  const known = sampleFor(from.manifest, answersBefore(to.manifest, answers))
  return { template: from, answers: known, assumed: [], tree: await renderWhole(ports, from, known) }
}

/** Answers under the names that their questions had before. */
export function answersBefore({ renamed_questions: renamed }: Manifest, answers: Answers): Answers {
  const old = renamed.flatMap(({ question, to }) =>
    Object.hasOwn(answers, to) ? [[question, answers[to]!] as const] : [],
  )
  return { ...Object.fromEntries(old), ...answers }
}

/** What other answers to some questions change. */
export async function compareAnswers(
  ports: Ports,
  template: Template,
  given: GivenAnswers,
  others: Raw,
): Promise<Comparison> {
  const before = await previewTemplate(ports, template, given)
  const after = await previewTemplate(ports, template, { ...given, flag: { ...given.flag, ...others } })
  return { before, after, changes: diffTrees(before.tree, after.tree) }
}

/** The version to compare with: the one that is named, or the release before. Throws a MeshwrightError where there is none. */
export async function comparedVersion(
  ports: Ports,
  template: Template,
  wanted: string | undefined,
  cwd: string,
): Promise<Template> {
  if (wanted !== undefined) return versionOf(ports, template, wanted, cwd)
  const previous = await previousRelease(ports, template)
  if (previous) return previous
  throw new MeshwrightError([noRelease(template)], "usage")
}

function noRelease({ folder, manifest }: Template): Diagnostic {
  return problem("no-release", `there is no release of ${manifest.name} before ${manifest.version}`, {
    hint: `releases are tags of the git repository of ${folder}, such as v1.0.0; or name a version with --from`,
  })
}

/** A version of a template: a tag, branch or commit of its repository or source, or a source of its own. */
export async function versionOf(ports: Ports, template: Template, wanted: string, cwd: string): Promise<Template> {
  if (/^(?:builtin|npm|git\+\w+|https?|ssh|file|git):|^\.{0,2}\//.test(wanted))
    return ports.templates.load(wanted, undefined, cwd)
  const { source } = template.ref
  const isRemote = /^(?:npm:|git\+|git@)/.test(source)
  return isRemote ? ports.templates.load(source, wanted, cwd) : atRevision(ports, template, wanted)
}
