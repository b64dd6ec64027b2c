import type { DiskWrite } from "../../../src/core/model/change.ts"
import type { FileEntry } from "../../../src/core/model/tree.ts"
import { file, write } from "../../unit/transaction/cases.ts"

const COUNT = 12

/** The files of a project with two states, by path. */
export function flipState(even: boolean): ReadonlyMap<string, FileEntry> {
  const files = new Map<string, FileEntry>()
  for (let index = 0; index < COUNT; index += 1) {
    files.set(`both/${index}.sql`, file((even ? "even " : "odd ").repeat(500)))
    files.set(`${even ? "even" : "odd"}/deep/${index}.sql`, file(`${index}`))
  }
  return files
}

/** The writes from one state to the other, `even` being the one to leave. */
export function flip(even: boolean): readonly DiskWrite[] {
  const [from, to] = [flipState(even), flipState(!even)]
  return [...new Set([...from.keys(), ...to.keys()])]
    .toSorted()
    .map((path) => write(path, from.get(path) ?? null, to.get(path) ?? null))
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}
