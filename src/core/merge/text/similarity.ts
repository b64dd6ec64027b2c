/** The lines of a text that say something, counted: blank lines and indentation make no two files alike. */
export interface LineCounts {
  readonly counts: ReadonlyMap<string, number>
  /** Characters in all of them. */
  readonly weight: number
}

/** Counts the trimmed, non-blank lines. */
export function countLines(lines: readonly string[]): LineCounts {
  const counts = new Map<string, number>()
  let weight = 0
  for (const line of lines) {
    const text = line.trim()
    if (text === "") continue
    counts.set(text, (counts.get(text) ?? 0) + 1)
    weight += text.length
  }
  return { counts, weight }
}

export interface Likeness {
  /** Share of common lines, weighed by their length: 0 nothing in common, 1 the same lines. */
  readonly share: number
  /** How many lines are in both. */
  readonly lines: number
}

/** How alike two texts are, wherever in the text their lines stand. */
export function likeness(a: LineCounts, b: LineCounts): Likeness {
  let common = 0
  let lines = 0
  for (const [line, count] of a.counts) {
    const both = Math.min(count, b.counts.get(line) ?? 0)
    common += both * line.length
    lines += both
  }
  const total = a.weight + b.weight
  return { share: total === 0 ? 0 : (2 * common) / total, lines }
}

/** The most that `likeness` can give for these sizes: cheap to know before many files are compared. */
export function likenessAtMost(a: LineCounts, b: LineCounts): number {
  return a.weight + b.weight === 0 ? 0 : (2 * Math.min(a.weight, b.weight)) / (a.weight + b.weight)
}

/** The lines of `a` that `b` does not have. */
export function without(a: LineCounts, b: LineCounts): LineCounts {
  const counts = new Map<string, number>()
  let weight = 0
  for (const [line, count] of a.counts) {
    const left = count - (b.counts.get(line) ?? 0)
    if (left <= 0) continue
    counts.set(line, left)
    weight += left * line.length
  }
  return { counts, weight }
}
