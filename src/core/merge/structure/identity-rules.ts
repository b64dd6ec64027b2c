import { ATOMIC, NAMED_BY, NAMED_BY_KEY, NAMES, ORDERED, SETS, STEP_NAMES, type Naming } from "./identity-table.ts"
import { lastKey } from "./key-path.ts"
import type { Item, KeyPath, Node } from "./model.ts"

// What a data test is configured with; the rest, its arguments, makes it the test that it is.
const TEST_CONFIG = new Set(
  "config description name severity warn_if error_if where limit store_failures store_failures_as tags meta enabled fail_calc test_name".split(
    " ",
  ),
)

export function isAtomicList(path: KeyPath): boolean {
  return ATOMIC.has(lastKey(path).replace(/^\+/, "")) && !endsInList(path)
}

export function isOrderedList(path: KeyPath): boolean {
  return ORDERED.has(lastKey(path).replace(/^\+/, "")) && !endsInList(path)
}

export function isSetList(path: KeyPath): boolean {
  const key = lastKey(path)
  return (
    (SETS.has(key.replace(/^\+/, "")) || path.some((step) => ["grants", "matrix"].includes(step.replace(/^\+/, "")))) &&
    !endsInList(path)
  )
}

/** A list directly in a list has no key of its own. */
function endsInList(path: KeyPath): boolean {
  return path.at(-1)?.startsWith("[") ?? false
}

/** What makes an item of a list of YAML or JSON the same on all sides, such as `name=orders`; null: nothing known. */
export function identityOf(path: KeyPath, { node }: Item): string | null {
  // The sections of mkdocs are lists below their titles.
  const list = endsInList(path) ? "" : path[0] === "nav" ? "nav" : lastKey(path)
  if (list === "data_tests" || list === "tests") return testIdentity(node)
  if (node.items.length === 0)
    return node.kind === "scalar" && node.block === undefined ? scalarIdentity(list, node) : null
  if (node.kind !== "map") return null
  if (list === "steps") return stepIdentity(node)
  if (list === "needs" && get(node, "job") !== undefined) return get(node, "job")!
  return named(node, NAMED_BY.get(list) ?? NAMES) ?? keyIdentity(list, node)
}

/** A thing that is written as a name with settings below it. */
function keyIdentity(list: string, { items }: Node): string | null {
  return NAMED_BY_KEY.has(list) && items.length === 1 ? items[0]!.key : null
}

/** A value as people read it. */
function textOf(node: Node): string {
  if (node.items.length === 0) return scalarText(node) ?? node.canon
  const members = node.items.map(({ key, node: value }) => (key === null ? "" : `${key}: `) + textOf(value)).join(", ")
  return node.kind === "map" ? `{${members}}` : `[${members}]`
}

/** The text of a scalar, without what tells how it is spelled. */
export function scalarText(node: Node): string | undefined {
  return node.kind === "scalar" && node.items.length === 0 ? node.canon.slice(node.props.length + 2) : undefined
}

function get(node: Node, key: string): string | undefined {
  const value = node.items.find((item) => item.key === key)?.node
  return value && (scalarText(value) ?? value.canon)
}

/** The name by the first row of keys that fits. */
function named(node: Node, rows: readonly Naming[]): string | null {
  for (const row of rows) {
    const parts: string[] = []
    const fits = row.every(({ key, use }) => {
      const value = get(node, key)
      if (value !== undefined) parts.push(use === "presence" ? key : `${key}=${unversioned(key, value)}`)
      return value !== undefined || use === "optional"
    })
    if (fits) return parts.join(",")
  }
  return null
}

/** A name without what an update changes about it. */
function unversioned(key: string, value: string): string {
  if (key === "repo") return value.replace(/(?:\.git)?\/?$/, "").toLowerCase()
  return key === "component" || key === "uses" || key === "task" ? value.replace(/@.*$/s, "") : value
}

/** What several keys together name; null where one is missing. */
export function nameOf(node: Node, keys: readonly string[]): string | null {
  const values = keys.map((key) => get(node, key))
  return values.includes(undefined) ? null : keys.map((key, index) => `${key}=${values[index]}`).join(",")
}

function scalarIdentity(list: string, node: Node): string {
  const text = scalarText(node)!
  // `dbt-core==1.9`, `name[extra]>=1 ; marker`: another version is the same requirement. PEP 503 names.
  const requirement =
    list === "additional_dependencies" || list === "dependencies"
      ? /^([A-Za-z0-9][\w.-]*?)(?=\s*(?:[[=<>!~;@]|$))/.exec(text)
      : null
  if (requirement !== null) return requirement[1]!.replace(/[-_.]+/g, "-").toLowerCase()
  if (list === "environment" || list === "env") return text.replace(/=.*$/s, "")
  return text
}

const COMMANDS = ["run", "script", "bash", "pwsh", "powershell", "command"]

/** A step is told by its name, by what it uses, or by its command. */
function stepIdentity(node: Node): string | null {
  const own = named(node, STEP_NAMES)
  if (own !== null) return own
  for (const key of COMMANDS) {
    const command = get(node, key)
    const inner = node.items.find((item) => item.key === key)?.node
    // CircleCI: the step's settings stand below the command.
    if (inner?.kind === "map") return stepIdentity(inner)
    if (command !== undefined) return `run=${/[^\n|>+-].*/.exec(command)?.[0] ?? command}`
  }
  return keyIdentity("steps", node)
}

/** A test is its name and arguments: `unique` and `unique: {config: …}` are the same test. */
function testIdentity(node: Node): string | null {
  if (node.kind === "scalar") return `${scalarText(node)}`
  if (node.kind !== "map") return null
  const long = get(node, "test_name")
  if (long !== undefined) return testName(long, node)
  const main = node.items.find(({ key }) => !TEST_CONFIG.has(key!)) ?? node.items[0]!
  // Singular tests of a package: a list of named things.
  if (scalarText(main.node) !== undefined && node.items.length > 1) return named(node, NAMES.slice(0, 1))
  return testName(main.key!, main.node)
}

function testName(test: string, args: Node): string {
  if (args.kind !== "map") return test
  const name = get(args, "name")
  if (name !== undefined) return `${test},name=${name}`
  const given = args.items.find(({ key }) => key === "arguments")?.node ?? args
  const parts = given.items.filter(({ key }) => !TEST_CONFIG.has(key!)).map(({ key, node }) => `${key}=${textOf(node)}`)
  return [test, ...parts.toSorted()].join(",")
}
