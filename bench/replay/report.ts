import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Triple } from "./history.ts"
import type { Judged, Likeness, Suspicion } from "./verdict.ts"

export interface Replayed {
  readonly triple: Triple
  readonly judged: Judged
  readonly milliseconds: number
}

export interface Row {
  readonly format: string
  readonly files: number
  readonly git: Counts
  readonly ours: Counts
  readonly suspects: Readonly<Partial<Record<Suspicion, number>>>
}

interface Counts {
  readonly clean: number
  readonly sameBytes: number
  readonly sameMeaning: number
}

/** One row a format, and one for all. */
export function rowsOf(all: readonly Replayed[]): readonly Row[] {
  const formats = [...new Set(all.map(({ judged }) => judged.format))].toSorted()
  return [
    ...formats.map((format) =>
      rowOf(
        format,
        all.filter(({ judged }) => judged.format === format),
      ),
    ),
    rowOf("all", all),
  ]
}

function rowOf(format: string, all: readonly Replayed[]): Row {
  const suspects: Partial<Record<Suspicion, number>> = {}
  for (const { judged } of all)
    if (judged.suspicion !== undefined) suspects[judged.suspicion] = (suspects[judged.suspicion] ?? 0) + 1
  return {
    format,
    files: all.length,
    git: countsOf(all.map(({ judged }) => judged.git)),
    ours: countsOf(all.map(({ judged }) => judged.ours)),
    suspects,
  }
}

function countsOf(all: readonly Likeness[]): Counts {
  const count = (test: (each: Likeness) => boolean): number => all.filter(test).length
  return {
    clean: count(({ clean }) => clean),
    sameBytes: count(({ sameBytes }) => sameBytes),
    sameMeaning: count(({ sameMeaning }) => sameMeaning),
  }
}

/** The rows as a table of text. */
export function tableOf(rows: readonly Row[]): string {
  const head = ["", "files", "clean: git", "ours", "same bytes: git", "ours", "same meaning: git", "ours", "suspects"]
  const cells = rows.map(({ format, files, git, ours, suspects }) => [
    format,
    files,
    git.clean,
    ours.clean,
    git.sameBytes,
    ours.sameBytes,
    git.sameMeaning,
    ours.sameMeaning,
    Object.entries(suspects)
      .map(([name, count]) => `${name} ${count}`)
      .join(", "),
  ])
  const lines = [head, ...cells].map((line) => line.map(String))
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)))
  const pad = (cell: string, column: number): string =>
    column === 0 || column === head.length - 1 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)
  return lines.map((line) => line.map(pad).join("  ").trimEnd()).join("\n")
}

/** Writes all that is known about a suspect into a folder of its own. */
export function writeSuspect(folder: string, replayed: Replayed, texts: Readonly<Record<string, string>>): void {
  const { triple, judged, milliseconds } = replayed
  const name = [triple.commit.slice(0, 8), ...triple.path.split("/").slice(-2)].join("-")
  const into = join(folder, judged.format, judged.suspicion!, name)
  mkdirSync(into, { recursive: true })
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(into, file), text)
  const { words } = judged
  writeFileSync(join(into, "about.json"), `${JSON.stringify({ ...triple, milliseconds, words }, null, 2)}\n`)
}
