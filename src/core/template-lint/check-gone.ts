import { likeness } from "../merge/text/similarity.ts"
import { movableFile } from "../merge/tree/movable-file.ts"
import { baseName, extension } from "../merge/tree/path-parts.ts"
import type { Answers } from "../model/answers.ts"
import type { Diagnostic } from "../model/diagnostic.ts"
import { comparePaths } from "../model/path.ts"
import type { RenderedFile, RenderedTree, Template } from "../model/template.ts"
import { globMatcher } from "../render/glob.ts"
import { originId } from "../render/render-tree.ts"
import { sampleFor } from "../template-tests/base-answers.ts"
import { releaseNotes } from "../template/release-notes.ts"
import { pairTrees } from "../tree-diff/pair-trees.ts"
import { type LintInput, ownLayers, placeIn, warning } from "./lint-input.ts"
import { renderCase, tryTemplate } from "./rendered-cases.ts"

/** Share of common lines from which a new file is taken for one that is gone, whatever the release notes say. */
const LIKELY = 0.3

/** A file of the last release that no path and no rename leads to any more. */
interface Gone {
  readonly file: RenderedFile
  /** The new file that it probably is. */
  readonly to?: string
  readonly share: number
}

/**
 * The template's own files that are gone since its last release, without a rename: an update removes them, and what a team
 * wrote into one is theirs to rescue. One that no new file is like is meant to go where the release notes name it.
 */
export function checkGone({ template, manifests }: LintInput, previous: Template): readonly Diagnostic[] {
  const [main] = manifests
  if (main === undefined) return []
  const { manifest, notes } = template
  const { version } = previous.ref
  const named = releaseNotes(notes ?? "", version, manifest.version)
    .map(({ text }) => text)
    .join("\n")
  const at = placeIn(main, ["renames"])
  return goneSince(template, previous).flatMap(({ file: { path, policy }, to, share }) => {
    const isNamed = named.includes(path)
    if (to === undefined || share < LIKELY) {
      // What is the team's since its creation stays.
      if (isNamed || (to === undefined && policy === "once")) return []
    }
    const told = `if it is meant to go, name it in the release notes of ${manifest.version}${manifest.notes === undefined ? " (notes: CHANGELOG.md)" : ""}`
    if (to === undefined)
      return [
        warning("file-gone", `${path} of ${version} is gone, and no rename says where to: an update removes it`, {
          ...at,
          hint: `has it another name? renames: [{from: ${path}, to: …, since: ${manifest.version}}]; ${told}`,
        }),
      ]
    return [
      warning(
        "moved-file",
        `${path} of ${version} seems to be ${to} now, and no rename says so: what teams wrote into it may not go along`,
        {
          ...at,
          hint: `renames: [{from: ${path}, to: ${to}, since: ${manifest.version}}]${share < LIKELY ? `; ${told}` : ""}`,
        },
      ),
    ]
  })
}

function goneSince(template: Template, previous: Template): readonly Gone[] {
  const now = originsOf(template)
  const left = [...originsOf(previous)].filter((origin) => !now.has(origin))
  if (left.length === 0) return []
  const found = new Map<string, Gone>()
  const first = sampleFor(previous.manifest, {})
  const seen = new Set<string>()
  const look = (answers: Answers): void => {
    const before = renderCase(previous, answers)
    const after = renderCase(template, sampleFor(template.manifest, renamedAnswers(template, answers)))
    if (before.problems.length + after.problems.length > 0) return
    for (const { origin } of before.tree.values()) seen.add(origin)
    for (const gone of goneOf(template, before.tree, after.tree))
      if (left.includes(gone.file.origin) && !found.has(gone.file.path)) found.set(gone.file.path, gone)
  }
  look(first)
  // Those that the defaults do not render.
  if (left.some((origin) => !seen.has(origin)))
    for (const { answers, tree } of tryTemplate(previous).cases)
      if ([...tree.values()].some(({ origin }) => left.includes(origin) && !seen.has(origin))) look(answers)
  return [...found.values()].toSorted((a, b) => comparePaths(a.file.path, b.file.path))
}

/** Files of the template itself: what becomes of those of one that it extends is that one's to say. */
function originsOf(template: Template): ReadonlySet<string> {
  return new Set(
    ownLayers(template).flatMap(({ part, files }) => [...files.keys()].map((origin) => originId(part, origin))),
  )
}

function renamedAnswers({ manifest }: Template, answers: Answers): Answers {
  const renamed = manifest.renamed_questions.flatMap(({ question, to }) => {
    const answer = answers[question]
    return answer === undefined ? [] : [[to, answer] as const]
  })
  return { ...answers, ...Object.fromEntries(renamed) }
}

function goneOf({ manifest }: Template, before: RenderedTree, after: RenderedTree): readonly Gone[] {
  const drops = manifest.drop.filter(({ keys }) => keys === undefined).map(({ path }) => globMatcher(path))
  const isSettled = (path: string): boolean =>
    manifest.renames.some(({ from }) => (from.endsWith("/") ? path.startsWith(from) : path === from)) ||
    drops.some((matches) => matches(path))
  const pairs = pairTrees(before, after, manifest.renames)
  const fresh = pairs.flatMap(({ base, theirs }) =>
    base === undefined && theirs !== undefined ? [after.get(theirs)!] : [],
  )
  return pairs.flatMap(({ base, theirs }): Gone[] => {
    if (base === undefined || base === theirs || isSettled(base)) return []
    const file = before.get(base)!
    // By its place in the template it stays the same file, wherever answers put it.
    if (theirs !== undefined && after.get(theirs)?.origin === file.origin) return []
    return theirs === undefined ? [likeliest(file, fresh)] : [{ file, to: theirs, share: 1 }]
  })
}

/** The new file that shares most with one that is gone; of those that share nothing, one of the same name. */
function likeliest(file: RenderedFile, fresh: readonly RenderedFile[]): Gone {
  const lines = movableFile(file.path, file.bytes)?.lines
  const ranked = fresh
    .map(({ path, bytes }) => {
      const other = movableFile(path, bytes)?.lines
      const share = lines === undefined || other === undefined ? 0 : likeness(lines, other).share
      return { path, share, isNamesake: baseName(path) === baseName(file.path) }
    })
    .filter(({ path, share, isNamesake }) => isNamesake || (share > 0 && extension(path) === extension(file.path)))
    .toSorted((a, b) => b.share - a.share || Number(b.isNamesake) - Number(a.isNamesake))
  const [best] = ranked
  return best === undefined ? { file, share: 0 } : { file, to: best.path, share: best.share }
}
