import type { Outcome } from "./merges.ts"
import { meaningOf, wordsOf } from "./meaning.ts"

/**
 * What a person has to look at:
 *
 * - "crash": the merge threw;
 * - "lost": clean, and without words that one side wrote and the human kept;
 * - "broken": clean, but not of the format any more, while both sides are;
 * - "git-right": git's clean result is the human's, ours is another clean one;
 * - "needless": a conflict where git is clean, and its result is of the format;
 * - "order": the human's lines in another order;
 * - "other": clean, and means something else than the human's result;
 * - "layout": the human's content, laid out in another way, where git's result is the human's;
 * - "slow": took longer than the limit.
 */
export type Suspicion = "crash" | "lost" | "broken" | "git-right" | "needless" | "order" | "other" | "layout" | "slow"

export interface Judged {
  readonly format: string
  readonly git: Likeness
  readonly ours: Likeness
  readonly suspicion?: Suspicion
  /** Words that are lost. */
  readonly words: readonly string[]
}

/** How near an outcome is to the human's result. */
export interface Likeness {
  readonly clean: boolean
  readonly sameBytes: boolean
  readonly sameMeaning: boolean
}

export interface Texts {
  readonly base: string
  readonly ours: string
  readonly theirs: string
  readonly human: string
}

/** Compares two outcomes with what the human made. `merged` undefined: the merge threw. */
export function judge(
  format: string,
  texts: Texts,
  byGit: Outcome,
  merged: Outcome | undefined,
  slow: boolean,
): Judged {
  const [git, ours] = [likeness(format, byGit, texts.human), likeness(format, merged, texts.human)]
  const words = merged?.clean === true ? lostWords(texts, merged.text) : []
  const suspicion = suspicionOf()
  return { format, git, ours, words, ...(suspicion && { suspicion }) }

  function suspicionOf(): Suspicion | undefined {
    if (merged === undefined) return "crash"
    if (!ours.clean) {
      if (git.clean && isReadable(format, byGit.text)) return "needless"
      return slow ? "slow" : undefined
    }
    if (!isReadable(format, merged.text) && [texts.ours, texts.theirs].every((text) => isReadable(format, text)))
      return "broken"
    // Where git says the same, the human did more than merging.
    const likeGit = git.clean && meaningOf(format, byGit.text) === meaningOf(format, merged.text)
    if (!ours.sameMeaning && !likeGit) {
      if (words.length > 0) return "lost"
      if (git.sameMeaning) return "git-right"
      return sortedLines(merged.text) === sortedLines(texts.human) ? "order" : "other"
    }
    if (git.sameBytes && !ours.sameBytes) return "layout"
    return slow ? "slow" : undefined
  }
}

function likeness(format: string, outcome: Outcome | undefined, human: string): Likeness {
  if (outcome?.clean !== true) return { clean: false, sameBytes: false, sameMeaning: false }
  const sameBytes = outcome.text === human
  const meaning = sameBytes ? undefined : meaningOf(format, human)
  return {
    clean: true,
    sameBytes,
    sameMeaning: sameBytes || (meaning !== undefined && meaning === meaningOf(format, outcome.text)),
  }
}

function isReadable(format: string, text: string): boolean {
  return meaningOf(format, text) !== undefined
}

/** Words that one side wrote, that the human kept, and that are in the result less often than in the human's. */
function lostWords(texts: Texts, result: string): readonly string[] {
  const [base, ours, theirs, human, now] = [texts.base, texts.ours, texts.theirs, texts.human, result].map(wordsOf)
  return [...human!]
    .filter(([word, count]) => {
      const before = base!.get(word) ?? 0
      const written = Math.max(ours!.get(word) ?? 0, theirs!.get(word) ?? 0)
      return written > before && (now!.get(word) ?? 0) < Math.min(count, written)
    })
    .map(([word]) => word)
}

function sortedLines(text: string): string {
  const lines = text.split("\n").map((line) => line.trim())
  return lines
    .filter((line) => line !== "")
    .toSorted()
    .join("\n")
}
