import type { RelPath } from "../../model/path.ts"
import { DEFAULT_RULES, type FileRules, type MergeRules } from "../rules/merge-rules.ts"
import type { Part } from "./part.ts"
import type { Pruned } from "./pruned.ts"

/**
 * The three texts of a file: LF only, no BOM, each empty or ended by a newline. `base` is null when there never was
 * one.
 */
export interface MergeTexts {
  readonly path: RelPath
  readonly base: string | null
  readonly ours: string
  readonly theirs: string
  /** What the template says about its files; absent: what holds everywhere. */
  readonly rules?: MergeRules
}

/** The rules for the file that is merged. */
export function rulesOf({ path, rules = DEFAULT_RULES }: MergeTexts): FileRules {
  return rules.at(path)
}

/** Whole lines of the result on which there is nothing to decide. */
export interface AgreedSegment {
  readonly kind: "agreed"
  readonly text: string
}

/** Whole lines on which a person has to decide. */
export interface ConflictSegment {
  readonly kind: "conflict"
  readonly base: string | null
  readonly ours: string
  readonly theirs: string
  /** First line, from 1, of the place in ours. */
  readonly line: number
  /** The place in the format's own words, such as a key path; without it, line numbers are told. */
  readonly at?: string
}

export type MergeSegment = AgreedSegment | ConflictSegment

/**
 * The result, in order: the segments' texts, one after the other, are the merged file. How conflicts look is not the
 * format's matter.
 */
export interface MergeResult {
  readonly segments: readonly MergeSegment[]
}

/** Places of a file, by the key paths that its parts are shown with. */
export interface Places {
  readonly has: (at: string) => boolean
  /** Whether some of them are below this one. */
  readonly isAbove: (at: string) => boolean
}

/** One way to merge a file; all formats have this shape. */
export interface MergeFormat {
  readonly name: string
  matches(path: RelPath): boolean
  /** Only called when all three sides differ. */
  merge(texts: MergeTexts): MergeResult
  /** What a text says, part by part; undefined where it cannot be read, or the format knows of lines only. */
  partsOf?(text: string, path: RelPath, rules: FileRules): readonly Part[] | undefined
  /** The text without what stands at these keys; undefined where it cannot be read. Absent where the format has no keys. */
  without?(text: string, path: RelPath, rules: FileRules, keys: readonly string[]): Pruned | undefined
  /** One text on top of another, where a merge without a base would not know their order; undefined where one cannot be read. */
  layOver?(below: string, above: string, path: RelPath, rules: FileRules): string | undefined
  /**
   * Ours with theirs' value at these places, and nothing else changed; undefined where that cannot be done. What is not in
   * theirs goes, what is not in ours comes, with what it stands in. Whoever calls it looks at what came out.
   */
  readonly takePlaces?: (texts: Pick<MergeTexts, "path" | "ours" | "theirs">, places: Places) => string | undefined
  /** Whether two texts differ in their layout at most, as a formatter leaves them. Absent where nobody can tell for certain. */
  readonly sameMeaning?: (path: RelPath, a: string, b: string) => boolean
  /** Whether a text can be read at the place of those; without it, every text can. */
  reads?(text: string, texts: MergeTexts): boolean
}
