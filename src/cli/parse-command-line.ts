import { parseArgs } from "node:util"
import { closest } from "../core/answers/closest.ts"
import { MeshwrightError, problem } from "../core/model/diagnostic.ts"
import { type Command, commandOf, COMMANDS } from "./commands.ts"
import { type Option, type OptionName, OPTIONS, parseConfig, spellingOf } from "./options.ts"

export interface CommandLine {
  readonly command: Command
  readonly positionals: readonly string[]
  flag(name: OptionName): boolean
  text(name: OptionName): string | undefined
  texts(name: OptionName): readonly string[]
}

/** Reads the arguments of one command. Throws a MeshwrightError of kind `usage` that says what is not understood. */
export function parseCommandLine(command: Command, args: readonly string[]): CommandLine {
  const { values, positionals } = parse(command, args)
  if (positionals.length > command.arguments) {
    throw usage(
      `${command.name} takes ${command.arguments === 0 ? "no arguments" : `at most ${command.arguments} arguments`}: ${positionals.join(" ")}`,
      `usage: ${command.usage}`,
    )
  }
  const all = (name: OptionName): readonly unknown[] =>
    (Object.keys(OPTIONS) as OptionName[])
      .filter((each) => each === name || (OPTIONS[each] as Option).aliasOf === name)
      .filter((each) => [...command.options].includes(each) || (OPTIONS[each] as Option).aliasOf !== undefined)
      .flatMap((each) => values[spellingOf(each)] ?? [])
  return {
    command,
    positionals,
    flag: (name) => all(name).includes(true),
    text: (name) => all(name).at(-1) as string | undefined,
    texts: (name) => all(name) as readonly string[],
  }
}

function parse(command: Command, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: parseConfig(command.options), allowPositionals: true, strict: true })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const unknown = /Unknown option '(-[^']*)'/.exec(message)?.[1]
    if (unknown === undefined) throw usage(message.split(". ")[0] ?? message, `meshwright ${command.name} --help`)
    const near = closest(unknown.replace(/^-+/, ""), command.options.map(spellingOf))
    throw usage(
      `${command.name} has no option ${unknown}`,
      near === undefined ? `meshwright ${command.name} --help` : `did you mean --${near}?`,
    )
  }
}

/**
 * The command that the arguments begin with, and what follows it. Throws a MeshwrightError of kind `usage` where there is
 * none.
 */
export function findCommand(args: readonly string[]): NonNullable<ReturnType<typeof commandOf>> {
  const found = commandOf(args)
  if (found) return found
  const names = COMMANDS.map((each) => each.name)
  const family = names.filter((each) => each.startsWith(`${args[0]} `)).map((each) => each.split(" ")[1] ?? "")
  const name = family.length > 0 ? args.slice(0, 2).join(" ") : (args[0] ?? "")
  if (name === args[0] && family.length > 0)
    throw usage(`${name} needs one of: ${family.join(", ")}`, `meshwright ${name} ${family[0]} --help`)
  const near = closest(name, names)
  throw usage(
    `there is no command ${JSON.stringify(name)}`,
    near === undefined ? `commands: ${names.join(", ")}` : `did you mean meshwright ${near}?`,
  )
}

/** KEY=VALUE pairs. Throws a MeshwrightError of kind `usage` naming each that is none. */
export function parseSettings(settings: readonly string[], option = "set"): Readonly<Record<string, string>> {
  const wrong = settings.filter((setting) => !/^[^=]+=/.test(setting))
  if (wrong.length > 0) {
    throw new MeshwrightError(
      wrong.map((each) => problem("bad-setting", `--${option} ${each}: expected KEY=VALUE`)),
      "usage",
    )
  }
  return Object.fromEntries(
    settings.map((setting) => [setting.slice(0, setting.indexOf("=")), setting.slice(setting.indexOf("=") + 1)]),
  )
}

function usage(message: string, hint: string): MeshwrightError {
  return new MeshwrightError([problem("usage", message, { hint })], "usage")
}
