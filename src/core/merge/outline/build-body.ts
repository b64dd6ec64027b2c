import type { Body, Entry } from "./outline.ts"

/** Collects the lines of a body while a scanner reads them. */
export interface BodyBuilder {
  /** A blank or comment line. */
  trivia(line: string): void
  entry(entry: Omit<Entry, "lead">): void
  /** Takes away the trailing blank and comment lines: they belong to the next section. */
  takeTrivia(): readonly string[]
  build(): Body
}

export function bodyBuilder(): BodyBuilder {
  const entries: Entry[] = []
  let pending: string[] = []
  let header: readonly string[] = []
  const take = (): readonly string[] => {
    const taken = pending
    pending = []
    return taken
  }
  return {
    trivia: (line) => void pending.push(line),
    entry: (entry) => {
      let lead = take()
      if (entries.length === 0) [header, lead] = splitHeader(lead)
      entries.push({ ...entry, lead })
    },
    takeTrivia: take,
    build: () => ({ header, entries, foot: take() }),
  }
}

/**
 * Comments at the top speak of the file, those directly above the first entry of that entry; where no blank line tells
 * them apart they are taken for the file's.
 */
function splitHeader(lines: readonly string[]): [readonly string[], readonly string[]] {
  const blank = lines.findLastIndex((line) => line.trim() === "")
  return blank < 0 ? [lines, []] : [lines.slice(0, blank + 1), lines.slice(blank + 1)]
}
