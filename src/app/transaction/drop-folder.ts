import { join } from "node:path"
import type { FileSystem } from "../ports/file-system.ts"

/** Removes a folder with everything in it, following no link. Only for folders of our own. Nothing there is fine. */
export function dropFolder(fs: FileSystem, folder: string): void {
  if (fs.stat(folder)?.kind !== "directory") return
  for (const name of fs.list(folder)) {
    const path = join(folder, name)
    if (fs.stat(path)?.kind === "directory") dropFolder(fs, path)
    else fs.remove(path)
  }
  fs.removeDirectory(folder)
}
