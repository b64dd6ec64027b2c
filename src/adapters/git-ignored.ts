import { gitEnvironment } from "./git-options.ts"
import { execa } from "execa"

/** See Git.ignored. Throws git's error. */
export async function ignored(folder: string, paths: readonly string[]): Promise<readonly string[]> {
  if (paths.length === 0) return []
  const args = ["check-ignore", "-z", "--stdin", "--no-index"]
  const result = await execa("git", args, {
    cwd: folder,
    input: paths.join("\0"),
    env: gitEnvironment(),
    extendEnv: false,
    reject: false,
  })
  // 1 says that none is.
  if (result.exitCode === 1) return []
  if (result instanceof Error) throw result
  return result.stdout.split("\0").filter((path) => path !== "")
}
