import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { execa } from "execa"
import { expect } from "vitest"

const { MESHWRIGHT_BIN: bin = "", DBT1: dbt1 = "", DBT2: dbt2 = "", DBT2_LIBRARY_PATH: libraries = "" } = process.env

/** A folder for one test file; its name has a blank and a letter outside of ASCII on purpose. */
export function workFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "mesh wright ü "))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Runs the built program; fails the test when it fails. */
export async function meshwright(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await execa(process.execPath, [bin, ...args], { cwd, stdin: "ignore" })
  return stdout
}

export type Engine = "v1" | "v2"

/** What a shell would have after `source .venv/bin/activate`, for one engine. Each engine has a target folder of its own. */
export function environmentOf(engine: Engine): Record<string, string> {
  const program = engine === "v1" ? dbt1 : dbt2
  return {
    PATH: `${dirname(program)}${delimiter}${process.env["PATH"] ?? ""}`,
    DBT_TARGET_PATH: engine === "v1" ? "target" : "target-v2",
    DO_NOT_TRACK: "1",
    // No network: whatever asks for it finds a closed door.
    HTTP_PROXY: "http://127.0.0.1:9",
    HTTPS_PROXY: "http://127.0.0.1:9",
    ...(engine === "v2" ? { LD_LIBRARY_PATH: libraries } : {}),
  }
}

/** Runs dbt in a project and expects that it passes without a warning and without a deprecation. Returns what it printed. */
export async function dbt(engine: Engine, cwd: string, ...args: string[]): Promise<string> {
  const strict = engine === "v1" && args[0] === "build" ? ["--warn-error", "--show-all-deprecations"] : []
  const { all, exitCode } = await execa("dbt", [...args, ...strict], {
    cwd,
    env: environmentOf(engine),
    all: true,
    reject: false,
    stdin: "ignore",
  })
  expect(exitCode, `dbt ${args.join(" ")} in ${cwd}:\n${all}`).toBe(0)
  expectNoWarning(all)
  return all
}

export function expectNoWarning(output: string): void {
  const suspicious = output
    .split("\n")
    .filter((line) => /warn|deprecat/i.test(line) && !/WARN=0|--warn-error| 0 warnings?\b|warn: 0/i.test(line))
  expect(suspicious, output).toEqual([])
}
