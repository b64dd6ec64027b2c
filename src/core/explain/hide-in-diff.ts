import { HIDDEN, type Secrets } from "./show-part.ts"

/** A unified diff without secrets. What a secret takes the place of may be an older one, so it is hidden too. */
export function hideInDiff(diff: string, secrets: Secrets): string {
  if (!secrets.isIn(diff)) return diff
  const lines = diff.split("\n")
  return lines
    .map((line, index) => {
      if (/^(?:---|\+\+\+) /.test(line)) return line
      const isSecret = secrets.isIn(line) || (line.startsWith("-") && runFrom(lines, index).some(secrets.isIn))
      return isSecret ? `${line.slice(0, 1)}${HIDDEN}` : line
    })
    .join("\n")
}

/** The changed lines from `start` on. */
function runFrom(lines: readonly string[], start: number): readonly string[] {
  const length = lines.slice(start).findIndex((line) => !/^[-+]/.test(line))
  return lines.slice(start, length < 0 ? undefined : start + length)
}
