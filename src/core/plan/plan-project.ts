import { fingerprint } from "../hash.ts"
import { renamesSinceRecord } from "../answers/rename-answers.ts"
import { formatLock } from "../lock/format-lock.ts"
import { fixedPart } from "../answers/fixed-answer.ts"
import { nextLock, recordable } from "../lock/next-lock.ts"
import type { ParsedLock } from "../lock/parse-lock.ts"
import { type AdoptRules, adoptTree } from "../adopt/adopt-tree.ts"
import { movedExceptions } from "../locked/moved-exceptions.ts"
import { mergeTree } from "../merge/merge-tree.ts"
import { mergeRules } from "../merge/rules/merge-rules.ts"
import type { ConflictStyle } from "../merge/merge-input.ts"
import type { MergeTreeInput, Policies } from "../merge/tree/merge-tree-input.ts"
import type { Answers } from "../model/answers.ts"
import type { Lock, LockedFile } from "../model/lock.ts"
import type { DiskWrite, FileChange } from "../model/change.ts"
import { joinRelPath, type RelPath } from "../model/path.ts"
import type { Rename, RenderedTree, Template } from "../model/template.ts"
import type { FileEntry, Tree } from "../model/tree.ts"
import { sourceHashes } from "../render/render-tree.ts"
import { isNewSince, versionsBefore } from "../template/layer-versions.ts"
import { compareVersions } from "../version.ts"
import { editProjectFile } from "../project/edit-project-file.ts"
import { formatProjectFile } from "../project/project-file.ts"
import { sameFile } from "../hash.ts"

export const PROJECT_FILE = "meshwright.yml" as RelPath
export const LOCK_FILE = "meshwright.lock" as RelPath

export interface ProjectInput {
  readonly template: Template
  readonly answers: Answers
  readonly rendered: RenderedTree
  /** The project's files at every path that matters (see pathsToRead), with meshwright.yml and meshwright.lock where they exist. */
  readonly ours: Tree
  readonly previous?: ParsedLock
  /** The base of merges, where it is another one than the lock's: migrations changed it too. */
  readonly base?: Lock["files"]
  readonly candidates?: readonly RelPath[]
  readonly obstacles?: MergeTreeInput["obstacles"]
  readonly keep: (path: RelPath) => boolean
  readonly conflictStyle: ConflictStyle
  readonly policies?: Policies
  /** For a project that comes under a template only now. */
  readonly adopt?: AdoptInput
}

export interface AdoptInput {
  readonly rules: AdoptRules
  /** What is known of an earlier rendering, and what conflicts call it. */
  readonly base: ReadonlyMap<RelPath, LockedFile>
  readonly baseLabel: string
  /** What `update.keep` says from now on. */
  readonly keep: readonly string[]
}

/**
 * The changes that bring one project to what its template renders now; its two records come last, the lock at the very
 * end. Without a previous lock this is a new project.
 */
export function planProject(input: ProjectInput): readonly FileChange[] {
  const { template, answers, rendered, ours, previous, adopt } = input
  const { questions } = template.manifest
  const recorded = recordable(answers, questions)
  const sources = sourceHashes(template)
  const trees: MergeTreeInput = {
    sources,
    base: input.base ?? previous?.lock.files ?? adopt?.base ?? new Map(),
    ours,
    theirs: rendered,
    renames: renamesSince(template, previous),
    ...(input.candidates ? { candidates: input.candidates } : {}),
    ...(input.obstacles ? { obstacles: input.obstacles } : {}),
    keep: input.keep,
    answersChanged:
      previous !== undefined &&
      sorted(allOf(previous.lock)) !== sorted({ ...recorded, ...fixedPart(answers, questions) }),
    labels: {
      ours: "yours",
      base: previous ? `template ${previous.lock.template.version}` : (adopt?.baseLabel ?? "nothing"),
      theirs: `template ${template.ref.version}`,
    },
    conflictStyle: input.conflictStyle,
    rules: mergeRules(template.manifest),
    ...(input.policies ? { policies: input.policies } : {}),
  }
  const changes =
    adopt && !previous
      ? adoptTree(trees, adopt.rules)
      : previous
        ? mergeTree(trees)
        : mergeTree(trees).map(keepWhatIsThere)
  const lock = nextLock({
    template: template.ref,
    answers,
    questions,
    rendered,
    changes,
    sources,
    ...(previous ? { previous: previous.lock } : {}),
  })
  const renamed = previous ? renamesSinceRecord(template, previous.lock.template) : new Map<string, string>()
  const project = {
    template: template.ref.source,
    version: template.ref.version,
    answers: recorded,
    renamed,
    movedExceptions: movedExceptions(input.policies?.exceptions ?? [], changes),
  }
  const projectText = ours.get(PROJECT_FILE)
  return [
    ...changes,
    record(
      PROJECT_FILE,
      projectText,
      projectText ? editProjectFile(textOf(projectText), project) : formatProjectFile(project, adopt?.keep),
    ),
    record(LOCK_FILE, ours.get(LOCK_FILE), formatLock(lock, previous?.lines)),
  ]
}

