import { join } from "node:path"
import { sha256 } from "../../core/hash.ts"
import { linkProblem } from "../../core/model/link.ts"
import { type Diagnostic, MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { Answers } from "../../core/model/answers.ts"
import type { FileChange } from "../../core/model/change.ts"
import { pathProblem, type RelPath } from "../../core/model/path.ts"
import type { Template } from "../../core/model/template.ts"
import type { Lock } from "../../core/model/lock.ts"
import type { FileEntry, Tree } from "../../core/model/tree.ts"
import { migratedChanges } from "../../core/migrations/migrated-changes.ts"
import {
  migrationEnvironment,
  type PendingMigration,
  pendingMigrations,
} from "../../core/migrations/pending-migrations.ts"
import { LOCK_FILE, PROJECT_FILE } from "../../core/plan/plan-project.ts"
import { globMatcher } from "../../core/render/glob.ts"
import { codeEnvironment } from "../../core/trust/code-environment.ts"
import { secondsOf } from "../../core/seconds.ts"
import { isVersion } from "../../core/version.ts"
import { type LoadedProject, readTree } from "../load-project.ts"
import type { Ports } from "../ports/ports.ts"
import type { ScratchFolder } from "../ports/scratch.ts"
import { filesBelow, GENERATED } from "../project-files.ts"
import { requireTrust } from "../trust.ts"

/** A migration that ran. */
export interface RanMigration {
  readonly since: string
  readonly description: string
  /** How many files it changed. */
  readonly files: number
}

export interface Migrated {
  readonly ran: readonly RanMigration[]
  readonly changes: readonly FileChange[]
  /** The project before. */
  readonly before: Tree
  /** What the template rendered last, as the migrations make it; absent where they change nothing of it. */
  readonly base?: Lock["files"]
}

export interface MigrateOptions {
  /** --trust */
  readonly trust: boolean
  /** Paths that an earlier step of the same update has written. */
  readonly earlier: readonly RelPath[]
}

const NOTHING: Migrated = { ran: [], changes: [], before: new Map() }
const RECORDS: readonly string[] = [PROJECT_FILE, LOCK_FILE]

/**
 * Runs the migrations between the project's version and the template's on a copy of the project, and tells what they
 * changed; the project itself is only read. Throws a MeshwrightError: of kind `untrusted`; `migration-failed`,
 * `migration-missing`, and `migration-result` for what no project may get.
 */
export async function migrateProject(
  ports: Ports,
  project: LoadedProject,
  template: Template,
  answers: Answers,
  { trust, earlier }: MigrateOptions,
): Promise<Migrated> {
  const { root } = project
  const before = project.lock.lock.template
  const pending = pendingMigrations(before, template, answers, await earlierVersion(ports, project))
  if (pending.length === 0) return NOTHING
  await trustAll(ports, root, pending, trust)
  const commands = pending.map((each) => ({ ...each, run: commandOf(ports, root, each) }))
  const files = await projectTree(ports, root, earlier)
  const generated = new Set([...GENERATED].filter((name) => ![...files.keys()].some((path) => isBelow(path, name))))
  const migrated = await ports.scratch.use(files, async (folder) => {
    const ran: RanMigration[] = []
    let now = files
    for (const command of commands) {
      await runOne(ports, folder, command, template, answers)
      const after = await withoutIgnored(ports, root, folder.files(generated), files)
      refuseResult(command, now, after)
      const count = migratedChanges(now, after, () => false).length
      ran.push({ since: command.since, description: command.description, files: count })
      now = after
    }
    const keep = project.file.update.keep.map(globMatcher)
    const changes = migratedChanges(files, now, (path) => keep.some((matches) => matches(path)))
    return { ran, changes, before: files }
  })
  const base = await migrateBase(ports, project, files, async (folder) => {
    for (const command of commands) await runOne(ports, folder, { ...command, isAgain: true }, template, answers)
  })
  return { ...migrated, ...(base === undefined ? {} : { base }) }
}

/**
 * What the template rendered last, with what the migrations make of it: so that a value which the team set, under a key that
 * a migration renames, is the team's change of that value, and not another key beside the template's. undefined where they
 * change nothing of it, or cannot work on it.
 */
async function migrateBase(
  ports: Ports,
  { lock: { lock } }: LoadedProject,
  files: Tree,
  run: (folder: ScratchFolder) => Promise<void>,
): Promise<Lock["files"] | undefined> {
  const rendered = [...lock.files].flatMap(([path, { mode, bytes }]) =>
    bytes === undefined ? [] : [[path, { mode, bytes }] as const],
  )
  // Beside the project's other files, which a migration may look for.
  const before = new Map([...files, ...rendered])
  const after = await ports.scratch.use(before, async (folder) => {
    try {
      await run(folder)
      return folder.files(new Set())
    } catch (error) {
      if (error instanceof MeshwrightError && error.kind !== "interrupted") return before
      throw error
    }
  })
  const changed = rendered.flatMap(([path, file]) => {
    const now = after.get(path)
    return now === undefined || !differs(file, now)
      ? []
      : [[path, { ...lock.files.get(path)!, ...now, sha256: sha256(now.bytes) }] as const]
  })
  return changed.length === 0 ? undefined : new Map([...lock.files, ...changed])
}

/** The version of a template that is on record by a branch or a commit, where it can still be had. */
async function earlierVersion({ templates }: Ports, { root, lock, file }: LoadedProject): Promise<string | undefined> {
  const { version, integrity } = lock.lock.template
  if (isVersion(version) || !integrity.startsWith("commit:")) return undefined
  const commit = integrity.slice("commit:".length)
  const template = await templates.load(file.template, commit, root).catch((error: unknown) => {
    if (error instanceof MeshwrightError && error.kind === "interrupted") throw error
    return undefined
  })
  return template?.manifest.version
}

async function trustAll(
  ports: Ports,
  root: string,
  pending: readonly PendingMigration[],
  given: boolean,
): Promise<void> {
  for (const layer of new Set(pending.map((each) => each.layer))) {
    const runs = pending
      .filter((each) => each.layer === layer)
      .map(({ run, since, description }) => ({ what: run.join(" "), why: `migration ${since}: ${description}` }))
    await requireTrust(ports, { template: layer, root, runs, given })
  }
}

/** The command with the paths of the template's own scripts. */
function commandOf({ fs, scratch }: Ports, root: string, { run, since, layer }: PendingMigration): readonly string[] {
  return run.map((word) => {
    if (!word.startsWith("migrations/") || pathProblem(word) !== undefined) return word
    const script = join(layer.folder, word)
    if (scratch.isThere(script)) return script
    if (fs.stat(join(root, word)) !== null) return word
    throw new MeshwrightError([
      problem("migration-missing", `the migration ${since} of ${layer.ref.source} names ${word}, which is not there`, {
        file: join(layer.folder, "template.yml"),
        hint: "scripts of migrations lie in the folder migrations/ beside template.yml; tell the template's authors",
      }),
    ])
  })
}

/** What git knows or would take, without git all that no tool made; no links that lead out of the project. */
async function projectTree({ fs, git }: Ports, root: string, earlier: readonly RelPath[]): Promise<Tree> {
  const listed = git.isRepository(root) ? await git.files(root) : null
  const known = listed?.filter((path) => pathProblem(path) === undefined) ?? filesBelow(fs, root)
  const files = readTree(fs, root, new Set([...(known as RelPath[]), ...earlier]))
  return new Map([...files].filter(([path, file]) => !leadsOut(path, file)))
}

function leadsOut(path: string, { mode, bytes }: FileEntry): boolean {
  return mode === "link" && linkProblem(path, Buffer.from(bytes).toString()) !== undefined
}

function isBelow(path: string, folder: string): boolean {
  return path.split("/").slice(0, -1).includes(folder)
}

async function runOne(
  ports: Ports,
  folder: ScratchFolder,
  migration: PendingMigration & { readonly isAgain?: boolean },
  template: Template,
  answers: Answers,
): Promise<void> {
  const { since, description, run, layer, isAgain = false } = migration
  const [program, ...args] = run
  const end = await folder.run({
    ...(isAgain ? {} : { title: `Migration ${since} of ${layer.manifest.name}: ${description}` }),
    program: program!,
    args,
    environment: {
      ...codeEnvironment(ports.environment),
      ...migrationEnvironment(migration, template.manifest, answers),
    },
    timeout: timeoutOf(ports),
  })
  if (end.status === "done") return
  const output = end.output === "" ? "" : `\n${end.output.replaceAll(/^/gm, "    ")}`
  throw new MeshwrightError([
    problem("migration-failed", `the migration ${since} (${description}) ${end.reason}; nothing was changed${output}`, {
      hint: `it ran in a copy of the project: ${run.join(" ")}`,
    }),
  ])
}

/** Ten minutes, or what MESHWRIGHT_MIGRATION_TIMEOUT says in seconds. */
function timeoutOf({ environment }: Ports): number {
  return (secondsOf("MESHWRIGHT_MIGRATION_TIMEOUT", environment) ?? 600) * 1000
}

/** What was not there before and git ignores is a tool's, not the project's. */
async function withoutIgnored(ports: Ports, root: string, after: Tree, before: Tree): Promise<Tree> {
  const added = [...after.keys()].filter((path) => !before.has(path))
  if (added.length === 0 || !ports.git.isRepository(root)) return after
  const ignored = new Set(await ports.git.ignored(root, added))
  return new Map([...after].filter(([path]) => !ignored.has(path)))
}

/** Throws where a migration left what no project may have, or changed what meshwright writes itself. */
function refuseResult({ since, description }: PendingMigration, before: Tree, after: Tree): void {
  const refuse = (path: string, what: string): Diagnostic =>
    problem("migration-result", `the migration ${since} (${description}) ${what}: ${path}; nothing was changed`, {
      file: path,
      hint: "tell the template's authors",
    })
  const records = RECORDS.filter((path) => differs(before.get(path as RelPath), after.get(path as RelPath)))
  const added = [...after].filter(([path, file]) => differs(before.get(path), file))
  const problems = [
    ...records.map((path) => refuse(path, "changed what meshwright writes itself")),
    ...added.flatMap(([path, file]) => {
      if (pathProblem(path) !== undefined) return refuse(path, "made a file with a name that not every system has")
      return leadsOut(path, file) ? refuse(path, "made a link that leaves the project") : []
    }),
  ]
  if (problems.length > 0) throw new MeshwrightError(problems)
}

function differs(a: FileEntry | undefined, b: FileEntry | undefined): boolean {
  return a === undefined || b === undefined ? a !== b : a.mode !== b.mode || !Buffer.from(a.bytes).equals(b.bytes)
}
