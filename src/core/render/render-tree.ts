import { declaredNames, deriveValues, type Values } from "../answers/derive.ts"
import { holds } from "../answers/condition.ts"
import { type Diagnostic, MeshwrightError, problem } from "../model/diagnostic.ts"
import type { Answers } from "../model/answers.ts"
import { comparePaths, type PathProblem, pathProblem, type RelPath } from "../model/path.ts"
import type { FilePolicy, Layer, LockRule, RenderedFile, RenderedTree, Template } from "../model/template.ts"
import type { FileEntry, Sha256 } from "../model/tree.ts"
import { sha256 } from "../hash.ts"
import { linkProblem } from "../model/link.ts"
import { formatOf } from "../merge/formats/index.ts"
import { chainOf } from "../template/layer-versions.ts"
import { globMatcher } from "./glob.ts"
import { type LayerUse, stackOf } from "./stack-layers.ts"
import { render } from "./engine.ts"

const PATH_PROBLEMS: Readonly<Record<PathProblem, string>> = {
  empty: "is empty",
  absolute: "is absolute",
  "leaves-root": "leaves the project",
  "inside-git": "is inside .git",
  "reserved-name": "is a reserved name on Windows",
  "bad-character": "has a character or a length that file systems refuse",
  "not-normalised": "has an empty segment",
}

/** What a template must not bring: the program writes it itself, and obeys what it finds there. */
export const OWN_FILE = /^meshwright\.(yml|lock)$|(^|\/)\.meshwright/i

/**
 * Renders a template for answers. Pure: the same template and answers give the same bytes, in path order. Only files
 * that end in .hbs are rendered; a path whose segment renders to nothing is dropped.
 * Throws a MeshwrightError with every problem found (unknown names, paths that leave the project, clashes).
 * @param use what of the template's rules about the one below it was of use is noted there
 */
export function renderTree(template: Template, answers: Answers, use?: LayerUse): RenderedTree {
  const values = deriveValues(template.manifest, answers)
  const known = declaredNames(template.manifest)
  const rules = template.manifest.files.map((rule) => ({ ...rule, matches: globMatcher(rule.path) }))
  const problems: Diagnostic[] = []
  const rendered = new Map<RelPath, RenderedFile>()
  const stack = stackOf(template, use)

  for (const layer of template.layers) {
    stack.begin(layer.depth ?? 0, rendered, problems)
    if (!holds(layer.when, values)) {
      stack.leaveOut([...layer.files.keys()], (origin) => renderPath(origin, values, known))
      continue
    }
    const ofLayer = new Map<RelPath, string>()
    for (const [origin, file] of layer.files) {
      try {
        const path = renderPath(origin, values, known)
        if (path === undefined) continue
        const matching = rules.filter((rule) => rule.matches(path))
        if (!matching.every((rule) => holds(rule.when, values))) {
          stack.leaveOut([origin], () => path)
          continue
        }
        const twin = ofLayer.get(path)
        if (twin !== undefined)
          problems.push(problem("path-clash", `${twin} and ${origin} both render ${path}`, { file: origin }))
        ofLayer.set(path, origin)
        const locked = matching.flatMap((rule) => rule.locked ?? [])
        const mode = matching.findLast((rule) => rule.mode !== undefined)?.mode ?? "merge"
        // What is locked has to arrive: such a file is not the team's once it is created.
        const policy = locked.length > 0 && mode === "once" ? "merge" : mode
        problems.push(...problemsOfRules(path, locked, origin))
        const one = renderFile(path, originId(layer.part, origin), policy, file, origin, values, known)
        const home = stack.homeOf(path, rendered)
        const laid = stack.lay({ ...one, path: home, ...(locked.length > 0 ? { locked } : {}) }, rendered.get(home))
        if (laid !== undefined) rendered.set(home, laid)
      } catch (error) {
        if (!(error instanceof MeshwrightError)) throw error
        problems.push(...error.diagnostics.map((each) => inTemplate(template, layer, each)))
      }
    }
  }
  problems.push(...pathClashes(rendered))
  if (problems.length > 0) throw new MeshwrightError(problems)
  return new Map([...rendered].toSorted(([a], [b]) => comparePaths(a, b)))
}

