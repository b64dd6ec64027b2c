import type { LineMatch } from "./match.ts"

/**
 * Moves every run of changed lines down as far as equal lines allow, or to where the other text has a change too, as git
 * does: where a block repeats the lines around it, several places are equally right, and both sides of a merge have to
 * mean the same one.
 */
export function slideHunks(match: LineMatch, a: Int32Array, b: Int32Array): LineMatch {
  const [inA, inB] = [new Uint8Array(a.length).fill(1), new Uint8Array(b.length).fill(1)]
  match.forEach((to, from) => {
    if (to < 0) return
    inA[from] = 0
    inB[to] = 0
  })
  slide({ lines: a, changed: inA }, { lines: b, changed: inB })
  slide({ lines: b, changed: inB }, { lines: a, changed: inA })
  const slid = new Int32Array(a.length).fill(-1)
  let to = 0
  for (let from = 0; from < a.length; from++) {
    if (inA[from] === 1) continue
    while (inB[to] === 1) to++
    slid[from] = to++
  }
  return slid
}

interface Side {
  readonly lines: Int32Array
  readonly changed: Uint8Array
}

/** A run of changed lines, maybe empty, between two unchanged ones. Both sides have equally many, in step. */
interface Run {
  start: number
  end: number
}

function slide(side: Side, other: Side): void {
  const [run, across] = [firstRun(side), firstRun(other)]
  do {
    if (run.start !== run.end) slideRun(side, run, other, across)
  } while (toNext(side, run) && toNext(other, across))
}

function slideRun(side: Side, run: Run, other: Side, across: Run): void {
  let [size, highest, meets] = [0, 0, false]
  // Runs that touch become one, which may have further to go.
  do {
    size = run.end - run.start
    while (slideUp(side, run)) toPrevious(other, across)
    highest = run.end
    meets = across.start !== across.end
    while (slideDown(side, run)) {
      toNext(other, across)
      meets ||= across.start !== across.end
    }
  } while (size !== run.end - run.start)
  if (run.end === highest || !meets) return
  while (across.start === across.end && slideUp(side, run)) toPrevious(other, across)
}

function firstRun({ changed }: Side): Run {
  const run = { start: 0, end: 0 }
  while (changed[run.end] === 1) run.end++
  return run
}

function toNext({ lines, changed }: Side, run: Run): boolean {
  if (run.end === lines.length) return false
  run.start = ++run.end
  while (changed[run.end] === 1) run.end++
  return true
}

function toPrevious({ changed }: Side, run: Run): void {
  run.end = --run.start
  while (changed[run.start - 1] === 1) run.start--
}

function slideDown({ lines, changed }: Side, run: Run): boolean {
  if (run.end === lines.length || lines[run.start] !== lines[run.end]) return false
  changed[run.start++] = 0
  changed[run.end++] = 1
  while (changed[run.end] === 1) run.end++
  return true
}

function slideUp({ lines, changed }: Side, run: Run): boolean {
  if (run.start === 0 || lines[run.start - 1] !== lines[run.end - 1]) return false
  changed[--run.start] = 1
  changed[--run.end] = 0
  while (changed[run.start - 1] === 1) run.start--
  return true
}
