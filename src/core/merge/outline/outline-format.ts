import type { RelPath } from "../../model/path.ts"
import {
  rulesOf,
  type MergeFormat,
  type MergeResult,
  type MergeSegment,
  type MergeTexts,
} from "../formats/merge-format.ts"
import { mergeTextFile, type SplitRegion } from "../formats/text.ts"
import type { FileRules } from "../rules/merge-rules.ts"
import { alignRenames, type Sides } from "./align-renames.ts"
import { keepsComments } from "./keeps-comments.ts"
import { mergeBody } from "./merge-body.ts"
import { Unreadable, type Body, type Entry } from "./outline.ts"
import { partsOfBody } from "./parts-of-body.ts"
import { takePlacesOfBody } from "./take-places.ts"
import { meaningOf } from "./same-meaning.ts"
import { raiseBase } from "./raise-base.ts"
import { isClean, settledAsOurs } from "../formats/segments.ts"
import { withoutEntries } from "./without-entries.ts"
import { layEntries } from "./lay-entries.ts"
import { output, wordsOf } from "./output.ts"
import { isMergeOf, sameValues, valuesOf, type Values } from "./values.ts"

export interface OutlineLanguage {
  readonly name: string
  matches(path: RelPath): boolean
  /** Reads a text, by the template's rules for its lists. Throws `Unreadable` for one that it does not understand wholly, such as one with a repeated key. */
  parse(text: string, path: RelPath, rules: FileRules): Body
  /** What people call an entry; its id, where nothing else is said. */
  nameOf?(entry: Entry): string
  /** The order of entries says something: where the template changed it, lines are merged. */
  readonly ordered?: boolean
  /** Whether it says nothing in these bodies, all the same. */
  anyOrder?(base: Body, ours: Body, theirs: Body): boolean
  /** Prose, code: a clean merge of lines that can be read is taken as it is, and one with conflicts unless merging by entries has less of them. */
  readonly linesFirst?: boolean
  /** Tells lines apart that were changed beside each other. */
  readonly split?: SplitRegion
  /** Ids of new entries of theirs that do nothing, or undo something, at the place where they come in. */
  doubtful?(base: Body, ours: Body, theirs: Body, result: Body): ReadonlySet<string>
  /** Layout of the clean result that follows from both sides' changes; as many lines as before. */
  arrange?(result: string, ours: string, theirs: string): string
}

/**
 * A format that merges entry by entry. What comes out has been read again and says what the three-way merge of the
 * values says; where that cannot be had lines are merged, and where their merge cannot be read there is a conflict.
 */
export function outlineFormat(language: OutlineLanguage): MergeFormat {
  return {
    name: language.name,
    matches: (path) => language.matches(path),
    merge: (texts) => mergeOutline(language, texts),
    partsOf: (text, path, rules) => partsOfBody(language, text, path, rules),
    takePlaces: (texts, places) => takePlacesOfBody(language, texts, places),
    // In prose and code, blanks and line ends can say something.
    ...(language.linesFirst === true
      ? {}
      : {
          sameMeaning: (path, a, b) => sameMeaning(language, path, a, b),
          without: (text, path, rules, keys) => withoutEntries(language, text, path, rules, keys),
          ...(language.ordered === true
            ? { layOver: (below, above, path, rules) => layEntries(language, below, above, path, rules) }
            : {}),
        }),
    reads: (text, texts) => parsed(language, text, texts) !== undefined,
  }
}

function sameMeaning(language: OutlineLanguage, path: RelPath, a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => parsed(language, text, { path, base: null, ours: a, theirs: b }))
  const ordered = language.ordered === true
  return left !== undefined && right !== undefined && meaningOf(left, ordered) === meaningOf(right, ordered)
}

function mergeOutline(language: OutlineLanguage, texts: MergeTexts): MergeResult {
  if (texts.base === texts.ours) return { segments: [{ kind: "agreed", text: texts.theirs }] }
  if (texts.base === texts.theirs || texts.ours === texts.theirs)
    return { segments: [{ kind: "agreed", text: texts.ours }] }
  const byLines = arranged(language, mergeTextFile(texts, language.split).segments, texts)
  // Two texts of prose or code without a base have nothing that tells them apart but their lines.
  if (texts.base === null && language.linesFirst === true) return { segments: byLines }
  const parse = (text: string): Body | undefined => parsed(language, text, texts)
  const [base, ours, theirs] = [parse(texts.base ?? ""), parse(texts.ours), parse(texts.theirs)]
  if (ours === undefined || theirs === undefined) return { segments: byLines }
  const readable = !isClean(byLines) || parse(settledAsOurs(byLines)) !== undefined
  if (language.linesFirst === true && isClean(byLines) && readable) return { segments: byLines }
  const fallback = readable ? byLines : wholeConflict(texts)
  if (base === undefined) return { segments: fallback }
  const isOrdered = language.ordered === true && language.anyOrder?.(base, ours, theirs) !== true
  if (isOrdered && isReordered(base, ours, theirs)) return { segments: fallback }

  const sides = raiseBase(alignRenames({ base, ours, theirs }), rulesOf(texts).isFloor)
  const segments = mergeSides(language, sides, texts)
  const result = parse(settledAsOurs(segments))
  if (result === undefined || !keepsWords(segments, texts) || !keepsComments(result, sides))
    return { segments: fallback }
  if (!isClean(segments)) {
    const larger = language.linesFirst === true && readable && openText(segments) >= openText(byLines)
    return { segments: larger ? byLines : segments }
  }
  const check = checker(sides)
  const lines = isClean(byLines) ? parse(settledAsOurs(byLines)) : undefined
  const alike = lines !== undefined && countOf(lines) === countOf(result) && check.same(lines, result)
  if (alike && check.right(lines)) return { segments: byLines }
  if (check.right(result)) return { segments }
  return { segments: isClean(byLines) && (lines === undefined || !check.right(lines)) ? wholeConflict(texts) : byLines }
}

