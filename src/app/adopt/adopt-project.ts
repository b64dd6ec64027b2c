import { join } from "node:path"
import { type AdoptRules, leftOutPatterns } from "../../core/adopt/adopt-tree.ts"
import { assumedFiles } from "../../core/adopt/assumed-files.ts"
import { findAnswers } from "../../core/adopt/find-answers.ts"
import { type FoundAnswer, fitFindings, type Fitting } from "../../core/adopt/fit-findings.ts"
import { FOREIGN_RECORDS, type ForeignRecord, readForeignRecord } from "../../core/adopt/foreign-record.ts"
import { isReadByDbt, readDbtProject } from "../../core/adopt/read-dbt-project.ts"
import { sameRole } from "../../core/adopt/same-role.ts"
import { decodeText } from "../../core/decode-text.ts"
import { secretsOf } from "../../core/explain/secrets.ts"
import { fingerprint } from "../../core/hash.ts"
import { mergeRules } from "../../core/merge/rules/merge-rules.ts"
import type { FileChange } from "../../core/model/change.ts"
import type { Diagnostic } from "../../core/model/diagnostic.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { Manifest, RenderedTree } from "../../core/model/template.ts"
import type { Tree } from "../../core/model/tree.ts"
import { pathsToRead, planProject } from "../../core/plan/plan-project.ts"
import { unmergedFiles } from "../../core/plan/unmerged.ts"
import { globMatcher } from "../../core/render/glob.ts"
import { renderTree } from "../../core/render/render-tree.ts"
import { releaseNotes } from "../../core/template/release-notes.ts"
import { readTree } from "../load-project.ts"
import { candidatesForMoves } from "../update/moved-files.ts"
import { seenFrom } from "../new/new-project.ts"
import type { ForeignTemplates } from "../ports/foreign-templates.ts"
import { obstaclesFor } from "../update/obstacles.ts"
import type { Ports } from "../ports/ports.ts"
import type { UpdatePlan } from "../update/update-project.ts"
import { adoptAnswers } from "./adopt-answers.ts"
import { type AdoptRequest, NO_VERSION } from "./adopt-request.ts"
import { baseOfRecord, earlierTemplate, hasSteps, previousLock, stepsRemark } from "./earlier-base.ts"
import { readSurroundings, readYaml } from "./read-surroundings.ts"
import { lockedRemarks } from "./locked-remark.ts"
import { isAlwaysDbt, isFile, refusePlace, refuseWithoutDbt } from "./refuse-place.ts"

export interface AdoptPlan extends UpdatePlan {
  /** Answers that the project gave, with where they were found. */
  readonly found: readonly FoundAnswer[]
  /** What is worth knowing before it is applied. */
  readonly remarks: readonly Diagnostic[]
}

/**
 * Everything that `adopt` would do: answers from what the project tells, and the template's files around what is there.
 * Nothing is written. Throws a MeshwrightError for a folder that cannot be adopted and for answers that are missing.
 */
export async function planAdopt(
  ports: Ports,
  foreign: () => Promise<ForeignTemplates>,
  request: AdoptRequest,
): Promise<AdoptPlan> {
  const { root } = request
  refusePlace(ports, root)
  const newest = await ports.templates.load(request.source, request.to, request.cwd)
  const before = await earlierTemplate(ports, request)
  // Steps between the versions are an update's: the project comes in where it is, and goes on from there.
  const stepped = before !== undefined && hasSteps(before, newest)
  const template = seenFrom(stepped ? before : newest, request, root)
  refuseWithoutDbt(ports, root, isAlwaysDbt(template))
  const record = foreignRecord(ports, root)
  const surroundings = await readSurroundings(ports, root)
  const fitting = fitFindings(template.manifest.questions, findAnswers(surroundings, readYaml), record)
  const { given, found } = await adoptAnswers(ports, request, template.manifest, fitting)
  const rendered = renderTree(template, given.answers)
  refuseWithoutDbt(ports, root, rendered.has("dbt_project.yml" as RelPath))

  const previous = before && previousLock(before, template.manifest, given.answers)
  const { base, label } =
    previous === undefined && record !== undefined && request.base !== NO_VERSION
      ? await baseOfRecord(ports, await foreign(), request, record, rendered)
      : { base: new Map<RelPath, never>(), label: "nothing" }

  const paths = pathsToRead(rendered, previous, template)
  const ours = readTree(ports.fs, root, paths)
  const candidates = previous ? candidatesForMoves(ports.fs, root, previous.lock, rendered, ours) : []
  const tree: Tree = new Map([...ours, ...readTree(ports.fs, root, candidates)])
  const keep = [...request.keep, ...keptFolders(ports, root, record?.keep ?? [])]
  const [take, isKept] = [request.take, keep].map(anyOf)
  const dbt = readDbtProject(readYaml(surroundings.files.get("dbt_project.yml") ?? ""))
  const isDbt = surroundings.files.has("dbt_project.yml")
  const style = request.conflictStyle ?? "inline"
  const rules: AdoptRules = {
    isReadByDbt: (path) => isDbt && isReadByDbt(dbt, path),
    elsewhere: (path) => sameRole(path).find((each) => isFile(ports, join(root, each))) as RelPath | undefined,
    isForNew: (path) =>
      template.manifest.files.findLast((rule) => rule.adopt !== undefined && globMatcher(rule.path)(path))?.adopt ===
      false,
    assumed: assumedFiles(template, given.answers, given.assumed, rendered),
    tracked: await ports.git.tracked(root),
    take: take!,
    ...(request.conflictStyle === undefined ? {} : { conflictStyle: request.conflictStyle }),
  }
  const planned = planProject({
    template,
    answers: given.answers,
    rendered,
    ours: tree,
    ...(previous ? { previous } : {}),
    candidates,
    obstacles: obstaclesFor(ports.fs, root, paths),
    keep: isKept!,
    conflictStyle: style,
    adopt: {
      base,
      baseLabel: label,
      keep,
      rules,
    },
  })
  const changes = [...removedRecord(ports, root, record, rendered), ...planned]
  const sides = {
    base: previous?.lock.files ?? base,
    ours: tree,
    theirs: rendered,
    rules: mergeRules(template.manifest),
  }
  const from = before?.ref ?? { ...template.ref, version: NO_VERSION }
  return {
    root,
    from,
    template,
    given,
    newAnswers: given.assumed,
    found,
    remarks: [
      ...(previous ? [] : leftOutPatterns(planned, sides, rules).map(leftOutRemark)),
      ...idleGlobs("--take", request.take, rendered),
      ...idleGlobs("--keep", request.keep, rendered),
      ...(await ignoredRemarks(ports, root, changes, take!)),
      ...lockedRemarks(changes, tree, ports.today),
      ...(stepped ? [stepsRemark(before, newest)] : []),
      ...unknownAnswerRemarks(fitting, record),
      ...childRemarks(template.manifest),
    ],
    changes,
    sides,
    secrets: secretsOf(template.manifest.questions, given.answers, sides),
    unmerged: style === "inline" ? unmergedFiles(changes, { lock: { files: sides.base } }, tree, rendered) : [],
    notes: before ? releaseNotes(template.notes ?? "", from.version, template.ref.version) : [],
    decided: [],
    steps: [],
  }
}

