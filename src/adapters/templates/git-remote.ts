import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { shellWord } from "../../core/render/quote.ts"
import { gitEnvironment } from "../git-options.ts"
import { remoteReason } from "../git-reason.ts"
import { gitAnswer } from "../run-git.ts"
import { runRemote, withoutCredentials } from "./run-remote.ts"

/** Runs git against a repository. Throws a MeshwrightError that says why it failed, and what to do. */
export async function remoteGit(url: string, args: readonly string[], cwd = process.cwd()): Promise<string> {
  const about = withoutUser(url)
  const env = await environment(url)
  const asks = !/^(https?|file):/i.test(url) && !env["GIT_SSH_COMMAND"]?.includes("BatchMode")
  const { stdout, stderr, exitCode } = await runRemote("git", args, { cwd, env, about, asks })
  if (exitCode === 0) return stdout
  const reason = withoutCredentials(remoteReason(new Error(stderr)))
  const { code, hint } = causes.find(({ says }) => says.test(stderr)) ?? OTHER
  throw new MeshwrightError([problem(code, `git cannot read ${about}: ${reason}`, { hint: hint(about) })])
}

/** Whether a failure is one of the way to the repository, and not of what was asked of it. */
export function isAccessFailure(error: unknown): boolean {
  return error instanceof MeshwrightError && error.diagnostics.some(({ code }) => code !== OTHER.code)
}

interface Cause {
  readonly says: RegExp
  readonly code: string
  readonly hint: (url: string) => string
}

const look = (url: string): string => `git ls-remote ${shellWord(url)}`

const OTHER = {
  code: "git-failed",
  hint: (url: string) => `check the address, your network and your rights: ${look(url)}`,
}

// In the words of git, curl and OpenSSH; the first that fits.
const causes: readonly Cause[] = [
  {
    says: /could not resolve|name or service not known|temporary failure in name resolution|network is unreachable|no route to host|connection (refused|timed out|reset)|could not connect|couldn't connect|failed to connect|operation timed out|proxy/i,
    code: "no-network",
    hint: () =>
      "check the address, your network and proxy (git obeys http.proxy and https_proxy); --offline uses what was fetched before",
  },
  {
    says: /host key verification failed/i,
    code: "no-access",
    hint: (url) => `ssh does not know this server: connect once by hand, and compare its key: ${look(url)}`,
  },
  {
    says: /permission denied|authentication failed|terminal prompts disabled|could not read (username|password)|access denied|error: 40[13]|invalid credentials/i,
    code: "no-access",
    hint: (url) =>
      /^https?:/i.test(url)
        ? `git has no right to read it, and is not asked for a password here: set up a credential helper, or in CI a token (docs/sources.md), and try ${look(url)}`
        : `git has no right to read it: is your key loaded (ssh-add -l) and known to the server? Try ${look(url)}`,
  },
  {
    says: /repository .*not found|not found|does not appear to be a git repository|does not exist|could not be found/i,
    code: "no-repository",
    hint: (url) => `check the address, and your rights, since private ones look like none: ${look(url)}`,
  },
]

/**
 * git with the user's configuration, helpers and agent, and without questions: a missing password is an error, not a prompt
 * that nobody sees. Its words are English, to be understood here.
 */
async function environment(url: string): Promise<NodeJS.ProcessEnv> {
  const own = gitEnvironment()
  const env: NodeJS.ProcessEnv = { GIT_TERMINAL_PROMPT: "0", ...own, LC_ALL: "C" }
  const usesOwnSsh = own["GIT_SSH_COMMAND"] ?? own["GIT_SSH"]
  // Any address may become one of ssh by url.<base>.insteadOf; but not a file.
  if (usesOwnSsh !== undefined || /^file:/i.test(url)) return env
  const configured = await gitAnswer(process.cwd(), ["config", "--get", "core.sshCommand"]).catch(() => null)
  return configured === null ? { ...env, GIT_SSH_COMMAND: "ssh -o BatchMode=yes -o ConnectTimeout=20" } : env
}

/** An address without the user before its host, for messages. */
function withoutUser(url: string): string {
  return /^https?:/i.test(url) ? withoutCredentials(url) : url
}
