import { Unreadable, type Body, type Entry } from "./outline.ts"

/** What a file says, free of its layout: values by path. */
export type Values = ReadonlyMap<string, string>

/**
 * The values of a body. Entries that share an id with a sibling have no path of their own and are left out; `repeated`
 * collects their paths, so that the same ones can be left out on all sides. Throws `Unreadable` for a path that is set
 * twice in different ways of writing, such as a dotted key and a table.
 */
export function valuesOf(body: Body, repeated: Set<string>): Values {
  const values = new Map<string, string>()
  collect(body, [], values, repeated)
  return values
}

function collect(body: Body, parent: readonly string[], values: Map<string, string>, repeated: Set<string>): void {
  const counts = new Map<string, number>()
  for (const { id } of body.entries) counts.set(id, (counts.get(id) ?? 0) + 1)
  for (const entry of body.entries) {
    const path = [...parent, ...(entry.path ?? [entry.id])]
    if (counts.get(entry.id)! > 1) repeated.add(keyOf(path))
    else collectEntry(entry, path, values, repeated)
  }
}

function collectEntry(entry: Entry, path: readonly string[], values: Map<string, string>, repeated: Set<string>): void {
  const set = (at: readonly string[], value: string): void => {
    if (values.has(keyOf(at))) throw new Unreadable(`twice: ${at.join(".")}`)
    values.set(keyOf(at), value)
  }
  const { list, body } = entry
  if (list === undefined) {
    set(path, entry.canon)
    if (body !== undefined) collect(body, path, values, repeated)
    return
  }
  set(path, "[]")
  const seen = new Set<string>()
  for (const { id, canon } of list.items) {
    if (seen.has(id)) repeated.add(keyOf([...path, id]))
    else set([...path, id], canon)
    seen.add(id)
  }
}

/** Whether two sets of values are the same, but for the repeated paths. */
export function sameValues(a: Values, b: Values, repeated: ReadonlySet<string>): boolean {
  const keys = new Set([...a.keys(), ...b.keys()])
  return [...keys].every((key) => a.get(key) === b.get(key) || isRepeated(key, repeated))
}

/** Whether `result` is the three-way merge of the values: each path that only one side changed is as that side has it. */
export function isMergeOf(
  result: Values,
  base: Values,
  ours: Values,
  theirs: Values,
  repeated: ReadonlySet<string>,
): boolean {
  const keys = new Set([...base.keys(), ...ours.keys(), ...theirs.keys(), ...result.keys()])
  return [...keys].every((key) => {
    const [b, o, t, r] = [base.get(key), ours.get(key), theirs.get(key), result.get(key)]
    if (isRepeated(key, repeated)) return true
    if (o === t || b === t) return r === o
    // Both changed it and it was merged all the same: lines of a long text.
    return b === o ? r === t : r !== undefined
  })
}

function isRepeated(key: string, repeated: ReadonlySet<string>): boolean {
  if (repeated.size === 0) return false
  for (let end = key.length; end > 0; end = key.lastIndexOf(SEPARATOR, end - 1)) {
    if (repeated.has(key.slice(0, end))) return true
  }
  return false
}

const SEPARATOR = "\u0000"

function keyOf(path: readonly string[]): string {
  return path.join(SEPARATOR)
}
