/** The candidate that `name` was probably meant to be: at most a third of its letters away; undefined when none is near. */
export function closest(name: string, candidates: readonly string[]): string | undefined {
  let best: { readonly candidate: string; readonly distance: number } | undefined
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance <= Math.max(1, Math.floor(candidate.length / 3)) && (!best || distance < best.distance))
      best = { candidate, distance }
  }
  return best?.candidate
}

/** Advice about a name that is none of the candidates: the nearest, or else what `otherwise` says. */
export function didYouMean(name: string, candidates: readonly string[], otherwise: string): string {
  const near = closest(name, candidates)
  return near === undefined ? otherwise : `did you mean ${near}?`
}

/** Levenshtein distance, one row at a time; two letters in the wrong order, the commonest slip, are one step. */
function editDistance(a: string, b: string): number {
  let above: readonly number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (above[j - 2] ?? Infinity) + 1 : Infinity
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost, swapped))
    }
    above = row
    row = next
  }
  return row[b.length] ?? 0
}
