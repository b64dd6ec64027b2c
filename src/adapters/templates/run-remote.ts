import { execa } from "execa"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"

export interface RemoteRun {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

// A silence as long as this is a network that lets nothing through, or a prompt that nobody sees.
const PATIENCE = 60

/**
 * Runs git or npm, who speak to a server: without a prompt, and not for ever. Throws a MeshwrightError where the program is
 * not installed, and where it prints nothing for a minute (or MESHWRIGHT_TIMEOUT seconds).
 * @param about what is spoken to, for messages
 */
export async function runRemote(
  program: "git" | "npm",
  args: readonly string[],
  { cwd, env, about }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly about: string },
): Promise<RemoteRun> {
  const seconds = Number(process.env["MESHWRIGHT_TIMEOUT"]) || PATIENCE
  const subprocess = execa(program, [...args], {
    cwd,
    env,
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    forceKillAfterDelay: 1000,
    maxBuffer: 256 * 1024 * 1024,
  })
  let giveUp: (tooSlow: "silence") => void
  const silence = new Promise<"silence">((resolve) => (giveUp = resolve))
  const timer = setTimeout(() => giveUp("silence"), seconds * 1000)
  const { stdout, stderr } = subprocess
  for (const stream of [stdout, stderr]) stream.on("data", () => timer.refresh())
  try {
    const result = await Promise.race([subprocess, silence])
    if (result === "silence") {
      subprocess.kill()
      // Programs that it started may live on and hold these open: nobody waits for them.
      for (const stream of [stdout, stderr]) stream.destroy()
      throw tooSlow(program, about, seconds)
    }
    if ("code" in result && result.code === "ENOENT") throw notInstalled(program)
    if (result.exitCode === undefined && result instanceof Error && !result.isTerminated) throw result
    return { stdout: result.stdout, stderr: result.stderr, exitCode: result.exitCode ?? 1 }
  } finally {
    clearTimeout(timer)
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
