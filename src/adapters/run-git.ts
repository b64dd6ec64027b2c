import { execa } from "execa"
import { gitEnvironment } from "./git-options.ts"

/** What git prints; null when it says no, by failing. Throws where git cannot be run at all. */
export async function gitAnswer(folder: string, args: readonly string[]): Promise<string | null> {
  const result = await execa("git", [...args], { cwd: folder, env: gitEnvironment(), extendEnv: false, reject: false })
  if (result.exitCode === undefined && result instanceof Error) throw result
  return result.exitCode === 0 ? result.stdout : null
}

/** Runs git in a folder and returns what it prints. Throws what execa throws when it fails, its words included. */
export async function runGit(
  folder: string,
  args: readonly string[],
  input: string | Uint8Array = "",
): Promise<string> {
  const { stdout } = await execa("git", [...args], { cwd: folder, input, env: gitEnvironment(), extendEnv: false })
  return stdout
}

/** Runs git on paths, taken literally; as input, because there may be more of them than a command line holds. */
export function gitOnPaths(folder: string, args: readonly string[], paths: readonly string[]): Promise<string> {
  const asInput = ["--pathspec-from-file=-", "--pathspec-file-nul"]
  return runGit(folder, ["--literal-pathspecs", ...args, ...asInput], paths.join("\0"))
}
