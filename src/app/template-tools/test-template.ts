import { dirname, join } from "node:path"
import { deriveValues } from "../../core/answers/derive.ts"
import { holds } from "../../core/answers/condition.ts"
import { NO_INPUTS, resolveAnswers } from "../../core/answers/resolve-answers.ts"
import type { Answers } from "../../core/model/answers.ts"
import { type Diagnostic, MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { RenderedTree, Template, TestCommand } from "../../core/model/template.ts"
import { shellWord } from "../../core/render/quote.ts"
import { tryTemplate } from "../../core/template-lint/rendered-cases.ts"
import { syntaxProblem } from "../../core/template-tests/check-syntax.ts"
import { settingsFor } from "../../core/template-tests/settings.ts"
import { codeEnvironment } from "../../core/trust/code-environment.ts"
import type { Ports } from "../ports/ports.ts"
import type { Workbench } from "../ports/workbench.ts"
import { chainOf, versionsBefore } from "../../core/template/layer-versions.ts"
import { isOlder, isVersion } from "../../core/version.ts"
import { requireTrust } from "../trust.ts"
import { previousRelease, readAuthorTemplate } from "./author-template.ts"
import { versionOf } from "./preview-template.ts"
import { renderWhole } from "./render-whole.ts"
import { problemsOf, updateFresh } from "./update-fresh.ts"

export interface TestRequest {
  readonly source: string
  readonly cwd: string
  /** What updates start from; absent: the release before. */
  readonly from?: string
  /** Of `count` parts of the cases, the one with this number from 1. */
  readonly shard?: { readonly number: number; readonly count: number }
  readonly jobs: number
  /** Whether the template's own commands run. */
  readonly commands: boolean
  readonly trusted: boolean
  /** Leave the folders of failed cases. */
  readonly keep: boolean
}

export interface TestedCase {
  readonly number: number
  readonly answers: Answers
  /** In a few words: the answers that are not defaults. */
  readonly name: string
  readonly problems: readonly Diagnostic[]
  readonly milliseconds: number
  /** The command that shows what it rendered. */
  readonly reproduce: string
  /** Where its project lies, when it was asked for. */
  readonly folder?: string
}

export interface TestReport {
  readonly template: Template
  readonly previous?: Template
  readonly cases: readonly TestedCase[]
  /** Pairs of values that the cases hold, all shards together. */
  readonly pairs: number
  readonly milliseconds: number
}

/** What to tell while it goes on. */
export interface TestProgress {
  readonly begin: (cases: number, previous: Template | undefined) => void
  readonly done: (tested: TestedCase, count: number) => void
}

/**
 * Tries a template with answers that hold every pair of values: it renders the same twice, what it renders parses, a fresh
 * project of the release before updates without a conflict, and the template's own commands pass. Throws a MeshwrightError
 * where the template cannot be read, and of kind `untrusted` where its commands may not run.
 */
export async function testTemplate(
  ports: Ports,
  bench: Workbench,
  request: TestRequest,
  progress: TestProgress,
): Promise<TestReport> {
  const start = bench.now()
  const { source, cwd } = request
  const { template } = await readAuthorTemplate(ports, source, cwd)
  const commands = request.commands ? template.manifest.test.commands : []
  const previous =
    request.from === undefined
      ? await previousRelease(ports, template)
      : await versionOf(ports, template, request.from, cwd)
  for (const [depth, layer] of chainOf(template).entries()) {
    const runs = [
      ...(depth > 0 ? [] : commands).map(({ run }) => ({
        what: run.map(shellWord).join(" "),
        why: "a test of the template",
      })),
      ...migrationsSince(template, previous, depth).map(({ run, description }) => ({
        what: run.map(shellWord).join(" "),
        why: `its migration: ${description}`,
      })),
    ]
    await requireTrust(ports, { template: layer, root: cwd, runs, given: request.trusted })
  }
  const { cases: tried, pairs } = tryTemplate(template)
  const all = distinct([...tried.map(({ answers }) => answers), ...ownCases(template)])
  const { shard } = request
  const chosen = all
    .map((answers, index) => ({ answers, number: index + 1 }))
    .filter(({ number }) => shard === undefined || (number - 1) % shard.count === shard.number - 1)
  progress.begin(chosen.length, previous)
  const bases = { template, commands, ...(previous ? { previous } : {}) }
  const scratch = commands.length > 0 || request.keep ? bench.folder() : undefined
  let kept = false
  try {
    const cases: TestedCase[] = []
    await inParallel(chosen, request.jobs, async ({ answers, number }) => {
      if (bench.stopped())
        throw new MeshwrightError([problem("interrupted", "the test was interrupted")], "interrupted")
      const began = bench.now()
      const folder = scratch === undefined ? undefined : join(scratch, `case-${number}`)
      const problems = await problemsOf(() => testCase(ports, bench, bases, answers, folder))
      const keeps = request.keep && problems.length > 0 && folder !== undefined && ports.fs.stat(folder) !== null
      kept ||= keeps
      const settings = settingsFor(template.manifest, answers)
      const tested = {
        number,
        answers,
        name: settings.replaceAll("--set ", "") || "defaults",
        problems,
        milliseconds: bench.now() - began,
        reproduce: `meshwright template preview ${shellWord(source)}${settings === "" ? "" : ` ${settings}`} --verbose`,
        ...(keeps ? { folder } : {}),
      }
      cases.push(tested)
      progress.done(tested, cases.length)
      if (!keeps && folder !== undefined) bench.remove(folder)
    })
    return {
      template,
      ...(previous ? { previous } : {}),
      cases: cases.toSorted((a, b) => a.number - b.number),
      pairs,
      milliseconds: bench.now() - start,
    }
  } finally {
    if (scratch !== undefined && !kept) bench.remove(scratch)
  }
}

interface Tested {
  readonly template: Template
  readonly previous?: Template
  readonly commands: readonly TestCommand[]
}

/** The sets of answers that the template names itself, and the defaults where they are enough. */
function ownCases({ manifest }: Template): readonly Answers[] {
  return [{}, ...manifest.test.answers].flatMap((file, index) => {
    const { answers, problems } = resolveAnswers(manifest, { ...NO_INPUTS, file })
    if (problems.length === 0) return [answers]
    if (index === 0) return []
    throw new MeshwrightError(problems.map((each) => ({ ...each, message: `test.answers: ${each.message}` })))
  })
}

/** Those of one layer that the update of a fresh project would run. */
function migrationsSince(
  { manifest, ref }: Template,
  previous: Template | undefined,
  depth: number,
): Template["manifest"]["migrations"] {
  // The fresh project stands on this template, wherever its release was taken from.
  const before = previous && { ...previous.ref, source: ref.source }
  const version = versionsBefore(ref, before)[depth]
  if (version === undefined || !isVersion(version)) return []
  return manifest.migrations.filter((each) => (each.depth ?? 0) === depth && isOlder(version, each.since))
}

function distinct(cases: readonly Answers[]): readonly Answers[] {
  return [...new Map(cases.map((answers) => [JSON.stringify(Object.entries(answers).toSorted()), answers])).values()]
}

async function testCase(
  ports: Ports,
  bench: Workbench,
  { template, previous, commands }: Tested,
  answers: Answers,
  folder: string | undefined,
): Promise<readonly Diagnostic[]> {
  const tree = await renderWhole(ports, template, answers)
  if (folder !== undefined) writeTree(ports, folder, tree)
  const reversed = Object.fromEntries(Object.entries(answers).toReversed())
  const again = await renderWhole(ports, template, reversed)
  const syntax = [...tree.values()].flatMap(({ path, bytes, mode }) =>
    mode === "link" ? [] : (syntaxProblem(path, bytes) ?? []),
  )
  // Doubts are told by lint.
  const found = [...changed(tree, again), ...syntax.filter(({ severity }) => severity === "error")]
  if (previous) found.push(...(await updateFresh(ports, bench.memory(), previous, template, answers)))
  // What does not parse need not be tried by programs.
  if (found.length > 0 || folder === undefined) return found
  return runCommands(ports, bench, template, answers, commands, folder)
}

/** Files that another order of the same answers changes. */
function changed(tree: RenderedTree, again: RenderedTree): readonly Diagnostic[] {
  const paths = [...new Set([...tree.keys(), ...again.keys()])]
  return paths
    .filter((path) => !Buffer.from(tree.get(path)?.bytes ?? []).equals(again.get(path)?.bytes ?? new Uint8Array()))
    .map((path) => problem("not-repeatable", `${path} is not the same when it is rendered twice`))
}

function writeTree({ fs }: Ports, folder: string, tree: RenderedTree): void {
  fs.makeDirectory(folder)
  for (const { path, mode, bytes } of tree.values()) {
    const place = join(folder, path)
    fs.makeDirectory(dirname(place))
    fs.write(place, { mode, bytes })
  }
}

async function runCommands(
  ports: Ports,
  bench: Workbench,
  { manifest }: Template,
  answers: Answers,
  commands: readonly TestCommand[],
  folder: string,
): Promise<readonly Diagnostic[]> {
  const values = deriveValues(manifest, answers)
  // Nothing is told to anybody about tests (https://consoledonottrack.com).
  const environment = { ...codeEnvironment(ports.environment), HOME: folder, DO_NOT_TRACK: "1" }
  for (const { run, when } of commands) {
    if (!holds(when, values)) continue
    const { exitCode, output } = await bench.run(run, folder, environment)
    if (exitCode === 0) continue
    const shown = run.map(shellWord).join(" ")
    const end = exitCode === null ? "could not be run to its end" : `ended with ${exitCode}`
    return [
      problem("command-failed", `${shown} ${end}:\n${lastLines(output)}`, {
        hint: "--keep-failed leaves the folder of a failed case",
      }),
    ]
  }
  return []
}

function lastLines(output: string): string {
  const lines = output.trimEnd().split("\n").slice(-20)
  return lines.map((line) => `    ${line}`).join("\n")
}

/** Works through a list with so many at once. */
async function inParallel<T>(items: readonly T[], jobs: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items]
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, worker))
}
