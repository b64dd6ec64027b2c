import { execa } from "execa"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { secondsOf } from "../../core/seconds.ts"
import { endAll, HAS_GROUPS, interruption, onSignals } from "../end-processes.ts"

export interface RemoteRun {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

// A silence as long as this is a network that lets nothing through, or a prompt that nobody sees.
const PATIENCE = 60

interface RemoteOptions {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly about: string
  readonly asks?: boolean
}

/**
 * Runs git or npm, who speak to a server: without a prompt, and not for ever. Throws a MeshwrightError where the program is
 * not installed, where it prints nothing for a minute (or MESHWRIGHT_TIMEOUT seconds), and of kind `interrupted` where a
 * signal came meanwhile.
 * @param about what is spoken to, for messages
 * @param asks whether it may ask at the terminal, as an ssh command of the user's own does
 */
export async function runRemote(
  program: "git" | "npm",
  args: readonly string[],
  { cwd, env, about, asks = false }: RemoteOptions,
): Promise<RemoteRun> {
  const seconds = secondsOf("MESHWRIGHT_TIMEOUT", process.env) ?? PATIENCE
  const subprocess = execa(program, [...args], {
    cwd,
    env,
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    forceKillAfterDelay: 1000,
    maxBuffer: 256 * 1024 * 1024,
    // In a group of its own, what it starts (git-remote-http) ends with it; but a group of its own has no terminal.
    detached: HAS_GROUPS && !asks,
  })
  let giveUp: (why: "silence" | "signal") => void
  const end = new Promise<"silence" | "signal">((resolve) => (giveUp = resolve))
  const timer = setTimeout(() => giveUp("silence"), seconds * 1000)
  const release = onSignals(() => giveUp("signal"))
  const { stdout, stderr } = subprocess
  for (const stream of [stdout, stderr]) stream.on("data", () => timer.refresh())
  try {
    const result = await Promise.race([subprocess, end])
    if (result === "silence" || result === "signal") {
      if (asks) subprocess.kill()
      else endAll(subprocess.pid)
      // Programs that it started may live on and hold these open: nobody waits for them.
      for (const stream of [stdout, stderr]) stream.destroy()
      if (result === "signal") throw interruption()
      throw tooSlow(program, about, seconds)
    }
    if ("code" in result && result.code === "ENOENT") throw notInstalled(program)
    if (result.exitCode === undefined && result instanceof Error && !result.isTerminated) throw result
    return { stdout: result.stdout, stderr: result.stderr, exitCode: result.exitCode ?? 1 }
  } finally {
    clearTimeout(timer)
    release()
  }
}

/** Words of a remote program without what gives access: user and password in URLs, as url.<base>.insteadOf puts them there. */
export function withoutCredentials(text: string): string {
  return text.replaceAll(/\b([a-z+]+:\/\/)[^/@\s'"]+@/gi, "$1")
}

function tooSlow(program: string, about: string, seconds: number): MeshwrightError {
  return new MeshwrightError([
    problem("timeout", `${program} heard nothing of ${about} for ${seconds} seconds, and was ended`, {
      hint: "check your network and proxy; for a slow one set MESHWRIGHT_TIMEOUT to more seconds; --offline uses what was fetched before",
    }),
  ])
}

function notInstalled(program: "git" | "npm"): MeshwrightError {
  const hint = {
    git: "install it from https://git-scm.com/downloads or with your system's packages",
    npm: "it comes with Node.js: https://nodejs.org/en/download, or your system's package npm",
  }[program]
  return new MeshwrightError([problem(`no-${program}`, `${program} is not installed, or not in PATH`, { hint })])
}
