import { existsSync } from "node:fs"
import { dirname } from "node:path"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { runRemote, withoutCredentials } from "./run-remote.ts"

// The user's own settings in the environment win over these; npm's own patience with a registry that is away is minutes.
const DEFAULTS = { npm_config_fetch_retries: "1", npm_config_fetch_retry_mintimeout: "1000" }
const INTEGRITY_HINT =
  "what came is not what the registry says that it is: try again, and tell who keeps the registry or proxy"
const NO_SCRIPTS = ["--ignore-scripts", "--json", "--no-update-notifier", "--loglevel=error"]

/**
 * Runs npm about a package and returns the JSON that it prints. npm obeys the .npmrc of the folder and of the user: registry,
 * tokens, certificates, proxies. Throws a MeshwrightError that says why it failed.
 */
export async function remoteNpm(name: string, args: readonly string[], folder: string): Promise<unknown> {
  const env = { ...DEFAULTS, ...process.env }
  const cwd = folderThatExists(folder)
  const { stdout, stderr, exitCode } = await runRemote("npm", [...args, ...NO_SCRIPTS], { cwd, env, about: name })
  const output = parseOutput(stdout)
  const error = (output as { error?: NpmError } | undefined)?.error
  if (exitCode === 0 && error === undefined) return output
  throw failure(name, error ?? {}, stderr)
}

interface NpmError {
  readonly code?: string
  readonly summary?: string
}

function failure(name: string, { code = "", summary = "" }: NpmError, stderr: string): MeshwrightError {
  const said = summary === "" ? (stderr.split("\n").find((line) => line.trim() !== "") ?? "") : summary
  const reason = withoutCredentials(said.split("\n")[0] ?? "").replace(/^npm error (code )?/, "")
  const all = `${code} ${said} ${stderr}`
  const cause = causes.find(({ says }) => says.test(all)) ?? {
    code: "npm-failed",
    hint: `try npm view ${name}`,
  }
  return new MeshwrightError([
    problem(cause.code, `npm cannot get ${name}: ${reason}`, { hint: cause.hint.replace("NAME", name) }),
  ])
}

// By the codes of npm and of its errors.
const causes: readonly { readonly says: RegExp; readonly code: string; readonly hint: string }[] = [
  {
    says: /\b(E401|ENEEDAUTH|E403|EOTP)\b/,
    code: "no-access",
    hint: "the registry wants to know who you are: npm login, or in CI a token in .npmrc (//HOST/:_authToken=${NPM_TOKEN})",
  },
  {
    says: /\bE404\b/,
    code: "no-package",
    hint: "check the name, and the registry of its scope: npm config get @SCOPE:registry; private packages look like none to who may not see them",
  },
  { says: /\bEINTEGRITY\b/, code: "bad-integrity", hint: INTEGRITY_HINT },
  {
    says: /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT)\b|network|proxy/,
    code: "no-network",
    hint: "check your network and npm's settings (npm config get registry, proxy); --offline uses what was fetched before",
  },
  { says: /\bETARGET\b/, code: "no-revision", hint: "its versions: npm view NAME versions" },
]

/** A tarball is not what its integrity says. */
export function badIntegrity(name: string, expected: string, found: string): MeshwrightError {
  return new MeshwrightError([
    problem("bad-integrity", `the package ${name} should be ${expected}, and what came is ${found}`, {
      hint: INTEGRITY_HINT,
    }),
  ])
}

function parseOutput(stdout: string): unknown {
  try {
    return JSON.parse(stdout)
  } catch {
    return undefined
  }
}

function folderThatExists(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : folderThatExists(dirname(folder))
}
