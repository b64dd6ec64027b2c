import { isSecret } from "../answers/is-secret.ts"
import { decodeText } from "../decode-text.ts"
import { linesOf } from "../merge/text/lines.ts"
import type { Answers, AnswerValue } from "../model/answers.ts"
import type { Question } from "../model/template.ts"
import type { PlanSides } from "./explain-changes.ts"
import { HIDDEN, type Secrets } from "./show-part.ts"

/**
 * The answers to secret questions, also as YAML, JSON and other formats write them between quotes; and what the
 * project has in their places, such as a token from before.
 */
export function secretsOf(questions: readonly Question[], answers: Answers, sides: PlanSides): Secrets {
  const values = questions.filter(isSecret).flatMap(({ name }) => textsOf(answers[name]))
  const written = values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1), value.replaceAll("'", "''")])
  const now = hiding(written)
  return written.length === 0 ? now : hiding([...written, ...earlierSecrets(sides, now)])
}

function hiding(texts: readonly string[]): Secrets {
  // The longest first: one may be a part of another.
  const known = [...new Set(texts)].filter((text) => text.trim() !== "").toSorted((a, b) => b.length - a.length)
  return {
    isIn: (text) => known.some((value) => text.includes(value)),
    hide: (text) => known.reduce((rest, value) => rest.replaceAll(value, HIDDEN), text),
  }
}

/** What stands in the project's lines where the template's have a secret. */
function earlierSecrets({ base, ours, theirs }: PlanSides, secrets: Secrets): readonly string[] {
  return [...theirs.values()].flatMap(({ path, bytes }) => {
    const patterns = linesIn(bytes)
      .filter(secrets.isIn)
      .map((line) => secrets.hide(line).trim().split(HIDDEN))
    if (patterns.length === 0) return []
    const template = new Set(linesIn(bytes))
    const before = [base.get(path)?.bytes, ours.get(path)?.bytes].flatMap(linesIn)
    return before
      .filter((line) => !template.has(line))
      .flatMap((line) => patterns.flatMap((pattern) => between(line.trim(), pattern)))
  })
}

/** The text of a line between the parts around a secret; none where it is another line. */
function between(line: string, pattern: readonly string[]): readonly string[] {
  const start = pattern[0]!.replace(/["']$/, "")
  const end = pattern.at(-1)!.replace(/^["']/, "")
  if (!line.startsWith(start) || !line.endsWith(end) || line.length < start.length + end.length) return []
  const value = line.slice(start.length, line.length - end.length)
  return [value, value.replace(/^["']|["']$/g, "")]
}

function linesIn(bytes: Uint8Array | undefined): readonly string[] {
  return linesOf((bytes && decodeText(bytes)) ?? "")
}

function textsOf(value: AnswerValue | undefined): readonly string[] {
  if (value === undefined || typeof value === "boolean") return []
  return typeof value === "object" ? value : [String(value)]
}
