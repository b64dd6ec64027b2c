import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { execa } from "execa"

export interface Tools {
  readonly meshwright: string
  readonly dbt: Readonly<Record<Engine, string>>
  /** What dbt v2 needs in LD_LIBRARY_PATH. */
  readonly libraries: string
}

export type Engine = "v1" | "v2"

export type Parsed =
  | { readonly ok: true; readonly manifest: unknown; readonly environment: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly reason: string }

// A project may ask for many; each costs a run.
const MOST_VARIABLES = 40

/**
 * `dbt parse` of a project against DuckDB: a profile of its name is made up, and each environment variable that it asks for
 * has some value. Nothing is downloaded.
 * @param home scratch folder for what a user has in the home folder
 * @param known variables that an earlier parse was found to need
 */
export async function parseProject(
  tools: Tools,
  engine: Engine,
  project: string,
  home: string,
  known: Readonly<Record<string, string>> = {},
): Promise<Parsed> {
  const target = join(home, `target-${engine}`)
  const profile = writeProfile(project, home)
  const environment = { ...known }
  for (let turn = 0; turn <= MOST_VARIABLES; turn += 1) {
    rmSync(target, { recursive: true, force: true })
    const { all, exitCode } = await execa(tools.dbt[engine], parseArguments(engine, profile), {
      cwd: project,
      env: {
        PATH: `${dirname(tools.dbt[engine])}:${process.env["PATH"] ?? ""}`,
        HOME: home,
        // A profile of the project's own asks for its warehouse.
        ...(existsSync(join(project, "profiles.yml")) ? { DBT_PROFILES_DIR: join(home, ".dbt") } : {}),
        DBT_TARGET_PATH: target,
        DBT_LOG_PATH: join(home, "logs"),
        DO_NOT_TRACK: "1",
        // Else the order of what a model depends on is another one each time.
        PYTHONHASHSEED: "0",
        HTTP_PROXY: "http://127.0.0.1:9",
        HTTPS_PROXY: "http://127.0.0.1:9",
        ...(engine === "v2" ? { LD_LIBRARY_PATH: tools.libraries } : {}),
        ...environment,
      },
      extendEnv: false,
      all: true,
      reject: false,
      stdin: "ignore",
      timeout: 300_000,
    })
    const manifest = join(target, "manifest.json")
    if (exitCode === 0 && existsSync(manifest))
      return { ok: true, manifest: JSON.parse(readFileSync(manifest, "utf8")) as unknown, environment }
    const variable = /[Ee]nv(?:ironment)? var(?:iable)? (?:required but not provided: )?['"`]?(\w+)/.exec(
      all ?? "",
    )?.[1]
    if (variable === undefined || variable in environment) return { ok: false, reason: reasonIn(all ?? "") }
    environment[variable] = "1"
  }
  return { ok: false, reason: `it asks for more than ${MOST_VARIABLES} environment variables` }
}

function parseArguments(engine: Engine, profile: string): string[] {
  const options = engine === "v1" ? ["--no-use-colors", "--no-partial-parse", "--no-version-check"] : []
  return [...options, "parse", "--profile", profile]
}

/** Makes up the profile that a project asks for; a package may ask for none. Returns its name. */
function writeProfile(project: string, home: string): string {
  const text = readFileSync(join(project, "dbt_project.yml"), "utf8")
  const profile = /^profile:\s*["']?([^"'\s#]+)/m.exec(text)?.[1] ?? "default"
  mkdirSync(join(home, ".dbt"), { recursive: true })
  const output = { type: "duckdb", path: join(home, "check.duckdb"), schema: "main", threads: 1 }
  const outputs = Object.fromEntries(["dev", "prod", "default"].map((name) => [name, output]))
  writeFileSync(join(home, ".dbt", "profiles.yml"), JSON.stringify({ [profile]: { target: "dev", outputs } }))
  return profile
}

function reasonIn(output: string): string {
  const lines = output.split("\n").map((line) => line.replace(/^\d\d:\d\d:\d\d\s+/, "").trim())
  const start = lines.findIndex((line) => /error/i.test(line))
  return lines
    .slice(Math.max(0, start))
    .filter((line) => line !== "")
    .slice(0, 4)
    .join(" ")
    .slice(0, 300)
}