/** Keys can be locked where a format names them. */
function problemsOfRules(path: RelPath, locked: readonly LockRule[], origin: string): Diagnostic[] {
  const format = formatOf(path)
  if (format.partsOf !== undefined || locked.every(({ keys }) => keys === undefined)) return []
  return [
    problem("locked-keys", `keys of ${path} cannot be locked: as ${format.name} it has none`, {
      file: origin,
      hint: "lock the whole file: leave `keys` out of its `locked`",
    }),
  ]
}

/** With the place of a file whose name alone could be that of another template's file. */
function inTemplate(template: Template, { depth = 0, part }: Layer, found: Diagnostic): Diagnostic {
  if (template.parent === undefined || found.file === undefined) return found
  const { ref, folder } = chainOf(template)[depth]!
  const own = ref.source.startsWith("builtin:") ? ref.source : folder
  return { ...found, file: part === undefined ? `${own}/files/${found.file}` : `${own} (${part}): ${found.file}` }
}

/**
 * Hashes of the template's files before rendering, by origin, those that the answers leave out too. Two renderings of the
 * same source differ by answers alone.
 */
export function sourceHashes(template: Template): ReadonlyMap<string, Sha256> {
  const hashes = new Map<string, Sha256>()
  for (const { part, files } of template.layers) {
    for (const [path, file] of files) {
      const [origin, hash] = [originId(part, path), sha256(file.bytes)]
      const below = hashes.get(origin)
      // Of a file that is laid over another one, both tell.
      hashes.set(origin, below === undefined ? hash : sha256(`${below} ${hash}`))
    }
  }
  return hashes
}

/** Files of the template itself by their path; those of a part under a name of their own, so that origins are unique. */
export function originId(part: string | undefined, origin: string): string {
  return part === undefined ? origin : `${part}:${origin}`
}

/** The path that a file of the template has in projects; undefined where its name renders to nothing. Throws a MeshwrightError. */
export function renderPath(origin: string, values: Values, known: ReadonlySet<string>): RelPath | undefined {
  const segments = origin
    .replace(/\.hbs$/, "")
    .split("/")
    .map((segment) => render(segment, values, origin, known))
  if (segments.includes("")) return undefined
  const path = segments.join("/")
  // A segment may not turn into several: an answer with a slash would move the file.
  const trouble = segments.some((segment) => segment.includes("/")) ? "not-normalised" : pathProblem(path)
  if (trouble !== undefined) {
    throw new MeshwrightError([
      problem("unsafe-path", `the template renders the path ${JSON.stringify(path)}, which ${PATH_PROBLEMS[trouble]}`, {
        file: origin,
      }),
    ])
  }
  if (OWN_FILE.test(path)) {
    throw new MeshwrightError([
      problem("reserved-file", `the template brings ${path}, which meshwright writes itself`, { file: origin }),
    ])
  }
  return path as RelPath
}

function renderFile(
  path: RelPath,
  originOf: string,
  policy: FilePolicy,
  file: FileEntry,
  origin: string,
  values: Values,
  known: ReadonlySet<string>,
): RenderedFile {
  if (file.mode === "link") {
    const trouble = linkProblem(path, decode(file.bytes))
    if (trouble !== undefined) {
      const where = trouble === "inside-git" ? "into .git" : "outside of the project"
      throw new MeshwrightError([problem("unsafe-link", `the link ${path} points ${where}`, { file: origin })])
    }
    return { path, origin: originOf, policy, mode: file.mode, bytes: file.bytes }
  }
  const bytes = origin.endsWith(".hbs") ? encode(render(decode(file.bytes), values, origin, known)) : file.bytes
  return { path, origin: originOf, policy, mode: file.mode, bytes }
}

/** Paths that differ only in case are one file on macOS and Windows; and nothing can be below a file, or a link. */
function pathClashes(rendered: RenderedTree): Diagnostic[] {
  const byLowerCase = new Map<string, string>()
  const found: Diagnostic[] = []
  for (const path of rendered.keys()) {
    const other = byLowerCase.get(path.toLowerCase())
    if (other !== undefined)
      found.push(
        problem("case-clash", `the template renders ${other} and ${path}, which are one file on macOS and Windows`),
      )
    byLowerCase.set(path.toLowerCase(), path)
  }
  for (const path of rendered.keys()) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const file = byLowerCase.get(path.slice(0, end).toLowerCase())
      if (file !== undefined)
        found.push(problem("path-clash", `the template renders ${file}, which is no folder, and ${path} below it`))
    }
  }
  return found
}

const decode = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8")
const encode = (text: string): Uint8Array => Buffer.from(text, "utf8")
