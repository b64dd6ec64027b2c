import fc from "fast-check"

/** A value without spelling: what a random file says. */
export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value }

export interface Style {
  readonly unit: number
  readonly seqOffset: number
  readonly comments: boolean
  readonly blanks: boolean
}

export const styles = fc.record({
  unit: fc.constantFrom(2, 4),
  seqOffset: fc.constantFrom(0, 2),
  comments: fc.boolean(),
  blanks: fc.boolean(),
})

/** Prints a value as block YAML in a style; every key is commented in a style with comments. */
export function printYaml(value: Value, style: Style, indent = 0): string {
  const pad = " ".repeat(indent)
  if (Array.isArray(value)) {
    return value.map((item: Value) => `${pad}- ${printYaml(item, style, indent + 2).trimStart()}`).join("")
  }
  if (typeof value !== "object") return `${pad}${JSON.stringify(value)}\n`
  const entries = Object.entries(value as Record<string, Value>).map(([key, item]) => {
    const comment = style.comments ? `${pad}# about ${key}\n` : ""
    if (isEmpty(item)) return `${comment}${pad}${key}: ${Array.isArray(item) ? "[]" : "{}"}\n`
    if (typeof item !== "object")
      return `${comment}${pad}${key}: ${JSON.stringify(item)}${style.comments ? ` # ${key}` : ""}\n`
    const inner = indent + (Array.isArray(item) ? style.seqOffset : style.unit)
    return `${comment}${pad}${key}:\n${printYaml(item, style, inner)}`
  })
  return entries.join(style.blanks && indent === 0 ? "\n" : "")
}

function isEmpty(value: Value): boolean {
  return typeof value === "object" && Object.keys(value).length === 0
}

export function printJson(value: Value, style: Style): string {
  return `${JSON.stringify(value, null, style.unit)}\n`
}

const scalar = fc.constantFrom<Value>("a", "b c", "1.10", "no", "#x", "x: y", 1, 2.5, true, "models/**/*.yml")
const column = fc.record({ name: fc.constantFrom("id", "k1", "k2", "k3", "k4"), description: scalar, type: scalar })
const model = fc.record({
  name: fc.constantFrom("m1", "m2", "m3", "m4", "m5"),
  description: scalar,
  columns: fc.uniqueArray(column, { maxLength: 3, selector: ({ name }) => name }),
})
const folder = fc.dictionary(fc.constantFrom("k1", "k2", "+schema", "+tags"), scalar, { minKeys: 1, maxKeys: 4 })

/** A file as dbt has them: settings, folders in folders, lists of named things, sets. */
export const files = fc.record({
  name: scalar,
  version: scalar,
  vars: folder,
  settings: fc.record({ project: fc.record({ staging: folder, marts: folder }) }),
  models: fc.uniqueArray(model, { minLength: 1, maxLength: 4, selector: ({ name }) => name }),
  tags: fc.uniqueArray(fc.constantFrom("t1", "t2", "t3", "t4"), { maxLength: 3 }),
})
export type File = { readonly [key: string]: Value }

/** Changes, adds or removes one thing. `side` goes into what is new, so that two sides never do the same. */
export function edit(value: Value, choices: readonly number[], side: string): Value {
  const [choice = 0, ...rest] = choices
  if (Array.isArray(value)) {
    const list = value as readonly Value[]
    const at = choice % (list.length + 1)
    if (at === list.length) {
      const added = newItem(list, side, rest)
      // The same twice is another story: then names tell nothing apart.
      return list.some((item) => nameOf(item) === nameOf(added)) ? list : [...list, added]
    }
    if (typeof list[at] !== "object" || rest.length === 0) return list.filter((_, index) => index !== at)
    return list.map((item, index) => (index === at ? editMember(item, rest, side) : item))
  }
  if (typeof value !== "object") return `${side} ${rest.join("")}`
  return editMember(value, choices, side)
}

export function nameOf(item: Value): string {
  return typeof item === "object" ? String((item as { name: string }).name) : String(item)
}

function newItem(list: readonly Value[], side: string, rest: readonly number[]): Value {
  const name = `${side}-${rest.join("")}`
  return list.length > 0 && typeof list[0] !== "object" ? name : { name, description: `by ${side}`, columns: [] }
}

function editMember(value: Value, choices: readonly number[], side: string): Value {
  const [choice = 0, ...rest] = choices
  const entries = Object.entries(value as Record<string, Value>)
  // Names are what things are told by: a change of one is another thing.
  const open = entries.filter(([key]) => key !== "name")
  const at = choice % (open.length + 1)
  if (at === open.length) return { ...(value as object), [`${side}_${rest.join("")}`]: side } as Value
  const key = open[at]![0]
  const isFixed = ["models", "columns", "tags", "settings", "project", "vars"].includes(key)
  if (!isFixed && rest.length > 0 && rest[0]! % 5 === 0)
    return Object.fromEntries(entries.filter(([name]) => name !== key))
  return Object.fromEntries(entries.map(([name, item]) => [name, name === key ? edit(item, rest, side) : item]))
}

export const edits = fc.array(fc.array(fc.nat(20), { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 4 })
