import { lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { execa } from "execa"
import type { Command, CommandEnd, ScratchFolder } from "../app/ports/scratch.ts"
import type { RelPath } from "../core/model/path.ts"
import type { FileEntry, Tree } from "../core/model/tree.ts"
import { endAll, HAS_GROUPS, interruption, onSignals } from "./end-processes.ts"
import { nodeFileSystem } from "./node-file-system.ts"

const MOST_OUTPUT_LINES = 40

/** See Scratch.use. */
export async function useScratch<T>(
  files: Tree,
  work: (folder: ScratchFolder) => Promise<T>,
  say: (text: string) => void,
): Promise<T> {
  const top = mkdtempSync(join(realpathSync(tmpdir()), "meshwright-"))
  const [project, home] = [join(top, "project"), join(top, "home")]
  const stop = new AbortController()
  const release = onSignals(() => stop.abort())
  try {
    mkdirSync(home)
    writeFiles(project, files)
    return await work({
      run: (command) => run(command, project, home, stop.signal, say),
      files: (without) => readFiles(project, without),
    })
  } finally {
    release()
    rmSync(top, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function run(
  { title, program, args, environment, timeout }: Command,
  project: string,
  home: string,
  stop: AbortSignal,
  say: (text: string) => void,
): Promise<CommandEnd> {
  refuseInterrupted(stop)
  if (title !== undefined) say(title)
  const child = execa(program, [...args], {
    cwd: project,
    env: {
      ...environment,
      // Where node is not in the PATH, the one that runs this is meant.
      PATH: [environment["PATH"] ?? "", dirname(process.execPath)].join(delimiter),
      HOME: home,
      USERPROFILE: home,
    },
    extendEnv: false,
    stdin: "ignore",
    all: true,
    reject: false,
    // A group of its own, so that all that it starts ends with it.
    detached: HAS_GROUPS,
  })
  let isLate = false
  const end = (): void => endAll(child.pid)
  const clock = setTimeout(() => {
    isLate = true
    end()
  }, timeout)
  stop.addEventListener("abort", end)
  try {
    const { exitCode, signal, all, code } = await child
    refuseInterrupted(stop)
    if (exitCode === 0 && !isLate) return { status: "done" }
    const output = all.split("\n").slice(-MOST_OUTPUT_LINES).join("\n").trim()
    if (isLate) return { status: "failed", reason: `did not end within ${timeout / 1000} s`, output }
    if (exitCode !== undefined) return { status: "failed", reason: `ended with exit code ${exitCode}`, output }
    const reason = code === "ENOENT" ? `cannot be started: there is no ${program}` : `was ended by ${signal ?? code}`
    return { status: "failed", reason, output }
  } finally {
    clearTimeout(clock)
    stop.removeEventListener("abort", end)
    // What it left running in the background would go on without its folder.
    end()
  }
}

function refuseInterrupted(stop: AbortSignal): void {
  if (stop.aborted) throw interruption()
}

function writeFiles(folder: string, files: Tree): void {
  const fs = nodeFileSystem()
  mkdirSync(folder)
  const made = new Set<string>()
  for (const [path, entry] of files) {
    const target = join(folder, path)
    if (!made.has(dirname(target))) fs.makeDirectory(dirname(target))
    made.add(dirname(target))
    fs.write(target, entry)
  }
}

function readFiles(folder: string, without: ReadonlySet<string>): Tree {
  const fs = nodeFileSystem()
  const files = new Map<RelPath, FileEntry>()
  const folders = [""]
  for (let below = folders.pop(); below !== undefined; below = folders.pop()) {
    for (const name of readdirSync(join(folder, below))) {
      const path = below === "" ? name : `${below}/${name}`
      if (lstatSync(join(folder, path)).isDirectory()) {
        if (!without.has(name)) folders.push(path)
      } else {
        const entry = fs.read(join(folder, path))
        // Whether it is a path that a project can have is for whoever asked.
        if (entry !== null) files.set(path as RelPath, entry)
      }
    }
  }
  return files
}
