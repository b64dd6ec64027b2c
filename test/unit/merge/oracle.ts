import { nameOf, type Value } from "./structured.ts"

export interface Expected {
  readonly value: Value | undefined
  /** Both sides changed the same thing in different ways. */
  readonly open: boolean
  /** Open only because ours removed what theirs changed: staying removed is right too. */
  readonly lenient: boolean
}

/** The three-way merge of values: the simplest thing that is right, to compare the real one with. */
export function mergeValues(base: Value | undefined, ours: Value | undefined, theirs: Value | undefined): Expected {
  const [b, o, t] = [base, ours, theirs].map((value) => JSON.stringify(value))
  if (b === t || o === t) return settled(ours)
  if (b === o) return settled(theirs)
  if (ours === undefined) return { value: undefined, open: true, lenient: true }
  if (theirs === undefined) return { value: ours, open: true, lenient: false }
  if (typeof ours !== "object" || typeof theirs !== "object") return { value: ours, open: true, lenient: false }
  const [bm, om, tm] = [membersOf(base), membersOf(ours), membersOf(theirs)]
  const keys = [...new Set([...om.keys(), ...tm.keys(), ...bm.keys()])]
  const merged = keys.map((key) => [key, mergeValues(bm.get(key), om.get(key), tm.get(key))] as const)
  const open = merged.filter(([, each]) => each.open)
  const entries = merged.flatMap(([key, { value }]) => (value === undefined ? [] : [[key, value] as const]))
  return {
    value: Array.isArray(ours) ? entries.map(([, value]) => value) : Object.fromEntries(entries),
    open: open.length > 0,
    lenient: open.every(([, each]) => each.lenient),
  }
}

function settled(value: Value | undefined): Expected {
  return { value, open: false, lenient: true }
}

function membersOf(value: Value | undefined): ReadonlyMap<string, Value> {
  if (value === undefined || typeof value !== "object") return new Map()
  if (!Array.isArray(value)) return new Map(Object.entries(value as Record<string, Value>))
  return new Map(value.map((item: Value) => [nameOf(item), item]))
}
