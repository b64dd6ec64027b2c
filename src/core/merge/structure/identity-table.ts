/**
 * The keys that name the items of a list, by the list's key: the first row of which an item has all keys counts. `key?`
 * belongs to the name where it is there; of `key!` there is one item, whatever its value.
 */
const ROWS: Readonly<Record<string, readonly string[]>> = {
  // dbt
  packages: ["package", "git subdirectory?", "local", "tarball", "private", "name"],
  projects: ["name"],
  versions: ["v", "name"],
  columns: ["name", "include!", "exclude!"],
  constraints: ["type columns? name?"],
  grant_access_to: ["project dataset?"],
  dispatch: ["macro_namespace"],
  given: ["input"],
  rows: [],
  union: ["name", "method value", "exclude!"],
  intersection: ["name", "method value", "exclude!"],
  // pre-commit
  hooks: ["alias", "id"],
  repos: ["repo"],
  // Dependabot
  updates: ["package-ecosystem directory? directories?"],
  ignore: ["dependency-name"],
  allow: ["dependency-name", "dependency-type"],
  // GitLab
  include: ["local", "project file?", "component", "template", "remote", "name"],
  rules: ["name", "id", "alert", "record", "if", "changes", "exists", "when"],
  // Azure Pipelines, Databricks, VS Code
  tasks: ["label", "name", "task_key"],
  jobs: ["job", "deployment", "name", "id", "template"],
  stages: ["stage", "name", "template"],
  variables: ["name", "group", "template", "key"],
  // Kubernetes, Compose
  ports: ["name", "containerPort protocol?", "port protocol?", "target protocol?"],
  volumes: ["name", "target"],
  volumeMounts: ["mountPath"],
  volumeDevices: ["devicePath"],
  hostAliases: ["ip"],
  tolerations: ["key effect?"],
  topologySpreadConstraints: ["topologyKey whenUnsatisfiable?"],
}

interface NamingKey {
  readonly key: string
  readonly use: "needed" | "optional" | "presence"
}

/** The rows of keys that name the items of lists, by the list's key. */
export const NAMED_BY: ReadonlyMap<string, readonly Naming[]> = new Map(
  Object.entries(ROWS).map(([list, rows]) => [list, rows.map(namingOf)]),
)

/** The same, for all other lists. */
export const NAMES = ["name", "id", "key", "alias"].map(namingOf)

/** The same, for steps of GitHub Actions and Azure Pipelines. */
export const STEP_NAMES = [
  "id",
  "name",
  "displayName",
  "uses",
  "task",
  "template",
  "checkout",
  "download",
  "publish",
].map(namingOf)

export type Naming = readonly NamingKey[]

function namingOf(row: string): Naming {
  return row.split(" ").map((key) => ({
    key: key.replace(/[?!]$/, ""),
    use: key.endsWith("?") ? "optional" : key.endsWith("!") ? "presence" : "needed",
  }))
}

/** Lists of things that are written as their name, or as their name with settings below it. */
export const NAMED_BY_KEY = new Set([
  "nav",
  "plugins",
  "markdown_extensions",
  "jobs",
  "steps",
  "pre-steps",
  "post-steps",
])

/** Lists that only make sense as they are: versions with their bounds, search orders, rows of data. */
export const ATOMIC = new Set(["version", "require-dbt-version", "search_order", "rows", "editor.rulers", "unique_key"])

/** Lists of which every item stands where it has to: command lines, and what runs one after the other. */
export const ORDERED = new Set([
  "args",
  "entry",
  "command",
  "entrypoint",
  "on-run-start",
  "on-run-end",
  "pre-hook",
  "post-hook",
  "pre_hook",
  "post_hook",
  "script",
  "before_script",
  "after_script",
])

/** Lists in which every item stands for itself. */
export const SETS = new Set([
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
  "dependsOn",
  "requires",
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
  "markdown_extensions",
  "values",
  "ignore",
])
