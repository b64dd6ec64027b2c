import { COMMON, type OptionName } from "./options.ts"

/** A command as help, parsing and documentation see it; what it does is in run/. */
export interface Command {
  readonly name: string
  readonly summary: string
  readonly usage: string
  /** Positional arguments at most. */
  readonly arguments: number
  readonly options: readonly OptionName[]
  readonly details: readonly string[]
  readonly examples: readonly (readonly [command: string, what: string])[]
}

const PLANNING: readonly OptionName[] = ["yes", "answers", "set", "to", "dry-run"]
const AUTHORS: readonly OptionName[] = ["json", "quiet", "verbose", "no-color", "help"]

export const COMMANDS: readonly Command[] = [
  {
    name: "new",
    summary: "create a project",
    usage: "meshwright new [KIND] [NAME]",
    arguments: 2,
    options: [...PLANNING, "template", "no-git", "keep-existing", ...COMMON],
    details: [
      "KIND is domain (the default), platform, mesh or template:",
      "  domain    a dbt project of one domain, with an example data product that builds on DuckDB",
      "  platform  the organisation's internal dbt package: macros and tests that domain projects share",
      "  mesh      a folder with a platform package and several domain projects",
      "  template  the repository of a template of your own, with its tests and CI",
      "Without a terminal, or with --yes, nothing is asked.",
    ],
    examples: [
      ["meshwright new sales", "asks, then creates ./sales"],
      ["meshwright new sales --yes --set organisation=acme", "asks nothing"],
      ["meshwright new mesh acme --set domains=sales,finance --yes", "a whole mesh in ./acme"],
      [
        "meshwright new sales --template git+https://git.example.com/platform/templates.git//domain@v1.4.0",
        "your own template",
      ],
    ],
  },
  {
    name: "add",
    summary: "add something to a project: a model, a source, a data product",
    usage: "meshwright add [GENERATOR] [NAME]",
    arguments: 2,
    options: ["list", "yes", "answers", "set", "trust", "allow-dirty", "dry-run", ...COMMON],
    details: [
      "GENERATOR is one of meshwright's (model, source, data-product, domain, exception) or of the project's template.",
      "What is there already stays: entries go into the YAML files that the project keeps them in, and every other byte of",
      "those is as before. Where a file is there and says something else, nothing is written: exit code 3.",
      "It adds to files with uncommitted changes too, such as those of the last add; a generator of a plopfile, which is code, only",
      "with --allow-dirty. In the middle of a merge or rebase of git nothing is written.",
      "What is added is the team's: no update touches it. Without a terminal, or with --yes, nothing is asked.",
    ],
    examples: [
      ["meshwright add", "choose from what there is"],
      ["meshwright add --list", "tell what there is"],
      ["meshwright add source shop --set tables=orders,customers --yes", "a source, with staging models"],
      ["meshwright add model fct_orders --set from=stg_shop__orders --dry-run", "show what would be written"],
      ["meshwright add data-product shop_orders --set columns=id:integer --yes", "a public model with a contract"],
    ],
  },
  {
    name: "update",
    summary: "bring a project up to its template's newest version",
    usage: "meshwright update",
    arguments: 0,
    options: [
      ...PLANNING,
      "allow-dirty",
      "conflict",
      "commit",
      "branch",
      "abort",
      "rebuild-lock",
      "summary",
      "trust",
      ...COMMON,
    ],
    details: [
      "What the template changed since the last update is merged into the project; what the team changed stays.",
      "Where both changed the same thing, both versions are left in the file between conflict markers: exit code 3.",
      "Where the template comes with migrations, they run on a copy of the project, once it is trusted; all is one plan.",
      "Until something is committed on top, --abort undoes it; what was edited since is copied to a safe place first.",
    ],
    examples: [
      ["meshwright update --dry-run", "what would change, and from whom it comes"],
      ["meshwright update --dry-run --verbose", "with diffs"],
      ["meshwright update", "do it"],
      ["meshwright update --set platform_package=../platform", "change an answer"],
      ["meshwright update --abort", "undo the last update"],
      ["meshwright update --yes --branch meshwright-update", "in automation: a commit on a new branch"],
      ["meshwright update --json --yes", "a report for a program"],
    ],
  },
  {
    name: "adopt",
    summary: "put an existing project under a template",
    usage: "meshwright adopt SOURCE",
    arguments: 1,
    options: [
      ...PLANNING,
      "made-from",
      "take",
      "keep",
      "trust",
      "allow-dirty",
      "conflict",
      "commit",
      "branch",
      "abort",
      "summary",
      ...COMMON,
    ],
    details: [
      "SOURCE is a template: builtin:domain, a folder, or a git URL. What the project tells answers the template's questions.",
      "What you have stays as it is. Files that dbt does not read are added; what the template would change in those that it",
      "reads, or add to them, is told and not done: dbt parse gives the same as before. --take GLOB takes it all the same.",
      "--conflict inline merges files that both have, with markers where they clash (others: sidecar, theirs).",
      "With a record of copier or cruft, or with --version, what you changed since is told apart, and the template's newer",
      "content comes in as with an update. To undo it: --abort.",
    ],
    examples: [
      ["meshwright adopt builtin:domain --dry-run", "what would be added, and what the template would change"],
      ["meshwright adopt git+https://git.example.com/platform/templates.git//domain", "your own template"],
      ["meshwright adopt ../templates/domain --version 1.2.0", "the project was made from version 1.2.0 of it"],
      [
        "meshwright adopt builtin:domain --yes --branch adopt --summary ../adopt.md",
        "in automation, for a merge request",
      ],
    ],
  },
  {
    name: "check",
    summary: "tell whether a project is in sync with its template (for CI)",
    usage: "meshwright check",
    arguments: 0,
    options: COMMON,
    details: [
      "Exit code 0 when it is; 3 when a newer template is out, an answer was edited and not applied, a conflict is left, or",
      "content that the template locks is not as it has it. 1: the template cannot be reached; the rest is checked all the same.",
      "Deviations that do not fail yet, and exceptions, are told; --verbose tells rules that are only announced, too.",
    ],
    examples: [
      ["meshwright check", "in a pipeline"],
      ["meshwright check --json", "findings with file, line, key, policy and days left"],
      ["MESHWRIGHT_TODAY=2027-01-15 meshwright check", "what will fail on that day"],
    ],
  },
  {
    name: "diff",
    summary: "show what the team changed since the template rendered the project",
    usage: "meshwright diff [--incoming]",
    arguments: 0,
    options: ["incoming", "exit-code", "summary", "to", "set", "answers", "trust", ...COMMON],
    details: [
      "With --incoming: what the template changed, file by file and key by key, what the team changed there, and the diffs;",
      "with --summary as Markdown too.",
    ],
    examples: [
      ["meshwright diff", "the team's changes to files of the template"],
      ["meshwright diff --incoming", "what an update would change, and from whom it comes"],
      ["meshwright diff --incoming --summary -", "the same as Markdown"],
    ],
  },
  {
    name: "template lint",
    summary: "find what is wrong or doubtful in a template",
    usage: "meshwright template lint [SOURCE]",
    arguments: 1,
    options: ["strict", ...AUTHORS],
    details: [
      "SOURCE is a template's folder (default: the one here), or any other source of a template.",
      "Looks at names, questions, conditions, rules and renames; renders sets of answers that hold every pair of choices, and",
      "looks whether YAML, JSON, TOML, HCL and INI parse; tries answers that could break out of their place; in git, tells what",
      "breaks projects of the release before. Exit code 3 where there are errors.",
    ],
    examples: [
      ["meshwright template lint", "the template in this folder"],
      ["meshwright template lint templates/domain --strict", "in CI, where warnings count as well"],
    ],
  },
  {
    name: "template test",
    summary: "try a template with every pair of choices",
    usage: "meshwright template test [SOURCE]",
    arguments: 1,
    options: ["from", "trust", "no-commands", "jobs", "shard", "keep-failed", ...AUTHORS],
    details: [
      "Renders sets of answers that hold every pair of choices, twice each; looks whether what comes out parses; updates a",
      "fresh project of the release before and expects no conflict; and runs the template's own commands (test.commands in",
      "template.yml) in each project. They are code, and need --trust. Exit code 3 where a case fails.",
    ],
    examples: [
      ["meshwright template test", "the template in this folder"],
      ["meshwright template test --trust", "with its own commands, such as dbt parse"],
      ["meshwright template test --from v1.0.0", "updates start from this version"],
      ["meshwright template test --shard 1/4", "a quarter of the cases"],
    ],
  },
  {
    name: "template preview",
    summary: "show what a template renders for some answers",
    usage: "meshwright template preview [SOURCE]",
    arguments: 1,
    options: ["set", "answers", "diff", "from", "versus", "file", "out", ...AUTHORS],
    details: [
      "Lists the files, or with --verbose shows them. Nothing is asked: what is not given is a default, or made up.",
    ],
    examples: [
      ["meshwright template preview --set ci=none", "the files for this answer"],
      ["meshwright template preview --file dbt_project.yml", "one of them"],
      ["meshwright template preview --diff", "what changes since the last release"],
      ["meshwright template preview --versus ci=gitlab", "what this answer changes"],
      ["meshwright template preview --out /tmp/look", "as files"],
    ],
  },
  {
    name: "template diff",
    summary: "show what an update from one version of a template to another brings",
    usage: "meshwright template diff V1 [V2]",
    arguments: 2,
    options: ["template", "set", "answers", "stat", "exit-code", ...AUTHORS],
    details: [
      "V1 and V2 are tags, branches or commits of the template's repository, or sources; without V2 it is the template as it is.",
      "Both are rendered for the same answers; a file that moved is shown as such.",
    ],
    examples: [
      ["meshwright template diff v1.0.0", "what the folder here brings to projects of v1.0.0"],
      ["meshwright template diff v1.0.0 v2.0.0 --stat", "in a line for each file"],
      [
        "meshwright template diff v1.0.0 v1.1.0 --template git+https://git.example.com/acme/templates.git//domain",
        "elsewhere",
      ],
    ],
  },
]

/** The command that the arguments begin with, and what follows it; some commands are two words. */
export function commandOf(
  args: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } | undefined {
  for (const words of [2, 1]) {
    const command = COMMANDS.find(({ name }) => name === args.slice(0, words).join(" "))
    if (command) return { command, rest: args.slice(words) }
  }
  return undefined
}
