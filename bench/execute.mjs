import { spawnSync } from "node:child_process"
import { join } from "node:path"

/** From here on every command runs without settings of the user's git and tools, and with somebody to commit as. */
export function useCleanEnvironment(home) {
  Object.assign(process.env, {
    HOME: home,
    XDG_CACHE_HOME: join(home, ".cache"),
    XDG_CONFIG_HOME: join(home, ".config"),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Bench",
    GIT_AUTHOR_EMAIL: "bench@example.com",
    GIT_COMMITTER_NAME: "Bench",
    GIT_COMMITTER_EMAIL: "bench@example.com",
  })
}

/** Runs a command to its end; returns milliseconds and what it printed. Throws when it fails. */
export function execute(command, args, cwd) {
  const start = process.hrtime.bigint()
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", maxBuffer: 2 ** 26 })
  const time = Number(process.hrtime.bigint() - start) / 1e6
  if (status !== 0)
    throw new Error(`${command} ${args.join(" ")} in ${cwd} failed: ${error ? error.message : stderr + stdout}`)
  return { time, stdout }
}
