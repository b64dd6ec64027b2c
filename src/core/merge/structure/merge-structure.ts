import { rulesOf, type MergeResult, type MergeTexts } from "../formats/merge-format.ts"
import { withListRules } from "./list-rules.ts"
import { mergeDocuments } from "./merge-documents.ts"
import { Unreadable, type StructureAdapter, type Tree } from "./model.ts"
import { oursText, segmentsOf } from "./rope.ts"
import { Doubt } from "./sides.ts"
import { mergeAsText } from "./text-fallback.ts"
import { isReadable, isSound } from "./verify.ts"

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
    if (isSound(sides, oursText(rope), canons)) return { segments: segmentsOf(rope) }
    // Something is wrong with this merge: let a person look at what theirs brings.
    return mergeAsText(texts, () => false)
  } catch (error) {
    if (!(error instanceof Doubt)) throw error
  }
  return mergeAsText(texts, (text) => isReadable(sides, text))
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
