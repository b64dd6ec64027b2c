import type { Body, Entry } from "./outline.ts"

/**
 * What a body says, and its comments, whatever the layout: equal for two bodies that a formatter made of the same one.
 * Where the order of entries says nothing it does not count.
 */
export function meaningOf(body: Body, ordered: boolean): string {
  const comments: string[] = []
  const values = valuesOf(body, ordered, comments)
  return JSON.stringify([values, comments.toSorted()])
}

function valuesOf({ header, entries, foot }: Body, ordered: boolean, comments: string[]): readonly string[] {
  const take = (lines: readonly string[]): void => {
    for (const line of lines) if (line.trim() !== "") comments.push(line.trim())
  }
  take(header)
  const values = entries.map((entry) => {
    take(entry.lead)
    take([entry.after.replace(/^\s*,?/, ""), (entry.close ?? "").replace(/^[\s\])},]*/, "")])
    return [entry.id, JSON.stringify(valueOf(entry, ordered, comments))] as const
  })
  take(foot)
  // What has the same name is told apart by its order.
  const sorted = ordered ? values : values.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return sorted.flat()
}

function valueOf({ path, canon, list, body }: Entry, ordered: boolean, comments: string[]): unknown {
  // The items of a list are its body too, when each has a line of its own.
  const inside = body && valuesOf(body, ordered || list !== undefined, comments)
  return [path ?? null, canon, list === undefined ? (inside ?? null) : list.comma]
}
