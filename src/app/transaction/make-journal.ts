import { dirname, join, relative, sep } from "node:path"
import { fingerprint } from "../../core/hash.ts"
import type { DiskWrite } from "../../core/model/change.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { FileSystem } from "../ports/file-system.ts"
import { ancestors } from "./ancestors.ts"
import type { CreatedFolder, EmptiedFolder, Journal } from "./journal.ts"
import type { UndoNote } from "./undo-note.ts"

/** How the folders have to be that a transaction makes and removes, where it is the undoing of another. */
export interface FolderRules {
  /** Folders that may be removed when they are left empty. */
  readonly removable: ReadonlySet<string>
  /** The permissions of folders that are made. */
  readonly permissions: ReadonlyMap<string, number>
}

export interface JournalOptions {
  readonly folders?: FolderRules
  readonly undo?: UndoNote
}

/** The journal of an apply that has passed its checks. Throws the system's error when the disk cannot be read. */
export function makeJournal(
  fs: FileSystem,
  root: string,
  writes: readonly DiskWrite[],
  { folders, undo }: JournalOptions = {},
): Journal {
  const deleted = writes.filter((write) => write.after === null).map((write) => write.path)
  const written = writes.filter((write) => write.after !== null).map((write) => write.path)
  return {
    version: 1,
    writes: writes.map(({ path, before, after }) => ({ path, before, after: after && fingerprint(after) })),
    created: missingFolders(fs, root, written, new Set(deleted)).map((path) => withPermissions(path, folders)),
    emptied: foldersToEmpty(fs, root, deleted, new Set(written.flatMap(ancestors))).filter(
      ({ path }) => folders === undefined || folders.removable.has(path),
    ),
    ...(undo === undefined ? {} : { undo }),
  }
}

function withPermissions(path: string, folders: FolderRules | undefined): CreatedFolder {
  const permissions = folders?.permissions.get(path)
  return permissions === undefined ? { path } : { path, permissions }
}

function missingFolders(
  fs: FileSystem,
  root: string,
  written: readonly RelPath[],
  deleted: ReadonlySet<string>,
): readonly string[] {
  const missing = new Set<string>()
  const present = new Set<string>()
  for (const path of written) {
    let folder = dirname(join(root, path))
    while (!missing.has(folder) && !present.has(folder) && dirname(folder) !== folder) {
      const name = relativeTo(root, folder)
      // A file that is deleted makes way for a folder of its name.
      if (fs.stat(folder) !== null && !deleted.has(name)) present.add(folder)
      else missing.add(folder)
      folder = dirname(folder)
    }
  }
  // An outer folder is always the shorter path.
  return [...missing].toSorted((a, b) => a.length - b.length).map((folder) => relativeTo(root, folder))
}

function foldersToEmpty(
  fs: FileSystem,
  root: string,
  deleted: readonly RelPath[],
  stillUsed: ReadonlySet<RelPath>,
): readonly EmptiedFolder[] {
  const folders = [...new Set(deleted.flatMap(ancestors))].filter((folder) => !stillUsed.has(folder))
  return folders
    .toSorted((a, b) => a.length - b.length)
    .flatMap((folder) => {
      const stat = fs.stat(join(root, folder))
      return stat?.kind === "directory" ? [{ path: folder, permissions: stat.permissions }] : []
    })
}

function relativeTo(root: string, folder: string): string {
  return relative(root, folder).split(sep).join("/") || "."
}
