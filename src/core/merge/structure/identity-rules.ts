import { lastKey } from "./key-path.ts"
import type { Item, KeyPath, Node } from "./model.ts"

/** The keys that name the items of a list, by the list's key; the first that an item has counts. */
const NAMED_BY: Readonly<Record<string, readonly string[]>> = {
  packages: ["package", "git", "local", "tarball", "private", "name"],
  projects: ["name"],
  versions: ["v", "name"],
  dispatch: ["macro_namespace"],
  given: ["input"],
  hooks: ["alias", "id"],
  repos: ["repo"],
  tasks: ["label", "name", "task_key"],
  jobs: ["job", "deployment", "name", "id"],
  stages: ["stage", "name"],
  ports: ["name", "containerPort", "port"],
  volumeMounts: ["mountPath"],
  nav: [],
  rows: [],
  rules: ["name", "id"],
}
const NAMES = ["name", "id", "key", "alias"]

/** Lists that only make sense as they are: versions with their bounds, orders, command lines, rows of data. */
const ATOMIC = new Set([
  "version",
  "require-dbt-version",
  "search_order",
  "args",
  "entry",
  "command",
  "entrypoint",
  "rows",
  "on-run-start",
  "on-run-end",
  "pre-hook",
  "post-hook",
  "pre_hook",
  "post_hook",
  "script",
  "before_script",
  "after_script",
  "editor.rulers",

  "unique_key",
])

/** Lists in which every item stands for itself. */
const SETS = new Set([
  "tags",
  "clean-targets",
  "model-paths",
  "analysis-paths",
  "test-paths",
  "seed-paths",
  "macro-paths",
  "snapshot-paths",
  "asset-paths",
  "docs-paths",
  "function-paths",
  "depends_on",
  "data_tests",
  "tests",
  "additional_dependencies",
  "dependencies",
  "needs",
  "branches",
  "branches-ignore",
  "paths",
  "paths-ignore",
  "types",
  "recommendations",
  "unwantedRecommendations",
  "labels",
  "assignees",
  "reviewers",
  "types_or",
  "stages",
  "extensions",
  "env",
  "environment",
  "volumes",
  "ports",
  "plugins",
  "values",
  "ignore",
])

// What a data test is configured with; the rest, its arguments, makes it the test that it is.
const TEST_CONFIG = new Set(
  "config description name severity warn_if error_if where limit store_failures store_failures_as tags meta enabled fail_calc test_name".split(
    " ",
  ),
)

export function isAtomicList(path: KeyPath): boolean {
  return ATOMIC.has(lastKey(path).replace(/^\+/, "")) && !endsInList(path)
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
  const list = endsInList(path) ? "" : lastKey(path)
  if (list === "data_tests" || list === "tests") return testIdentity(node)
  if (node.items.length === 0)
    return node.kind === "scalar" && node.block === undefined ? scalarIdentity(list, node) : null
  if (node.kind !== "map") return null
  switch (list) {
    case "packages":
      return packageIdentity(node)
    case "steps":
      return stepIdentity(node)
    case "updates":
      return named(node, ["package-ecosystem"], ["directory", "directories"])
    case "constraints":
      return named(node, ["type"], ["columns", "name"])
    case "grant_access_to":
      return named(node, ["project"], ["dataset"])
    case "nav":
    case "plugins":
    case "columns":
      return node.items.length === 1 && list !== "columns" ? node.items[0]!.key : columnIdentity(node)
  }
  return named(node, Object.hasOwn(NAMED_BY, list) ? NAMED_BY[list]! : NAMES)
}

/** The text of a scalar, without what tells how it is spelled. */
export function scalarText(node: Node): string | undefined {
  return node.kind === "scalar" && node.items.length === 0 ? node.canon.slice(node.props.length + 2) : undefined
}

function get(node: Node, key: string): string | undefined {
  const value = node.items.find((item) => item.key === key)?.node
  return value && (scalarText(value) ?? value.canon)
}

function named(node: Node, keys: readonly string[], more: readonly string[] = []): string | null {
  const key = keys.find((each) => get(node, each) !== undefined)
  if (key === undefined) return null
  const parts = [key, ...more].flatMap((each) => {
    const value = get(node, each)
    return value === undefined
      ? []
      : [`${each}=${each === "repo" ? value.replace(/(?:\.git)?\/?$/, "").toLowerCase() : value}`]
  })
  return parts.join(",")
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

function packageIdentity(node: Node): string | null {
  return named(node, NAMED_BY["packages"]!, get(node, "git") === undefined ? [] : ["subdirectory"])
}

function stepIdentity(node: Node): string | null {
  const own = named(node, ["id", "name", "task", "script"])
  if (own !== null && !own.startsWith("task=")) return own
  const action = get(node, "uses") ?? get(node, "task")
  if (action !== undefined) return `${own === null ? "uses" : "task"}=${action.replace(/@.*$/s, "")}`
  const run = get(node, "run")
  return run === undefined ? null : `run=${/[^\n|>+-].*/.exec(run)?.[0] ?? run}`
}

function columnIdentity(node: Node): string | null {
  return named(node, ["name", "include", "exclude"])
}

/** A test is its name and arguments: `unique` and `unique: {config: …}` are the same test. */
function testIdentity(node: Node): string | null {
  if (node.kind === "scalar") return `${scalarText(node)}`
  if (node.kind !== "map") return null
  const long = get(node, "test_name")
  if (long !== undefined) return testName(long, node)
  const main = node.items.find(({ key }) => !TEST_CONFIG.has(key!)) ?? node.items[0]!
  // Singular tests of a package: a list of named things.
  if (scalarText(main.node) !== undefined && node.items.length > 1) return named(node, ["name"])
  return testName(main.key!, main.node)
}

function testName(test: string, args: Node): string {
  if (args.kind !== "map") return test
  const name = get(args, "name")
  if (name !== undefined) return `${test},name=${name}`
  const given = args.items.find(({ key }) => key === "arguments")?.node ?? args
  const parts = given.items
    .filter(({ key }) => !TEST_CONFIG.has(key!))
    .map(({ key, node }) => `${key}=${scalarText(node) ?? node.canon}`)
  return [test, ...parts.toSorted()].join(",")
}
