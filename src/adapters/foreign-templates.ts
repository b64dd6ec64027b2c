import { existsSync, lstatSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, isAbsolute, join, resolve } from "node:path"
import { execa } from "execa"
import type { ForeignRendering, ForeignTemplates } from "../app/ports/foreign-templates.ts"
import type { ForeignRecord } from "../core/adopt/foreign-record.ts"
import { MeshwrightError, problem } from "../core/model/diagnostic.ts"
import { pathProblem, type RelPath } from "../core/model/path.ts"
import type { FileEntry, Tree } from "../core/model/tree.ts"
import { gitEnvironment } from "./git-options.ts"
import { nodeFileSystem } from "./node-file-system.ts"

/** The user's own copier and cruft. */
export function foreignTemplates(): ForeignTemplates {
  return {
    render: async (record, root, trusted) => {
      const folder = mkdtempSync(join(tmpdir(), "meshwright-adopt-"))
      const stop = new AbortController()
      const onSignal = (): void => stop.abort()
      for (const signal of SIGNALS) process.on(signal, onSignal)
      const started: Started = { folder, stop: stop.signal }
      try {
        return record.tool === "copier"
          ? await byCopier(record, root, started, trusted)
          : await byCruft(record, root, started, trusted)
      } finally {
        for (const signal of SIGNALS) process.off(signal, onSignal)
        rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
      }
    },
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const

interface Started {
  /** For temporary files. */
  readonly folder: string
  readonly stop: AbortSignal
}

// A template is cloned and rendered: minutes are too long for that, and a prompt would wait for ever.
const TIME = 180_000
// What copier exits with when a template has code and --trust was not given.
const UNTRUSTED = 4

async function byCopier(
  record: ForeignRecord,
  root: string,
  { folder, stop }: Started,
  trusted: boolean,
): Promise<ForeignRendering> {
  const out = join(folder, "out")
  const data = join(folder, "answers.json")
  writeFileSync(data, JSON.stringify(record.answers))
  const ran = await run("copier", folder, stop, [
    "copy",
    "--defaults",
    "--overwrite",
    "--quiet",
    "--skip-tasks",
    ...(trusted ? ["--trust"] : []),
    ...(record.version === "" ? [] : ["--vcs-ref", record.version]),
    "--data-file",
    data,
    addressOf(record.source, root),
    out,
  ])
  if (ran.exitCode === UNTRUSTED && !trusted) return { kind: "untrusted" }
  return ran.exitCode === 0 ? { kind: "rendered", tree: filesIn(out, record.file) } : failure(record, ran)
}

/** cookiecutter renders without a sandbox, so a template of its is code as a whole. */
async function byCruft(
  record: ForeignRecord,
  root: string,
  { folder, stop }: Started,
  trusted: boolean,
): Promise<ForeignRendering> {
  if (!trusted) return { kind: "untrusted" }
  const out = join(folder, "out")
  const ran = await run("cruft", folder, stop, [
    "create",
    "--no-input",
    "--default-config",
    "--output-dir",
    out,
    "--extra-context",
    JSON.stringify(record.answers),
    ...(record.version === "" ? [] : ["--checkout", record.version]),
    ...(record.directory === "" ? [] : ["--directory", record.directory]),
    addressOf(record.source, root),
  ])
  if (ran.exitCode !== 0) return failure(record, ran)
  const [made] = readdirSync(out)
  return { kind: "rendered", tree: made === undefined ? new Map() : filesIn(join(out, made), record.file) }
}

interface Ran {
  /** Absent where the program could not be started, or did not end. */
  readonly exitCode?: number
  readonly words: string
  readonly missing: boolean
}

/** @param cwd not the project: git takes a folder of it that is called like the address for the address */
async function run(program: string, cwd: string, stop: AbortSignal, args: readonly string[]): Promise<Ran> {
  const result = await execa(program, [...args], {
    cwd,
    env: { ...gitEnvironment(), GIT_TERMINAL_PROMPT: "0", NO_COLOR: "1", PYTHONIOENCODING: "utf-8" },
    extendEnv: false,
    stdin: "ignore",
    all: true,
    reject: false,
    timeout: TIME,
    cancelSignal: stop,
    forceKillAfterDelay: 2000,
  })
  if (stop.aborted)
    throw new MeshwrightError([problem("interrupted", "interrupted; nothing was changed")], "interrupted")
  const words = result.timedOut ? "it did not end within three minutes" : lastWords(result.all)
  const missing = result.failed && (result as { code?: string }).code === "ENOENT"
  return { ...(result.exitCode === undefined ? {} : { exitCode: result.exitCode }), words, missing }
}

function failure({ tool, source, version }: ForeignRecord, { words, missing }: Ran): ForeignRendering {
  if (missing)
    return {
      kind: "failed",
      problem: `${tool} is not installed, so what it rendered from ${source} ${version} is not known`,
      hint: `install ${tool}`,
    }
  return {
    kind: "failed",
    problem: `${tool} cannot render ${source} ${version} again: ${words}`,
    hint: "mend that",
  }
}

/** What git says is wrong, where it was git; else the last line that says something, as Python programs do. */
function lastWords(output: string): string {
  const lines = output
    .split("\n")
    .map((line) => line.replace(/^[\s│╭╰─╮╯|]+|[\s│╭╰─╮╯|]+$/g, ""))
    .filter((line) => line !== "")
  const ofGit = lines.find((line) => /\bfatal: ./.test(line))?.replace(/^.*?\bfatal: /, "")
  return (ofGit ?? lines.at(-1))?.replace(/\.$/, "") ?? "it does not say why"
}

/**
 * A folder as it was typed: from the project, or from the folder above it, where the project was made. Everything else is an
 * address that the tool knows.
 */
function addressOf(source: string, root: string): string {
  if (isAbsolute(source) || /^[\w+.-]+:|^[^/]+@[^/]+:/.test(source)) return source
  const folders = [root, dirname(root)].map((from) => resolve(from, source))
  return folders.find((folder) => existsSync(folder)) ?? source
}

function filesIn(folder: string, record: RelPath): Tree {
  const fs = nodeFileSystem()
  const found = new Map<RelPath, FileEntry>()
  const visit = (prefix: string): void => {
    for (const name of readdirSync(join(folder, prefix))) {
      const path = prefix === "" ? name : `${prefix}/${name}`
      if (lstatSync(join(folder, path)).isDirectory()) visit(path)
      else if (pathProblem(path) === undefined && path !== record) {
        const file = fs.read(join(folder, path))
        if (file !== null) found.set(path as RelPath, file)
      }
    }
  }
  visit("")
  return found
}
