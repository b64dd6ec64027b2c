import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { basename, join, relative } from "node:path"
import { parseArgs } from "node:util"
import { execa } from "execa"
import { compareManifests, contentOf } from "./compare-manifests.ts"
import { installPackages, packagesIn } from "./dbt-packages.ts"
import { commitAll, extract } from "./extract.ts"
import { type Engine, parseProject, type Tools } from "./parse-project.ts"

const USAGE =
  "usage: npm run adopt-check -- [--template SOURCE] [--set KEY=VALUE…] [--packages FOLDER…] [--only TEXT] [--json] REPOSITORY…"

interface Report {
  readonly project: string
  readonly engine: Engine
  /** `same`: dbt says the same after. `skipped`: dbt could not parse it before. */
  readonly result: "same" | "differs" | "skipped" | "refused"
  readonly content?: Readonly<Record<string, number>>
  readonly seconds?: number
  readonly created?: number
  readonly kept?: number
  readonly standIns?: readonly string[]
  readonly details?: readonly string[]
}

/**
 * Adopts every dbt project of the repositories, in copies below `scratch`, and tells whether dbt parses them to the same
 * before and after, and whether an update right after has nothing to do. Exit code 1 where one differs or is refused, and
 * where none could be compared.
 */
export async function adoptCheck(args: readonly string[], scratch: string, tools: Tools): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      template: { type: "string", default: "builtin:domain" },
      set: { type: "string", multiple: true, default: [] },
      packages: { type: "string", multiple: true, default: [] },
      only: { type: "string", default: "" },
      json: { type: "boolean", default: false },
    },
    allowPositionals: true,
  })
  if (positionals.length === 0) {
    console.error(USAGE)
    return 2
  }
  const packages = packagesIn(values.packages)
  const reports: Report[] = []
  for (const repository of positionals) {
    const folder = join(
      mkdtempSync(join(scratch, "repository-")),
      basename(repository.replace(/(\/(repo|\.git))*\/?$/, "")),
    )
    mkdirSync(folder)
    const missing = extract(repository, folder)
    if (missing > 0) console.error(`${repository}: ${missing} files are not in this clone`)
    for (const project of projectsIn(folder).filter((each) => each.includes(values.only))) {
      const name = `${basename(folder)}${project === folder ? "" : `/${relative(folder, project)}`}`
      for (const report of await check(name, project, values, packages, tools, scratch)) {
        reports.push(report)
        if (!values.json) console.log(lineOf(report))
      }
    }
    rmSync(folder, { recursive: true, force: true })
  }
  if (values.json) console.log(JSON.stringify(reports, null, 2))
  const count = (result: Report["result"]): number => reports.filter((report) => report.result === result).length
  console.error(
    `${count("same")} same, ${count("differs")} differ, ${count("refused")} refused, ${count("skipped")} skipped`,
  )
  return count("same") > 0 && count("differs") + count("refused") === 0 ? 0 : 1
}

function projectsIn(folder: string): readonly string[] {
  const below = readdirSync(folder, { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && !/^(\.git|node_modules|dbt_packages|dbt_modules|target)$/.test(entry.name),
    )
    .flatMap((entry) => projectsIn(join(folder, entry.name)))
  return [...(existsSync(join(folder, "dbt_project.yml")) ? [folder] : []), ...below]
}

async function check(
  project: string,
  root: string,
  { template, set }: { readonly template: string; readonly set: readonly string[] },
  packages: ReadonlyMap<string, string>,
  tools: Tools,
  scratch: string,
): Promise<readonly Report[]> {
  const home = mkdtempSync(join(scratch, "home-"))
  const standIns = installPackages(root, packages).flatMap(({ name, real }) => (real ? [] : [name]))
  commitAll(root, "With packages")
  const engines: readonly Engine[] = ["v1", "v2"]
  const before = new Map<Engine, Awaited<ReturnType<typeof parseProject>>>()
  for (const engine of engines) before.set(engine, await parseProject(tools, engine, root, home))
  // dbt v2 adds a line to .gitignore.
  commitAll(root, "Parsed")

  const meshwright = (...args: string[]) =>
    execa(process.execPath, [tools.meshwright, ...args, "--yes", "--json"], {
      cwd: root,
      reject: false,
      stdin: "ignore",
    })
  const start = performance.now()
  const adopted = await meshwright("adopt", template, ...set.flatMap((each) => ["--set", each]))
  const seconds = (performance.now() - start) / 1000
  const document = JSON.parse(adopted.stdout) as {
    errors?: { message: string }[]
    summary?: { created: number; kept: number }
  }
  if (adopted.exitCode !== 0)
    return [
      { project, engine: "v1", result: "refused", details: (document.errors ?? []).map(({ message }) => message) },
    ]
  const reports: Report[] = []
  for (const engine of engines) {
    const old = before.get(engine)!
    if (!old.ok) {
      reports.push({ project, engine, result: "skipped", standIns, details: [old.reason] })
      continue
    }
    const now = await parseProject(tools, engine, root, home, old.environment)
    const found = now.ok ? compareManifests(old.manifest, now.manifest) : [now.reason]
    // A model that asks for the time is another one at each parse.
    const again = now.ok && found.length > 0 ? await parseProject(tools, engine, root, home, old.environment) : now
    const unsteady = now.ok && again.ok ? compareManifests(now.manifest, again.manifest).map(placeOf) : []
    const details = found.filter((each) => !unsteady.includes(placeOf(each)))
    reports.push({
      project,
      engine,
      result: details.length === 0 ? "same" : "differs",
      content: contentOf(old.manifest),
      seconds,
      created: document.summary?.created ?? 0,
      kept: document.summary?.kept ?? 0,
      standIns,
      details: details.slice(0, 20),
    })
  }
  commitAll(root, "Adopted")
  const update = await meshwright("update")
  const { summary } = JSON.parse(update.stdout) as { summary?: Readonly<Record<string, number>> }
  const { kept: _, ...done } = summary ?? {}
  if (update.exitCode !== 0 || Object.values(done).some((number) => number > 0))
    reports.push({ project, engine: "v1", result: "differs", details: [`an update right after: ${update.stdout}`] })
  return reports
}

function placeOf(difference: string): string {
  return difference.slice(0, difference.indexOf(": "))
}

function lineOf({
  project,
  engine,
  result,
  content,
  seconds,
  created,
  kept,
  standIns = [],
  details = [],
}: Report): string {
  const { models = 0, nodes = 0, macros = 0 } = content ?? {}
  const sizes = content === undefined ? "" : `${models} models, ${nodes} nodes, ${macros} macros; `
  const done = seconds === undefined ? "" : `${created} created, ${kept} kept, ${seconds.toFixed(1)} s`
  const without = standIns.length === 0 ? "" : `; stand-ins for ${standIns.join(", ")}`
  return [
    `${result.padEnd(8)} ${engine} ${project}: ${sizes}${done}${without}`,
    ...details.map((each) => `    ${each}`),
  ].join("\n")
}
