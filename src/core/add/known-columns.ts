import { type DbtProject, readMap } from "./dbt-project.ts"

interface Entry {
  readonly name?: unknown
  readonly columns?: unknown
  readonly data_tests?: unknown
  readonly tests?: unknown
}

/**
 * The columns of a model that its properties list, the tested key first. None where no column is tested to be unique: which
 * one is the key nobody knows then, and a test of another one would fail.
 */
export function knownColumns({ properties }: DbtProject, model: string): readonly string[] {
  for (const text of properties.values()) {
    // Reading YAML takes its time.
    if (!text.includes(model)) continue
    const file = readMap(text)
    const entry = entriesOf(file?.["models"]).find(({ name }) => name === model)
    if (!entry) continue
    const columns = entriesOf(entry.columns)
    const names = columns.flatMap(({ name }) => (typeof name === "string" ? [name] : []))
    const key = columns.find(isUnique)?.name
    return typeof key === "string" ? [...new Set([key, ...names])] : []
  }
  return []
}

function isUnique({ data_tests, tests }: Entry): boolean {
  return [data_tests, tests].some((each) => Array.isArray(each) && each.includes("unique"))
}

function entriesOf(value: unknown): Entry[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "object" && each !== null) : []
}