function foreignRecord({ fs }: Ports, root: string): ForeignRecord | undefined {
  const file = FOREIGN_RECORDS.find((each) => isFile({ fs }, join(root, each)))
  if (file === undefined) return undefined
  const text = (path: string): string | undefined => decodeText(fs.read(join(root, path))?.bytes ?? new Uint8Array())
  return readForeignRecord(file, text(file) ?? "", text("pyproject.toml"), readYaml)
}

/** What another tool wrote of the template goes: with it, that tool's bots would go on to act. */
function removedRecord(
  { fs }: Ports,
  root: string,
  record: ForeignRecord | undefined,
  rendered: RenderedTree,
): readonly FileChange[] {
  const file = record && fs.read(join(root, record.file))
  if (record === undefined || !file || rendered.has(record.file)) return []
  const write = { path: record.file, before: fingerprint(file), after: null }
  return [{ path: record.file, action: "delete", status: "clean", reason: "old-record", writes: [write] }]
}

/** cruft skips all of a folder that it names. */
function keptFolders({ fs }: Ports, root: string, keep: readonly string[]): readonly string[] {
  return keep.map((glob) => {
    const path = glob.replace(/\/+$/, "")
    return fs.stat(join(root, path))?.kind === "directory" ? `${path}/**` : path
  })
}

/** Globs of the request that fit no file of the template. */
function idleGlobs(flag: string, globs: readonly string[], rendered: RenderedTree): readonly Diagnostic[] {
  const idle = globs.filter((glob) => ![...rendered.keys()].some((path) => globMatcher(glob)(path)))
  return idle.map((glob) => ({
    code: "no-match",
    severity: "warning",
    message: `${flag} ${glob} fits no file of the template`,
    hint: "--dry-run --verbose names them all",
  }))
}

/** Files that are wanted and that git does not take. */
async function ignoredRemarks(
  { git }: Ports,
  root: string,
  changes: readonly FileChange[],
  take: (path: string) => boolean,
): Promise<readonly Diagnostic[]> {
  const taken = changes.filter(({ path, writes }) => writes.length > 0 && take(path)).map(({ path }) => path)
  const ignored = taken.length === 0 ? [] : await git.ignored(root, taken)
  return ignored.map((file) => {
    const message = `${file} is ignored by git: it will be there, and in no commit`
    return { code: "ignored", severity: "warning", message, file }
  })
}

function leftOutRemark({ path, pattern, because }: ReturnType<typeof leftOutPatterns>[number]): Diagnostic {
  const message = `the template's pattern ${pattern} is left out, so that ${because} stays in git`
  return { code: "pattern-left-out", severity: "info", message, file: path }
}

function unknownAnswerRemarks({ unknown }: Fitting, record: ForeignRecord | undefined): readonly Diagnostic[] {
  if (record === undefined || unknown.length === 0) return []
  const message = `answers that the template does not ask for are left behind: ${unknown.join(", ")}`
  return [{ code: "unknown-answer", severity: "info", message, file: record.file }]
}

function childRemarks({ projects }: Manifest): readonly Diagnostic[] {
  if (projects.length === 0) return []
  const message = "projects inside of this one are not adopted with it"
  return [
    { code: "child-projects", severity: "info", message, hint: "meshwright adopt SOURCE --dest FOLDER, for each" },
  ]
}

function anyOf(globs: readonly string[]): (path: string) => boolean {
  const matchers = globs.map(globMatcher)
  return (path) => matchers.some((matches) => matches(path))
}
