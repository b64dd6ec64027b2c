import { rulesOf, type MergeResult, type MergeSegment, type MergeTexts } from "../formats/merge-format.ts"
import { isClean, settledAsOurs } from "../formats/segments.ts"
import { mergeLines } from "../formats/text.ts"
import { withListRules } from "./list-rules.ts"
import { mergeDocuments } from "./merge-documents.ts"
import { Unreadable, type StructureAdapter, type Style, type Tree } from "./model.ts"
import { oursText, segmentsOf } from "./rope.ts"
import { Doubt, type Sides } from "./sides.ts"
import { mergeAsText } from "./text-fallback.ts"
import { countOdd, isReadable, isSound } from "./verify.ts"

/**
 * Merges a text of a structured format: by structure where that can be done and proves right, else line by line. A result
 * of lines that the format does not understand any more is a conflict.
 */
export function mergeStructure(format: StructureAdapter, texts: MergeTexts): MergeResult {
  const rules = rulesOf(texts)
  const adapter = withListRules(format, rules)
  const ours = parsed(adapter, texts.ours)
  const theirs = parsed(adapter, texts.theirs)
  const base = texts.base === null ? emptyTree(ours) : parsed(adapter, texts.base)
  // Where a side cannot be read, lines are all there is to compare. They must not break what ours has in order.
  if (ours === undefined || theirs === undefined || base === undefined)
    return mergeAsText(texts, (text) => ours === undefined || parsed(adapter, text) !== undefined)
  const sides = { adapter, base, ours, theirs, rules }
  try {
    const { rope, canons } = mergeDocuments(sides)
    const segments = segmentsOf(rope)
    const lines = byLines(sides, texts, segments, canons)
    if (lines !== undefined || isSound(sides, oursText(rope), canons)) return { segments: lines ?? segments }
    // Something is wrong with this merge: let a person look at what theirs brings.
    return mergeAsText(texts, () => false)
  } catch (error) {
    if (!(error instanceof Doubt)) throw error
  }
  return mergeAsText(texts, (text) => isReadable(sides, text))
}

/**
 * The merge of lines, where it is clean, means the same and needs no other indentation: it also brings what means nothing,
 * such as a blank line that theirs took away.
 */
function byLines(
  sides: Sides,
  texts: MergeTexts,
  segments: readonly MergeSegment[],
  canons: readonly string[],
): readonly MergeSegment[] | undefined {
  const { base, ours, theirs } = sides
  const fits = sameStyle(ours.style, theirs.style) || sameStyle(ours.style, base.style)
  if (texts.base === null || !isClean(segments) || !fits) return undefined
  const lines = mergeLines(texts)
  if (!isClean(lines)) return undefined
  const text = settledAsOurs(lines)
  return text !== settledAsOurs(segments) && isSound(sides, text, canons) ? lines : undefined
}

/** A text that shows no style goes with any. */
function sameStyle(ours: Style, theirs: Style): boolean {
  const same = (a: number, b: number, unknown: number): boolean => a === b || a === unknown || b === unknown
  return same(ours.unit, theirs.unit, 0) && same(ours.seqOffset, theirs.seqOffset, -1) && ours.tabs === theirs.tabs
}

/** Whether a text is of the format, as far as both sides are. */
export function readsStructure(adapter: StructureAdapter, text: string, { ours, theirs }: MergeTexts): boolean {
  const [result, ...sides] = [text, ours, theirs].map((each) => parsed(adapter, each))
  if (result === undefined) return false
  return countOdd(result) <= Math.max(...sides.map((side) => (side === undefined ? Infinity : countOdd(side))))
}

function parsed(adapter: StructureAdapter, text: string): Tree | undefined {
  try {
    return adapter.parse(text)
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

function emptyTree(like: Tree | undefined): Tree | undefined {
  return like && { text: "", docs: [], style: like.style }
}
