import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Outcome, runScenario } from "./run-scenario.ts"

interface Score {
  readonly verdict: "clean-correct" | "right-conflict" | "needless-conflict" | "clean-wrong" | "lost"
  readonly ok: boolean
  readonly reasons: readonly string[]
}

const own = join(import.meta.dirname, "cases")
const more = process.env["MESHWRIGHT_SCENARIOS"]
const folders = [own, ...(more === undefined ? [] : [more])]
const scenarios = folders.flatMap((folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name)),
)
const gaps = JSON.parse(readFileSync(join(import.meta.dirname, "known-gaps.json"), "utf8")) as Record<string, string>
const isGap = (scenario: string) => scenario.startsWith(own) && basename(scenario) in gaps

// A scenario mostly waits for its processes to start.
const LANES = 4

describe("update scenarios", () => {
  const work = mkdtempSync(join(tmpdir(), "meshwright scenarios "))
  const outcomes = new Map<string, Outcome>()
  const scores = new Map<string, Score>()

  beforeAll(async () => {
    const found = new Map<string, Outcome>()
    const left = [...scenarios]
    const lane = async (): Promise<void> => {
      for (let scenario = left.shift(); scenario !== undefined; scenario = left.shift())
        found.set(scenario, await runScenario(scenario, mkdtempSync(join(work, "s"))))
    }
    await Promise.all(Array.from({ length: LANES }, lane))
    for (const scenario of scenarios) outcomes.set(scenario, found.get(scenario)!)
    const { stdout } = await execa(process.env["PYTHON"] ?? "", [join(import.meta.dirname, "judge.py")], {
      input: JSON.stringify([...outcomes.values()]),
    })
    for (const [index, score] of (JSON.parse(stdout) as Score[]).entries()) scores.set(scenarios[index] ?? "", score)
    report()
  }, 1_200_000)

  afterAll(() => rmSync(work, { recursive: true, force: true }), 600_000)

  it.each(scenarios.filter((scenario) => !isGap(scenario)))("%s", (scenario) => {
    const score = scores.get(scenario)
    expect(score?.reasons).toEqual([])
    expect(score?.ok).toBe(true)
  })

  it.each(scenarios.filter(isGap))("known gap, which must stay safe: %s", (scenario) => {
    const score = scores.get(scenario)
    // A gap asks a person for what it could have known. It never loses a line, and is never wrong in silence.
    expect(score?.verdict, "passes now: take it off known-gaps.json").toBe("needless-conflict")
  })

  it.each(scenarios)("the exit code of %s says whether work is left", (scenario) => {
    const outcome = outcomes.get(scenario)
    expect(outcome?.exitCode).toBe(outcome?.reported.length === 0 ? 0 : 3)
  })

  it("every known gap is a scenario", () => {
    expect(scenarios.map((scenario) => basename(scenario))).toEqual(expect.arrayContaining(Object.keys(gaps)))
  })

  /** Tells the verdicts, and names the known gaps: none is skipped in silence. */
  function report(): void {
    const lines = [...scores].map(
      ([scenario, { verdict }]) =>
        `  ${isGap(scenario) ? "known gap" : "         "}  ${verdict.padEnd(18)} ${basename(scenario)}`,
    )
    const reasons = [...new Set(Object.values(gaps))].map((reason) => `  gap: ${reason}`)
    process.stdout.write(
      `\n${scores.size} scenarios, ${scenarios.filter(isGap).length} of them known gaps\n${[...lines, ...reasons].join("\n")}\n`,
    )
    const file = process.env["MESHWRIGHT_SCENARIO_REPORT"]
    if (file !== undefined)
      writeFileSync(
        file,
        JSON.stringify(Object.fromEntries([...scores].map(([path, score]) => [basename(path), score])), null, 2),
      )
  }
})
