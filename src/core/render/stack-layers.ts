import { formatOf } from "../merge/formats/index.ts"
import { layOver } from "../merge/lay-over.ts"
import { pruneFile } from "../merge/prune-file.ts"
import { type MergeRules, mergeRules } from "../merge/rules/merge-rules.ts"
import { type Diagnostic, MeshwrightError, problem } from "../model/diagnostic.ts"
import type { RelPath } from "../model/path.ts"
import type { DropRule, FileRule, RenderedFile, Template } from "../model/template.ts"
import { chainOf } from "../template/layer-versions.ts"
import { globMatcher } from "./glob.ts"

/** How the files of templates that extend each other come to lie on each other while they are rendered. */
export interface LayerStack {
  /** The layers of the template at `depth` come next: what it drops leaves those below it. */
  readonly begin: (depth: number, below: Map<RelPath, RenderedFile>, problems: Diagnostic[]) => void
  /** Files that conditions leave out: nothing is merged into them either. */
  readonly leaveOut: (origins: readonly string[], pathOf: (origin: string) => RelPath | undefined) => void
  /** Where a file belongs that is to be merged into one which the template below calls otherwise by now; else its own path. */
  readonly homeOf: (path: RelPath, below: ReadonlyMap<RelPath, RenderedFile>) => RelPath
  /** What a file becomes on the one below it; undefined where it only changes one that is left out. Throws a MeshwrightError. */
  readonly lay: (file: RenderedFile, below: RenderedFile | undefined) => RenderedFile | undefined
}

/** What was of use of a template's own rules, for who looks after templates. */
export interface LayerUse {
  readonly drops: Set<DropRule>
  /** Keys of such a rule that were there. */
  readonly keys: Map<DropRule, Set<string>>
  /** Rules with `layer: merge` that found a file to be merged into. */
  readonly overlays: Set<FileRule>
}

/** For one rendering. @param use what of the outermost template's rules was of use is noted there */
export function stackOf(template: Template, use?: LayerUse): LayerStack {
  const chain = chainOf(template)
  const rulesOf = chain.map(({ manifest }) => manifest.files.filter(({ layer }) => layer !== undefined))
  const merges = rulesOf.some((rules) => rules.length > 0)
  if (chain.length === 1 && !merges) return FLAT
  const overlays = rulesOf.map((rules) => rules.map((rule) => ({ rule, matches: globMatcher(rule.path) })))
  const merging = mergeRules(template.manifest)
  const leftOut = new Set<RelPath>()
  let current = chain.length - 1
  /** The rule that says how a file of the current template meets the one below; it may name the file as it was called before. */
  const ruleFor = (path: RelPath): FileRule | undefined => {
    const parent = chain[current + 1]
    const names = parent === undefined ? [path] : [path, ...earlierNames(parent, path)]
    return overlays[current]!.findLast(({ matches }) => names.some(matches))?.rule
  }
  return {
    begin: (depth, below, problems) => {
      for (; current > depth;) {
        current -= 1
        const noted = current === 0 ? use : undefined
        const parent = chain[current + 1]!
        for (const rule of chain[current]!.manifest.drop)
          drop(chain[current]!, parent, rule, below, merging, problems, noted)
      }
    },
    leaveOut: (origins, pathOf) => {
      if (!merges || current === 0) return
      for (const origin of origins) {
        const path = pathOrNone(() => pathOf(origin))
        if (path !== undefined) leftOut.add(path)
      }
    },
    homeOf: (path, below) => {
      const parent = chain[current + 1]
      if (parent === undefined || below.has(path) || ruleFor(path)?.layer !== "merge") return path
      return [...below.keys()].find((each) => earlierNames(parent, each).includes(path)) ?? path
    },
    lay: (file, below) => {
      const rule = ruleFor(file.path)
      if (rule?.layer !== "merge") return file
      if (current === 0 && (below !== undefined || leftOut.has(file.path))) use?.overlays.add(rule)
      // Without conditions in between, nothing below is a file of its own.
      if (below === undefined) return leftOut.has(file.path) ? undefined : file
      const laid = layOver(file.path, below, file, merging)
      if (laid === undefined) throw cannotMerge(file)
      // It stays the file that it was.
      return { ...file, ...laid, origin: below.origin, merged: [...(below.merged ?? []), file.origin] }
    },
  }
}

/** Names of files that are not rendered need not be names. */
function pathOrNone(path: () => RelPath | undefined): RelPath | undefined {
  try {
    return path()
  } catch (error) {
    if (error instanceof MeshwrightError) return undefined
    throw error
  }
}

const FLAT: LayerStack = { begin: () => {}, leaveOut: () => {}, homeOf: (path) => path, lay: (file) => file }

/**
 * What a template called a file before: a template on top of it may have been written then, and a range lets the newer one
 * come in below.
 */
function earlierNames({ manifest }: Template, path: RelPath): readonly RelPath[] {
  const names: string[] = [path]
  for (const name of names)
    names.push(...manifest.renames.flatMap(({ from, to }) => (to === name && !names.includes(from) ? [from] : [])))
  return names.slice(1) as RelPath[]
}

function drop(
  { manifest }: Template,
  parent: Template,
  rule: DropRule,
  below: Map<RelPath, RenderedFile>,
  merging: MergeRules,
  problems: Diagnostic[],
  use: LayerUse | undefined,
): void {
  const matches = globMatcher(rule.path)
  const { keys } = rule
  for (const [path, file] of below) {
    if (!matches(path) && !earlierNames(parent, path).some(matches)) continue
    use?.drops.add(rule)
    if (keys === undefined) {
      below.delete(path)
      continue
    }
    const pruned = pruneFile(path, file, keys, merging)
    if (pruned === undefined) problems.push(cannotDrop(manifest.name, path, keys))
    else {
      below.set(path, { ...file, ...pruned.file })
      if (use) use.keys.set(rule, new Set([...(use.keys.get(rule) ?? []), ...pruned.found]))
    }
  }
}

function cannotDrop(name: string, path: RelPath, keys: readonly string[]): Diagnostic {
  const why =
    formatOf(path).without === undefined ? "it has no keys" : "it cannot be read, or something in it refers to them"
  return problem("drop-keys", `${name} drops ${keys.join(", ")} from ${path}: ${why}`, {
    hint: "drop the whole file, or bring one of your own in its place",
  })
}

function cannotMerge({ path, origin }: RenderedFile): MeshwrightError {
  const why =
    formatOf(path).without === undefined
      ? "its format has no keys that could be merged"
      : "one of the two cannot be read, or they cannot be put together"
  return new MeshwrightError([
    problem("layer-merge", `${path} cannot be merged into the file of the template below: ${why}`, {
      file: origin,
      hint: "without `layer: merge` the file replaces the other one",
    }),
  ])
}
