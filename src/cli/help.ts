import { type Command, COMMANDS } from "./commands.ts"
import { wrapText } from "../core/wrap-text.ts"
import { type Option, type OptionName, OPTIONS, spellingOf } from "./options.ts"

/** The help of the whole program; of a word that several commands begin with, those. */
export function programHelp(family = ""): string {
  const members = COMMANDS.filter(({ name }) => name.startsWith(`${family} `))
  if (members.length > 0)
    return [
      `Usage: meshwright ${family} COMMAND [OPTIONS]`,
      "",
      ...table(members.map(({ name, summary }) => [name, summary])),
      "",
      `\`meshwright ${members[0]?.name} --help\` tells more.`,
      "",
    ].join("\n")
  return [
    "meshwright creates dbt projects for a data mesh from templates, and keeps them in sync with their template.",
    "",
    "Usage: meshwright COMMAND [OPTIONS]",
    "",
    ...table(COMMANDS.map(({ name, summary }) => [name, summary])),
    "",
    "Examples:",
    ...table([
      ["meshwright new sales", "create a domain project in ./sales"],
      ["meshwright new mesh acme", "create a platform package and domain projects in ./acme"],
      ["meshwright update", "bring the project here up to date"],
    ]),
    "",
    "`meshwright COMMAND --help` tells more. Exit codes: 0 done, 1 failed and nothing changed, 2 wrong usage,",
    "3 a person is needed (conflicts, drift), 4 the template's code is not trusted, 130 interrupted.",
    "",
  ].join("\n")
}

/** Broken between words, as wide as the terminal is; elsewhere as it is. Commands to be copied stay whole. */
export function forTerminal(help: string, columns: number | undefined): string {
  if (!columns) return help
  return help
    .split("\n")
    .map((line) => (/^ +(?:\S+=\S+ )?meshwright(?: \S+)*$/.test(line) ? line : wrapText(line, columns)))
    .join("\n")
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const options = command.options.map((name) => OPTIONS[name] as Option)
  return [
    `${command.name}: ${command.summary}`,
    "",
    `Usage: ${command.usage} [OPTIONS]`,
    "",
    ...(command.details.length > 0 ? [...command.details, ""] : []),
    "Options:",
    ...table(options.map((option, index) => [flag(command.options[index]!, option), option.help])),
    "",
    "Examples:",
    ...command.examples.flatMap(([example, what]) => [`  # ${what}`, `  ${example}`]),
    "",
  ].join("\n")
}

function flag(name: OptionName, { short, value }: Option): string {
  return `${short === undefined ? "    " : `-${short}, `}--${spellingOf(name)}${value === undefined ? "" : ` ${value}`}`
}

/** Rows with their first words below each other. */
export function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([first]) => first.length))
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`)
}
