import { parseArgs } from "node:util"
import { formatOf } from "../../src/core/merge/formats/index.ts"
import { pathProblem, relPathOf } from "../../src/core/model/path.ts"
import { readBlobs } from "./git.ts"
import { triplesOf, type Triple } from "./history.ts"
import { mergeByGit, mergeByStructure, type Outcome, type Versions } from "./merges.ts"
import { rowsOf, tableOf, writeSuspect, type Replayed } from "./report.ts"
import { judge } from "./verdict.ts"

const USAGE = "usage: npm run replay -- [--format NAME…] [--suspects FOLDER] [--json] REPOSITORY…"
const MOST_BYTES = 1_000_000
const SLOW = { milliseconds: 1000 }

/**
 * Replays the merges of repositories and prints a table. Exit code 1 when a merge threw, made a file that cannot be read
 * any more, or no file was found. `scratch` is a folder for git's files.
 */
export function replay(args: readonly string[], scratch: string): number {
  const { values: options, positionals: repositories } = parseArgs({
    args: [...args],
    options: {
      format: { type: "string", multiple: true },
      suspects: { type: "string" },
      json: { type: "boolean", default: false },
    },
    allowPositionals: true,
  })
  if (repositories.length === 0) {
    console.error(USAGE)
    return 2
  }
  const wanted = options.format && new Set(options.format)
  const all = repositories.flatMap((repository) => replayRepository(repository, scratch, wanted, options.suspects))
  const rows = rowsOf(all)
  console.log(options.json ? JSON.stringify(rows, null, 2) : tableOf(rows))
  const { suspects, files } = rows.at(-1)!
  return files === 0 || suspects.crash !== undefined || suspects.broken !== undefined ? 1 : 0
}

function replayRepository(
  repository: string,
  scratch: string,
  wanted: ReadonlySet<string> | undefined,
  suspects: string | undefined,
): readonly Replayed[] {
  const triples = triplesOf(repository).filter(({ path }) => {
    return pathProblem(path) === undefined && (wanted?.has(formatOf(relPathOf(path)).name) ?? true)
  })
  const blobs = readBlobs(repository, [...new Set(triples.flatMap((triple) => SIDES.map((side) => triple[side])))])
  const all = triples.flatMap((triple) => replayTriple(triple, blobs, scratch, suspects))
  console.error(`${repository}: ${all.length} files`)
  return all
}

const SIDES = ["base", "ours", "theirs", "human"] as const

function replayTriple(
  triple: Triple,
  blobs: ReadonlyMap<string, Uint8Array>,
  scratch: string,
  suspects: string | undefined,
): readonly Replayed[] {
  const [base, ours, theirs, human] = SIDES.map((side) => blobs.get(triple[side]))
  if (base === undefined || ours === undefined || theirs === undefined || human === undefined) return []
  const versions: Versions = { base, ours, theirs, human }
  if (Object.values(versions).some((bytes: Uint8Array) => bytes.length > MOST_BYTES || bytes.includes(0))) return []

  const byGit = mergeByGit(versions, scratch)
  const start = performance.now()
  const merged = attempt(() => mergeByStructure(triple.path, versions))
  const milliseconds = Math.round(performance.now() - start)

  const texts = { base: textOf(base), ours: textOf(ours), theirs: textOf(theirs), human: textOf(human) }
  const format = formatOf(relPathOf(triple.path)).name
  const outcome = merged instanceof Error ? undefined : merged
  const shown = merged instanceof Error ? (merged.stack ?? merged.message) : merged.text
  const judged = judge(format, texts, byGit, outcome, milliseconds > SLOW.milliseconds)
  const replayed = { triple, judged, milliseconds }
  if (suspects !== undefined && judged.suspicion !== undefined)
    writeSuspect(suspects, replayed, { ...texts, git: byGit.text, merged: shown })
  return [replayed]
}

function attempt(merge: () => Outcome): Outcome | Error {
  try {
    return merge()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
