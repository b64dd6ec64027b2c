import { formatOf } from "../merge/formats/index.ts"
import type { Part } from "../merge/formats/part.ts"
import { DEFAULT_RULES, type FileRules, type MergeRules } from "../merge/rules/merge-rules.ts"
import type { Explanation } from "../model/explanation.ts"
import type { RelPath } from "../model/path.ts"
import { explainLines, teamLines } from "./explain-lines.ts"
import { explainParts, type Sides } from "./explain-parts.ts"
import type { Secrets } from "./show-part.ts"
import { teamChanges } from "./team-changes.ts"

/** The texts of a file: LF, without BOM. `base` is null where the template did not have the file before. */
export type ExplainedTexts = Omit<Sides<string>, "base"> & {
  readonly base: string | null
  /** What the template says about its files; absent: what holds everywhere. */
  readonly rules?: MergeRules
}

/**
 * What comes from whom in a text file. By the names of the file's format where all sides can be read, else by lines.
 */
export function explainText(path: RelPath, texts: ExplainedTexts, secrets: Secrets): Explanation {
  const known = { ...texts, base: texts.base ?? "" }
  const parts = readAll(path, known, (texts.rules ?? DEFAULT_RULES).at(path))
  const lines = (isLayout: boolean): Explanation => ({
    merged: explainLines(known, secrets, isLayout),
    yours: texts.base === null ? [] : teamLines(texts.base, texts.ours),
  })
  if (parts === undefined) return lines(false)
  const merged = explainParts(parts, secrets).map((place) => ({ ...place, at: secrets.hide(place.at) }))
  const yours = texts.base === null ? [] : teamChanges(parts.base, parts.ours)
  // What has no name is told by its lines.
  if (merged.some(({ at }) => at === "") || yours.some(isNameless)) return lines(false)
  const unnamed = lines(true)
  return {
    merged: merged.length === 0 ? unnamed.merged : merged,
    yours: yours.length === 0 ? unnamed.yours : yours,
  }
}

function isNameless({ added, removed, changed }: Explanation["yours"][number]): boolean {
  return [...added, ...removed, ...changed].includes("")
}

function readAll(path: RelPath, texts: Sides<string>, rules: FileRules): Sides<readonly Part[]> | undefined {
  const format = formatOf(path)
  const known = new Map<string, readonly Part[] | undefined>()
  const read = (text: string): readonly Part[] | undefined => {
    if (!known.has(text)) known.set(text, text === "" ? [] : format.partsOf?.(text, path, rules))
    return known.get(text)
  }
  const [base, theirs] = [read(texts.base), read(texts.theirs)]
  if (base === undefined || theirs === undefined) return undefined
  const [ours, result] = [read(texts.ours), read(texts.result)]
  return ours && result && { base, ours, theirs, result }
}
