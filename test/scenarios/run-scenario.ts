import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { execa } from "execa"

export interface Outcome {
  readonly scenario: string
  /** Folder with the project after the update. */
  readonly result: string
  /** Paths that the update reported as conflicts. */
  readonly reported: readonly string[]
  readonly exitCode: number
}

/** One template update, as its users would run it: create from version 1, edit, update to version 2. */
export async function runScenario(scenario: string, work: string): Promise<Outcome> {
  const template = join(work, "template")
  const project = join(work, "project")
  const { renames = [], manifest = {} } = JSON.parse(readFileSync(join(scenario, "scenario.json"), "utf8")) as {
    renames?: { from: string; to: string }[]
    manifest?: object
  }
  writeTemplate(template, "1.0.0", join(scenario, "base"), {})
  await meshwright(work, "new", "--template", template, "--dest", project, "--yes")
  putInPlace(join(scenario, "ours"), project)
  await execa("git", ["add", "-A"], { cwd: project })
  await execa("git", ["commit", "-q", "--allow-empty", "-m", "the team's work"], { cwd: project })
  writeTemplate(template, "2.0.0", join(scenario, "theirs"), {
    ...manifest,
    renames: renames.map((rename) => ({ ...rename, since: "2.0.0" })),
  })
  const { stdout, exitCode } = await meshwright(project, "update", "--yes", "--json")
  const document = JSON.parse(stdout) as { files?: { path: string; status: string }[]; error?: unknown }
  if (!document.files) throw new Error(`update failed: ${stdout}`)
  return {
    scenario,
    result: project,
    reported: document.files.filter(({ status }) => status === "conflict").map(({ path }) => path),
    exitCode: exitCode ?? -1,
  }
}

function writeTemplate(folder: string, version: string, files: string, manifest: object): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  writeFileSync(
    join(folder, "template.yml"),
    JSON.stringify({ name: "scenario", version, description: "a scenario", ...manifest }),
  )
  if (existsSync(files)) copy(files, join(folder, "files"))
}

/** Replaces all of a project's files but its records and its repository. */
function putInPlace(files: string, project: string): void {
  for (const name of readdirSync(project)) {
    if (![".git", "meshwright.yml", "meshwright.lock"].includes(name)) rmSync(join(project, name), { recursive: true })
  }
  if (existsSync(files)) copy(files, project)
}

function copy(from: string, to: string): void {
  cpSync(from, to, { recursive: true, verbatimSymlinks: true })
}

function meshwright(cwd: string, ...args: string[]) {
  const program = process.env["MESHWRIGHT_BIN"]
  if (program === undefined)
    throw new Error("MESHWRIGHT_BIN is not set: run the scenarios with `npm test -- scenarios`")
  return execa(process.execPath, [program, ...args], { cwd, reject: args[0] === "new", stdin: "ignore" })
}
