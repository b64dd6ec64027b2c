import { join } from "node:path"
import type { FileSystem } from "../../../src/app/ports/file-system.ts"

/** Everything below a folder, byte and bit: kind, permissions and content by path. */
export type Snapshot = Readonly<Record<string, string>>

export function snapshot(fs: FileSystem, folder: string): Snapshot {
  return Object.fromEntries(entriesOf(fs, folder, ""))
}

function entriesOf(fs: FileSystem, folder: string, prefix: string): readonly (readonly [string, string])[] {
  return fs.list(folder).flatMap((name) => {
    const path = join(folder, name)
    const stat = fs.stat(path)
    if (stat === null) throw new Error(`${path} vanished`)
    const permissions = stat.permissions.toString(8)
    if (stat.kind === "directory") {
      return [[`${prefix}${name}/`, permissions] as const, ...entriesOf(fs, path, `${prefix}${name}/`)]
    }
    const content = Buffer.from(fs.read(path)?.bytes ?? []).toString("latin1")
    return [[`${prefix}${name}`, stat.kind === "link" ? `-> ${content}` : `${permissions} ${content}`] as const]
  })
}
