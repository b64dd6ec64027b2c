import { join, resolve } from "node:path"
import { MeshwrightError, problem } from "../core/model/diagnostic.ts"
import type { Template } from "../core/model/template.ts"
import { npmSettings } from "../core/template/npm-settings.ts"
import { parseSource } from "../core/template/parse-source.ts"
import { isTrustedSource, trustName } from "../core/trust/trusted-source.ts"
import type { Ports } from "./ports/ports.ts"
import { readUserConfig, rememberTrust, textAt, userConfigPath } from "./user-config.ts"

/** Code of a template that a run needs. */
export interface Code {
  readonly template: Pick<Template, "ref" | "folder">
  /** Absolute path of the project, from which the source of a template in a folder is seen. */
  readonly root: string
  /** What would run, and what for: `plopfile.js`, `its own generators`. */
  readonly runs: readonly { readonly what: string; readonly why: string }[]
  /** --trust: it was said for this run already. */
  readonly given: boolean
  /** Another tool fetches the template: its source is an address in that tool's words, none of ours. */
  readonly isForeign?: boolean
}

/**
 * Passes when the code of a template may run: it is part of this program, it was trusted for this run or for good, or
 * whoever is at the terminal says so. Otherwise throws a MeshwrightError of kind `untrusted` that names what would run.
 */
export async function requireTrust(ports: Ports, code: Code): Promise<void> {
  if (isTrusted(ports, code)) return
  const source = sourceOf(ports, code)
  const { prompter } = ports
  if (!prompter) throw untrusted(ports, code, source)
  prompter.say(
    [
      "",
      `The template of this project comes with code, which could do on this machine what you can:`,
      ...code.runs.map(({ what, why }) => `  ${what}  ${why}`),
      `It comes from ${source}, version ${code.template.ref.version}, and lies in ${code.template.folder}.`,
    ].join("\n"),
  )
  const answer = await prompter.choose("May it run?", [
    { value: "no", label: "No" },
    { value: "once", label: "Yes, this time" },
    { value: "always", label: "Yes, and always what comes from this source, newer versions too" },
  ])
  if (answer === "no") throw untrusted(ports, code, source)
  if (answer === "always") prompter.say(remembered(ports, source))
}

/** Whether the code of a template may run without a question. */
export function isTrusted(ports: Ports, code: Code): boolean {
  if (code.given || code.runs.length === 0) return true
  const trusted = readUserConfig(ports).trust.map((each) => expanded(ports, each))
  return isTrustedSource(sourceOf(ports, code), ["builtin:", ...trusted])
}

/** Tells how it went: that the answer could not be kept is no reason to stop. */
function remembered(ports: Ports, source: string): string {
  const path = userConfigPath(ports.environment)
  return rememberTrust(ports, source)
    ? `Remembered in ${path}.`
    : `It could not be remembered${path === undefined ? "" : ` in ${path}: add ${source} to its list \`trust\``}.`
}

/** What the source is trusted by; of a folder its absolute path, whatever links lead there. */
function sourceOf(ports: Ports, { template, root, isForeign = false }: Code): string {
  const source = parseSource(template.ref.source)
  if (isForeign && source.kind !== "folder") {
    // What is a version or a name to us may be a place to the other tool: the whole address counts, and no name of ours.
    return source.kind === "git" ? trustName(template.ref.source) : `./${template.ref.source}`
  }
  if (source.kind === "npm") return [...settingsOf(ports, root, source.name), source.source].join(" ")
  if (source.kind !== "folder") return trustName(source.source)
  const { fs } = ports
  const folder = resolve(root, source.path)
  return fs.realPath(folder) ?? folder
}

/** What the project says about where npm gets a package; it is part of what is trusted. */
function settingsOf(ports: Ports, root: string, name: string): readonly string[] {
  const home = homeOf(ports)
  const own = home && join(home, ".npmrc")
  return npmSettings(name, root, own, (file) => textAt(ports.fs, file))
}

/** `~/` at the beginning stands for the home folder, as people write it. */
function expanded(ports: Ports, beginning: string): string {
  const home = homeOf(ports)
  return home && beginning.startsWith("~/") ? home + beginning.slice(1) : trustName(beginning)
}

function homeOf({ environment }: Ports): string | undefined {
  return environment["HOME"] || environment["USERPROFILE"]
}

function untrusted(ports: Ports, { template, runs }: Code, source: string): MeshwrightError {
  const path = userConfigPath(ports.environment)
  const always = path === undefined ? "" : `; or, for good, add ${source} to the list \`trust\` in ${path}`
  const found = runs.map(({ what, why }) =>
    problem(
      "untrusted",
      `${what} of the template ${source} (version ${template.ref.version}) is code that is not trusted: ${why}`,
      {
        hint: `look at it in ${template.folder}, and run this again with --trust${always}`,
      },
    ),
  )
  // A key that was mistyped may be why.
  return new MeshwrightError([...found, ...(readUserConfig(ports).unknown ?? [])], "untrusted")
}
