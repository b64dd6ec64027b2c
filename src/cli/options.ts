import type { ParseArgsConfig } from "node:util"

/** One flag: how it is parsed, and how help tells it. */
export interface Option {
  readonly type: "boolean" | "string"
  readonly short?: string
  readonly multiple?: boolean
  /** What stands for the value in help. */
  readonly value?: string
  readonly help: string
  /** Another name for the flag of this name: what users of copier type. Not shown in help. */
  readonly aliasOf?: string
  /** How the flag is spelled, where its name stands for another flag already. */
  readonly spelling?: string
}

/** Every flag of every command; commands name those they take. */
export const OPTIONS = {
  help: { type: "boolean", short: "h", help: "show this help" },
  version: { type: "boolean", short: "V", help: "show the version of meshwright" },
  yes: { type: "boolean", short: "y", help: "ask nothing: take given answers, and defaults for the others" },
  answers: { type: "string", value: "FILE", multiple: true, help: "answers from a YAML or JSON file; - reads stdin" },
  set: {
    type: "string",
    value: "KEY=VALUE",
    multiple: true,
    help: "one answer; wins over the file; can be given several times",
  },
  dest: { type: "string", value: "DIR", help: "the project's folder" },
  template: {
    type: "string",
    value: "SOURCE",
    help: "another template: a folder, a git URL or npm:PACKAGE, with //subfolder and @version",
  },
  "made-from": {
    type: "string",
    value: "VERSION",
    help: "version of the template that the project was once made from; none: whatever another tool recorded",
    spelling: "version",
  },
  take: {
    type: "string",
    value: "GLOB",
    multiple: true,
    help: "take the template's content of these files too, whatever it changes",
  },
  keep: { type: "string", value: "GLOB", multiple: true, help: "files that no update touches (update.keep)" },
  to: { type: "string", value: "VERSION", help: "version of the template: a version, range, tag, branch or commit" },
  "dry-run": { type: "boolean", short: "n", help: "show what would be done, and write nothing" },
  json: { type: "boolean", help: "print one JSON document on stdout" },
  list: { type: "boolean", help: "tell which generators there are" },
  trust: { type: "boolean", help: "run the code that the template comes with (plopfile.js, migrations) in this run" },
  "no-git": { type: "boolean", help: "make no git repository and no commit" },
  "keep-existing": { type: "boolean", help: "keep files that are there already, and create the others" },
  "allow-dirty": { type: "boolean", help: "go on although files that would change have uncommitted changes" },
  conflict: {
    type: "string",
    value: "STYLE",
    help: "how to leave conflicts: inline (default; adopt: yours stay), sidecar, ours, theirs",
  },
  abort: { type: "boolean", help: "put back what the last update replaced; nothing may be committed on top of it" },
  commit: { type: "boolean", help: "commit the update, and nothing else; not while a conflict is left" },
  branch: { type: "string", value: "NAME", help: "make this branch for the update, and commit it there" },
  summary: {
    type: "string",
    value: "FILE",
    help: "write what changes to FILE as Markdown, for a merge request; - is stdout",
  },
  "rebuild-lock": { type: "boolean", help: "make a damaged meshwright.lock anew from meshwright.yml" },
  incoming: { type: "boolean", help: "show what an update would change, instead of what the team changed" },
  from: {
    type: "string",
    value: "VERSION",
    help: "the version to start from: a tag, branch or commit, or another source",
  },
  versus: {
    type: "string",
    value: "KEY=VALUE",
    multiple: true,
    help: "show what this other answer changes; can be given several times",
  },
  diff: { type: "boolean", help: "show what changes since the release before, or since --from" },
  out: { type: "string", value: "DIR", help: "write the files to a new folder" },
  file: { type: "string", value: "PATH", help: "print this file only" },
  jobs: { type: "string", short: "j", value: "N", help: "how many cases at once; as many as there are processors" },
  shard: { type: "string", value: "I/N", help: "only part I of N: to spread the cases over machines" },
  "keep-failed": { type: "boolean", help: "leave the folders of failed cases" },
  "no-commands": { type: "boolean", help: "do not run the template's own test commands" },
  stat: { type: "boolean", help: "a line for each file instead of diffs" },
  strict: { type: "boolean", help: "warnings count as errors" },
  "exit-code": { type: "boolean", help: "exit with 3 when there is a difference" },
  offline: { type: "boolean", help: "fetch nothing: templates come from the cache (also: MESHWRIGHT_OFFLINE=1)" },
  quiet: { type: "boolean", short: "q", help: "print errors only" },
  verbose: { type: "boolean", help: "print every file and its diff" },
  "no-color": { type: "boolean", help: "no colours (also: NO_COLOR=1)" },
  data: { type: "string", multiple: true, short: "d", help: "", aliasOf: "set" },
  "data-file": { type: "string", multiple: true, help: "", aliasOf: "answers" },
  defaults: { type: "boolean", help: "", aliasOf: "yes" },
  "skip-answered": { type: "boolean", short: "A", help: "", aliasOf: "yes" },
  "vcs-ref": { type: "string", help: "", aliasOf: "to" },
  pretend: { type: "boolean", help: "", aliasOf: "dry-run" },
} as const satisfies Record<string, Option>

export type OptionName = keyof typeof OPTIONS

/** Flags that every command takes. */
export const COMMON: readonly OptionName[] = ["dest", "offline", "json", "quiet", "verbose", "no-color", "help"]

/** A flag as it is typed, without its dashes. */
export function spellingOf(name: OptionName): string {
  return (OPTIONS[name] as Option).spelling ?? name
}

/** The options of a command with the aliases of those it takes, as parseArgs wants them. */
export function parseConfig(names: readonly OptionName[]): NonNullable<ParseArgsConfig["options"]> {
  const aliases = (Object.keys(OPTIONS) as OptionName[]).filter((name) => {
    const { aliasOf } = OPTIONS[name] as Option
    return aliasOf !== undefined && names.includes(aliasOf as OptionName)
  })
  return Object.fromEntries(
    [...names, ...aliases].map((name) => {
      const { type, short, multiple } = OPTIONS[name] as Option
      return [spellingOf(name), { type, ...(short === undefined ? {} : { short }), ...(multiple ? { multiple } : {}) }]
    }),
  )
}
