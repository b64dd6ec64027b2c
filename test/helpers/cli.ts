import { execa } from "execa"
import { delimiter, dirname } from "node:path"
import { home } from "./workspace.ts"

export interface Run {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** What stdin holds; absent: it is a closed pipe. */
  readonly input?: string
}

/** The built program, as vitest.config.ts names it. */
export const program = required("MESHWRIGHT_BIN")

/** The environment of a run: isolated from the user's settings, with a git identity for commits only. */
export const environment: Readonly<Record<string, string>> = {
  // The folder of this very node: the program is started by its path, git by its name.
  PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
  HOME: home,
  XDG_CACHE_HOME: `${home}/cache`,
  LANG: "C.UTF-8",
  GIT_CONFIG_GLOBAL: `${home}/gitconfig`,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@example.com",
}

/** Runs meshwright. A run that does not end within a minute fails: it must never wait for input. */
export async function meshwright(args: readonly string[], { cwd, env = {}, input = "" }: RunOptions): Promise<Run> {
  const { exitCode, stdout, stderr, timedOut } = await execa(process.execPath, [program, ...args], {
    cwd,
    env: { ...environment, ...env },
    extendEnv: false,
    input,
    reject: false,
    stripFinalNewline: false,
    timeout: 60_000,
  })
  if (timedOut || exitCode === undefined)
    throw new Error(`meshwright ${args.join(" ")} did not end\n${stdout}\n${stderr}`)
  return { exitCode, stdout, stderr }
}

/** Runs meshwright and throws unless it ends with 0: for what a test only needs, and is not about. */
export async function succeed(args: readonly string[], options: RunOptions): Promise<Run> {
  const run = await meshwright(args, options)
  if (run.exitCode !== 0)
    throw new Error(`meshwright ${args.join(" ")} ended with ${run.exitCode}\n${run.stdout}\n${run.stderr}`)
  return run
}

/** What a run with --json prints, read by tests only as far as they are about it. */
export interface JsonDocument {
  readonly schemaVersion: number
  readonly command: string
  readonly error?: JsonProblem
  readonly errors?: readonly JsonProblem[]
  readonly findings?: readonly JsonProblem[]
  readonly files?: readonly JsonFile[]
  readonly summary?: Readonly<Record<string, number>>
  readonly template?: Readonly<Record<string, string>>
  readonly projects?: readonly {
    readonly path: string
    readonly answers: Readonly<Record<string, unknown>>
    readonly assumed: readonly string[]
  }[]
  readonly repeat?: string
  readonly git?: string
  readonly dryRun?: boolean
  readonly abort?: boolean
  readonly branch?: string
  readonly commit?: { readonly message: string; readonly sha?: string }
  readonly edited?: readonly { readonly path: string; readonly copy?: string }[]
  readonly notes?: readonly { readonly version: string; readonly text: string }[]
  readonly steps?: readonly Readonly<Record<string, unknown>>[]
  readonly next?: string
  readonly cases?: readonly {
    readonly number: number
    readonly answers: Readonly<Record<string, unknown>>
    readonly status: string
    readonly problems: readonly JsonProblem[]
    readonly reproduce: string
    readonly folder?: string
  }[]
  readonly newAnswers?: Readonly<Record<string, unknown>>
  readonly found?: readonly { readonly question: string; readonly value: unknown; readonly where: string }[]
  readonly remarks?: readonly JsonProblem[]
}

export interface JsonProblem {
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

export interface JsonFile {
  readonly path: string
  readonly from?: string
  readonly action: string
  readonly status: string
  readonly reason: string
  readonly text?: string
  readonly conflicts?: readonly Readonly<Record<string, string | number>>[]
}

/** Runs meshwright with --json. Throws where stdout is not exactly one JSON document. */
export async function json(
  args: readonly string[],
  options: RunOptions,
): Promise<Run & { readonly document: JsonDocument }> {
  const run = await meshwright([...args, "--json"], options)
  try {
    return { ...run, document: JSON.parse(run.stdout) as JsonDocument }
  } catch (error) {
    throw new Error(`stdout is not one JSON document:\n${run.stdout}\n${run.stderr}`, { cause: error })
  }
}

/** Runs a command line in a shell, `meshwright` being the built program. */
export async function shell(commandLine: string, { cwd, env = {} }: RunOptions): Promise<Run> {
  const define = `meshwright() { "${process.execPath}" "${program}" "$@"; }`
  const run = await execa("sh", ["-c", `${define}\n${commandLine}`], {
    cwd,
    env: { ...environment, ...env },
    extendEnv: false,
    reject: false,
    input: "",
  })
  return { exitCode: run.exitCode ?? -1, stdout: run.stdout, stderr: run.stderr }
}

export async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execa("git", [...args], { cwd, env: environment, extendEnv: false })
  return stdout
}

/** Makes a repository of everything in the folder, or adds a commit to it. */
export async function commitAll(cwd: string, message = "Change"): Promise<void> {
  await git(cwd, "init", "--quiet", "--initial-branch=main")
  await git(cwd, "add", "--all")
  await git(cwd, "commit", "--quiet", "--allow-empty", `--message=${message}`)
}

function required(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set: run the tests with \`npm test -- e2e\``)
  return value
}