/** Every path that planProject looks at in the project, apart from files that the team moved. */
export function pathsToRead(rendered: RenderedTree, previous: ParsedLock | undefined, template: Template): RelPath[] {
  const sidecars = [...rendered.keys()].map((path) => `${path}.theirs`)
  const declared = template.manifest.renames.flatMap(({ from, to }) => [from, to]).filter((path) => !path.endsWith("/"))
  const paths = [
    ...rendered.keys(),
    ...(previous?.lock.files.keys() ?? []),
    ...declared,
    ...sidecars,
    PROJECT_FILE,
    LOCK_FILE,
  ]
  return [...new Set(paths as RelPath[])]
}

/** The renames that the project has not been through yet, in the order of their releases. */
function renamesSince(template: Template, previous: ParsedLock | undefined): readonly Rename[] {
  const before = versionsBefore(template.ref, previous?.lock.template)
  const depth = (rename: Rename): number => rename.depth ?? 0
  return template.manifest.renames
    .filter((rename) => isNewSince(rename, before))
    .toSorted((a, b) => depth(b) - depth(a) || compareVersions(a.since, b.since))
}

/** Changes of a project in a folder of a larger whole, told and written from there. */
export function inFolder(folder: string, changes: readonly FileChange[]): readonly FileChange[] {
  if (folder === "") return changes
  return changes.map((change) => ({
    ...change,
    path: joinRelPath(folder, change.path),
    ...(change.from ? { from: joinRelPath(folder, change.from) } : {}),
    writes: change.writes.map((write) => ({ ...write, path: joinRelPath(folder, write.path) })),
    ...(change.conflicts
      ? { conflicts: change.conflicts.map((each) => ({ ...each, path: joinRelPath(folder, each.path) })) }
      : {}),
  }))
}

/**
 * A new project never writes over a file: where what is there and what the template brings cannot stand together, the
 * file stays, and becomes the team's version.
 */
function keepWhatIsThere(change: FileChange): FileChange {
  if (change.status !== "conflict") return change
  return { path: change.path, reason: change.reason, action: "keep", status: "skipped", writes: [] }
}

/** Files that a new project found in its place, with other content than the template's. */
export function clashingPaths(changes: readonly FileChange[]): string[] {
  return changes
    .filter((change) => change.status === "skipped" && change.action === "keep")
    .map((change) => change.path)
}

/** All steps for the disk, in the order of the changes. */
export function writesOf(changes: readonly FileChange[]): readonly DiskWrite[] {
  return changes.flatMap((change) => change.writes)
}

/** The step that writes a lock, by itself. */
export function lockChange(ours: Tree, lock: Lock): FileChange {
  return record(LOCK_FILE, ours.get(LOCK_FILE), formatLock(lock))
}

function record(path: RelPath, before: FileEntry | undefined, text: string): FileChange {
  const after: FileEntry = { mode: "644", bytes: Buffer.from(text, "utf8") }
  if (before && sameFile(fingerprint(before), fingerprint({ ...after, mode: before.mode }))) {
    return { path, action: "none", status: "clean", reason: "unchanged", writes: [] }
  }
  const write: DiskWrite = {
    path,
    before: before ? fingerprint(before) : null,
    after: before ? { ...after, mode: before.mode } : after,
  }
  return { path, action: before ? "update" : "create", status: "clean", reason: "project-record", writes: [write] }
}

function allOf({ answers, fixed }: Lock): Answers {
  return { ...answers, ...fixed }
}

function sorted(answers: Answers): string {
  return JSON.stringify(Object.entries(answers).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

const textOf = (file: FileEntry): string => Buffer.from(file.bytes).toString("utf8")
