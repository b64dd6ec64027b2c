import { dirname, join } from "node:path"
import { type ParsedLock, parseLock } from "../core/lock/parse-lock.ts"
import { MeshwrightError, problem } from "../core/model/diagnostic.ts"
import { LOCK_FILE, PROJECT_FILE } from "../core/plan/plan-project.ts"
import { parseProjectFile, type ProjectFile } from "../core/project/project-file.ts"
import type { RelPath } from "../core/model/path.ts"
import type { FileEntry, Tree } from "../core/model/tree.ts"
import type { FileSystem } from "./ports/file-system.ts"

export interface LoadedProject {
  /** Absolute path of the folder that holds meshwright.yml. */
  readonly root: string
  readonly file: ProjectFile
  readonly lock: ParsedLock
  /** The two records as they were read: what a plan was made from, and so has to find there when it is applied. */
  readonly records: Tree
}

const RECORDS = [PROJECT_FILE, LOCK_FILE]

/** The nearest folder from `start` upward that holds meshwright.yml. Throws a MeshwrightError where there is none. */
export function findProject(fs: FileSystem, start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (fs.stat(join(folder, PROJECT_FILE))?.kind === "file") return folder
    if (dirname(folder) === folder) {
      throw new MeshwrightError(
        [
          problem(
            "no-project",
            `${start} is not inside a meshwright project: there is no ${PROJECT_FILE} here or above`,
            { hint: "create a project with `meshwright new`, or name one with --dest DIR" },
          ),
        ],
        "usage",
      )
    }
  }
}

/** meshwright.yml of a project. */
export function loadProjectFile(fs: FileSystem, root: string): ProjectFile {
  return parseProjectFile(textOf(readTree(fs, root, RECORDS), PROJECT_FILE) ?? "")
}

/** A project's two records. Throws a MeshwrightError where one is missing or damaged. */
export function loadProject(fs: FileSystem, root: string): LoadedProject {
  const records = readTree(fs, root, RECORDS)
  const file = parseProjectFile(textOf(records, PROJECT_FILE) ?? "")
  const lock = textOf(records, LOCK_FILE)
  if (lock === undefined) {
    throw new MeshwrightError([
      problem("no-lock", `${LOCK_FILE} is missing beside ${PROJECT_FILE}`, {
        file: LOCK_FILE,
        hint: "restore it from git, or make it anew with `meshwright update --rebuild-lock`",
      }),
    ])
  }
  return { root, file, lock: parseLock(lock), records }
}

/** The project's files at these paths; those that do not exist are absent. */
export function readTree(fs: FileSystem, root: string, paths: Iterable<RelPath>): Tree {
  const found = new Map<RelPath, FileEntry>()
  for (const path of paths) {
    const file = fs.read(join(root, path))
    if (file) found.set(path, file)
  }
  return found
}

function textOf(records: Tree, path: RelPath): string | undefined {
  const file = records.get(path)
  return file && file.mode !== "link" ? Buffer.from(file.bytes).toString("utf8") : undefined
}
