import type { Sides } from "./align-renames.ts"
import type { Body } from "./outline.ts"

/** Whether each comment that all sides have is in the result, whatever it stands above on each of them. */
export function keepsComments(result: Body, { base, ours, theirs }: Sides): boolean {
  const [b, t, r] = [base, theirs, result].map((body) => new Set(commentsOf(body)))
  return commentsOf(ours).every((comment) => !b!.has(comment) || !t!.has(comment) || r!.has(comment))
}

function commentsOf({ header, entries, foot }: Body): readonly string[] {
  const around = [...header, ...entries.flatMap(({ lead }) => lead), ...foot].map((line) => line.trim())
  return [...around, ...entries.flatMap(({ body }) => (body === undefined ? [] : commentsOf(body)))]
}
