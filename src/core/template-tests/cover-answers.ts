import type { Answers } from "../model/answers.ts"
import type { Manifest, Question } from "../model/template.ts"
import { type AnswerSpace, conditionsOf, levelsOf, wantedValues } from "./answer-space.ts"
import { answersBy } from "./base-answers.ts"
import { accepted, samplesOf } from "./sample-values.ts"

/** A few sets of answers that hold every pair of values. */
export interface Cover {
  readonly cases: readonly Answers[]
  /** Pairs of values of two questions that can occur together; all of them are in the cases. */
  readonly pairs: number
}

/** Values by question, as JSON. */
type Row = readonly string[]

const NOT_ASKED = "-"

/** A question, and what is tried for it. */
interface Factor {
  readonly question: Question
  readonly levels: readonly string[]
}

/**
 * A covering array: every pair of values of two questions (choices, yes and no, asked or not, and of texts those that
 * conditions, examples and defaults name) that can occur together is in at least one case. Deterministic, and greedy, so
 * not the smallest possible. Other texts take turns from case to case: the default, short ones, long ones.
 */
export function coverAnswers(manifest: Manifest, space: AnswerSpace): Cover {
  const { fixed, free } = factorsOf(manifest, space)
  const rows = unique(
    space.ways.map(({ answers }) => fixed.map((name) => (name in answers ? JSON.stringify(answers[name]) : NOT_ASKED))),
  )
  const keys = new Map(rows.map((row) => [row, keysOf(row, fixed.length + free.length)]))
  const freeLevels = free.map(({ levels }) => [...levels])
  const todo = new Set([...[...keys.values()].flat(), ...freePairs(rows, fixed.length, freeLevels)])
  const pairs = todo.size
  const chosen: Row[] = []
  do {
    const row = completeRow(bestRow(keys, todo), freeLevels, todo)
    for (const key of keysOf(row)) todo.delete(key)
    chosen.push(row)
  } while (todo.size > 0)
  const all = [...fixed, ...free.map(({ question }) => question.name)]
  const cases = chosen.map((row, index) => answersOf(manifest, all, row, index))
  return { cases: [...new Map(cases.map((each) => [JSON.stringify(each), each])).values()], pairs }
}

/** Questions that decide, whose values come from the ways; and others with several values, which go with any way. */
function factorsOf(
  manifest: Manifest,
  { deciding }: AnswerSpace,
): { readonly fixed: readonly string[]; readonly free: readonly Factor[] } {
  const wanted = wantedValues(conditionsOf(manifest))
  const free = manifest.questions
    .filter(({ name }) => !deciding.has(name))
    .map((question) => ({ question, levels: levelsOf(manifest, question, wanted.get(question.name) ?? [], {}) }))
    .map(({ question, levels }) => ({ question, levels: levels.map((value) => JSON.stringify(value)) }))
    .filter(({ levels }) => levels.length > 1)
  return { fixed: manifest.questions.map(({ name }) => name).filter((name) => deciding.has(name)), free }
}

function pairKey(i: number, a: string, j: number, b: string): string {
  return `${i}\0${a}\0${j}\0${b}`
}

/** All pairs of a row; of a row that is one value that value, with nothing beside it. */
function keysOf(row: Row, width = row.length): readonly string[] {
  if (width === 1) return row.map((value) => pairKey(-1, "", 0, value))
  return row.flatMap((b, j) => row.slice(0, j).map((a, i) => pairKey(i, a, j, b)))
}

/** Each value of a free question with each of the questions before it. */
function freePairs(rows: readonly Row[], width: number, freeLevels: readonly (readonly string[])[]): readonly string[] {
  const decided = Array.from({ length: width }, (_, at) => [...new Set(rows.map((row) => row[at]!))])
  return freeLevels.flatMap((levels, index) => {
    const before = [...decided, ...freeLevels.slice(0, index)]
    if (before.length === 0 && freeLevels.length === 1) return levels.map((b) => pairKey(-1, "", 0, b))
    return before.flatMap((values, i) => values.flatMap((a) => levels.map((b) => pairKey(i, a, width + index, b))))
  })
}

/** The row with most pairs to do; of several the first. Where none has any: one that goes with the first open pair. */
function bestRow(rows: ReadonlyMap<Row, readonly string[]>, todo: ReadonlySet<string>): Row {
  let best: Row = []
  let most = 0
  for (const [row, keys] of rows) {
    let count = 0
    for (const key of keys) if (todo.has(key)) count++
    if (count > most) [best, most] = [row, count]
  }
  if (most > 0) return best
  const open = firstOf(todo)
  return [...rows.keys()].find((row) => goesWith(row, open)) ?? []
}

/** Adds values of the free questions, each time the one that covers most; the first open pair comes first. */
function completeRow(row: Row, freeLevels: readonly (readonly string[])[], todo: ReadonlySet<string>): Row {
  const width = row.length
  const open = [...todo].map(parsePair).find((pair) => pair.some(({ at }) => at >= width) && goesWith(row, pair))
  const complete = [...row]
  for (const [index, levels] of freeLevels.entries()) {
    const at = width + index
    const count = (value: string): number => complete.filter((a, i) => todo.has(pairKey(i, a, at, value))).length
    const must = open?.find((side) => side.at === at)?.value
    complete.push(must ?? levels.toSorted((a, b) => count(b) - count(a))[0] ?? NOT_ASKED)
  }
  return complete
}

type Pair = readonly { readonly at: number; readonly value: string }[]

function parsePair(key: string): Pair {
  const [i = "", a = "", j = "", b = ""] = key.split("\0")
  return [
    { at: Number(i), value: a },
    { at: Number(j), value: b },
  ]
}

function firstOf(todo: ReadonlySet<string>): Pair {
  for (const key of todo) return parsePair(key)
  return []
}

/** Whether the row has both values, or no say in them. */
function goesWith(row: Row, pair: Pair): boolean {
  return pair.every(({ at, value }) => at < 0 || at >= row.length || row[at] === value)
}

function unique(rows: readonly Row[]): readonly Row[] {
  return [...new Map(rows.map((row) => [row.join("\0"), row])).values()]
}

/** The row as answers, all others filled in: each case another of their samples. */
function answersOf(manifest: Manifest, names: readonly string[], row: Row, index: number): Answers {
  const told = new Map(names.map((name, at) => [name, row[at]!]))
  return answersBy(manifest, (question, answers) => {
    const value = told.get(question.name) ?? NOT_ASKED
    const [wanted] = value === NOT_ASKED ? [] : accepted(question, [JSON.parse(value)], answers)
    const samples = samplesOf(manifest, question, answers)
    return wanted ?? samples[index % samples.length]
  })
}
