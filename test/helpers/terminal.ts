import { execa } from "execa"
import { join } from "node:path"
import { environment, program } from "./cli.ts"

/** What a person does at a terminal, or waits for. */
export type Step =
  | { readonly expect: string }
  | { readonly send: string }
  | { readonly resize: readonly [rows: number, columns: number] }
  | { readonly hangUp: true }

export interface TerminalRun {
  readonly exitCode: number
  /** All that was shown, without escape sequences. Questions are drawn anew with every key, so texts occur repeatedly. */
  readonly transcript: string
  readonly raw: string
}

export interface TerminalOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly columns?: number
  /** Another command than meshwright with `args`. */
  readonly command?: readonly string[]
}

export const ENTER = "\r"
export const CTRL_C = "\u0003"
export const DOWN = "\u001b[B"

/** Waits for a question, or for another text. */
export function see(text: string): Step {
  return { expect: text }
}

export function type(text: string): Step {
  return { send: text }
}

/** A question is shown and answered; an empty answer takes its suggestion. */
export function answer(question: string, text = ""): Step[] {
  return [see(question), type(text + ENTER)]
}

/** Runs meshwright in a pseudo-terminal. Throws, with all that was shown, where a step does not come true. */
export async function terminal(
  args: readonly string[],
  steps: readonly Step[],
  options: TerminalOptions,
): Promise<TerminalRun> {
  const { cwd, env = {}, columns = 120, command = [process.execPath, program, ...args] } = options
  const script = {
    command,
    cwd,
    env: { ...environment, TERM: "xterm-256color", ...env },
    rows: 40,
    columns,
    steps,
    timeout: 30,
  }
  const { stdout } = await execa(process.env["PYTHON"] ?? "python3", [join(import.meta.dirname, "terminal.py")], {
    input: JSON.stringify(script),
  })
  const { exitCode, transcript, raw, failed } = JSON.parse(stdout) as TerminalRun & { failed: string | null }
  if (failed !== null) throw new Error(`${failed}\n${transcript}`)
  return { exitCode, transcript, raw }
}