function mergeSides(
  language: OutlineLanguage,
  { base, ours, theirs }: Sides,
  texts: MergeTexts,
): readonly MergeSegment[] {
  const merge = (doubtful: ReadonlySet<string>): readonly MergeSegment[] => {
    const out = output()
    mergeBody(base, ours, theirs, 1, out, { doubtful, ordered: language.ordered === true })
    return out.segments()
  }
  const segments = withBase(texts, merge(new Set()))
  const result = parsed(language, settledAsOurs(segments), texts)
  const doubtful = (result && language.doubtful?.(base, ours, theirs, result)) ?? new Set()
  if (doubtful.size > 0) return withBase(texts, merge(doubtful))
  return arranged(language, segments, texts)
}

/** Where there never was a base, no place has one. */
function withBase(texts: MergeTexts, segments: readonly MergeSegment[]): readonly MergeSegment[] {
  if (texts.base !== null) return segments
  return segments.map((segment) => (segment.kind === "conflict" ? { ...segment, base: null } : segment))
}

/** How much is left to decide, in characters. */
function openText(segments: readonly MergeSegment[]): number {
  return segments.reduce((sum, each) => sum + (each.kind === "conflict" ? each.ours.length + each.theirs.length : 0), 0)
}

function parsed(language: OutlineLanguage, text: string, texts: MergeTexts): Body | undefined {
  try {
    const body = language.parse(text, texts.path, rulesOf(texts))
    valuesOf(body, new Set())
    return body
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

/** How many entries there are: what both sides added must not be there twice. */
function countOf({ entries }: Body): number {
  return entries.reduce((sum, { body }) => sum + 1 + (body === undefined ? 0 : countOf(body)), 0)
}

function checker({ base, ours, theirs }: Sides) {
  const repeated = new Set<string>()
  const [b, o, t] = [valuesOf(base, repeated), valuesOf(ours, repeated), valuesOf(theirs, repeated)]
  const of = (body: Body): Values => valuesOf(body, repeated)
  return {
    right: (body: Body): boolean => isMergeOf(of(body), b, o, t, repeated),
    same: (x: Body, y: Body): boolean => sameValues(of(x), of(y), repeated),
  }
}

/** Every word that the team wrote has to be in the result, markers counted. */
function keepsWords(segments: readonly MergeSegment[], texts: MergeTexts): boolean {
  const known = new Set([texts.base ?? "", texts.theirs, settledAsOurs(segments)].flatMap(wordsOf))
  return wordsOf(texts.ours).every((word) => known.has(word))
}

/** Clean segments in the layout of the language. */
function arranged(
  language: OutlineLanguage,
  segments: readonly MergeSegment[],
  { ours, theirs }: MergeTexts,
): readonly MergeSegment[] {
  if (language.arrange === undefined || !isClean(segments)) return segments
  const lines = language.arrange(settledAsOurs(segments), ours, theirs).split("\n")
  let at = 0
  return segments.map((segment) => {
    if (segment.kind !== "agreed") return segment
    const count = segment.text.split("\n").length - 1
    const own = lines.slice(at, at + count)
    at += count
    return { ...segment, text: own.map((line) => `${line}\n`).join("") }
  })
}

/** Whether theirs has entries that all sides have in another order. Where only ours has, what is new finds its place. */
function isReordered(base: Body, ours: Body, theirs: Body): boolean {
  const ids = (body: Body): readonly string[] => body.entries.map(({ id, alias = "" }) => `${id} ${alias}`)
  const [inOurs, inTheirs] = [new Set(ids(ours)), new Set(ids(theirs))]
  const common = new Set(ids(base).filter((id) => inOurs.has(id) && inTheirs.has(id)))
  const order = (body: Body): string => JSON.stringify(ids(body).filter((id) => common.has(id)))
  return order(theirs) !== order(base)
}

function wholeConflict({ base, ours, theirs }: MergeTexts): readonly MergeSegment[] {
  return [{ kind: "conflict", base, ours, theirs, line: 1 }]
}
