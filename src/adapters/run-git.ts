import { execa } from "execa"
import { gitEnvironment } from "./git-options.ts"

/** Runs git in a folder and returns what it prints. Throws what execa throws when it fails, its words included. */
export async function runGit(
  folder: string,
  args: readonly string[],
  input: string | Uint8Array = "",
): Promise<string> {
  const { stdout } = await execa("git", [...args], { cwd: folder, input, env: gitEnvironment(), extendEnv: false })
  return stdout
}
