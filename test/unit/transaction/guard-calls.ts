import { dirname } from "node:path"
import type { FileSystem } from "../../../src/app/ports/file-system.ts"

/** Makes a changing call, or does not; `midway` makes half of it. */
export type Guard = <T>(run: () => T, midway: () => void) => T

/** `fs`, with `guard` around every call that changes something. */
export function guardCalls(fs: FileSystem, guard: Guard): FileSystem {
  // What is one step for the system has no midway.
  const nothing = (): void => {}
  return {
    ...fs,
    makeDirectory: (path, permissions) =>
      guard(
        () => fs.makeDirectory(path, permissions),
        () => void fs.makeDirectory(dirname(path)),
      ),
    write: (path, entry, options) =>
      guard(
        () => fs.write(path, entry, options),
        () => {
          if (entry.mode !== "link") fs.write(path, { ...entry, bytes: entry.bytes.slice(0, entry.bytes.length / 2) })
        },
      ),
    link: (from, to) => guard(() => fs.link(from, to), nothing),
    rename: (from, to) => guard(() => fs.rename(from, to), nothing),
    remove: (path) => guard(() => fs.remove(path), nothing),
    removeDirectory: (path) => guard(() => fs.removeDirectory(path), nothing),
  }
}
