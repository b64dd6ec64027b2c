import type { FileChange } from "../../model/change.ts"
import type { LockedFile } from "../../model/lock.ts"
import type { RelPath } from "../../model/path.ts"
import type { RenderedFile } from "../../model/template.ts"
import type { FileEntry } from "../../model/tree.ts"
import type { Obstacle } from "./blocked.ts"
import type { TemplateMove } from "./pair-renders.ts"

interface At<File> {
  readonly path: RelPath
  readonly file: File
}

/** One file of the template, wherever it is in each of the three trees. */
export interface ManagedFile {
  readonly base?: At<LockedFile>
  readonly ours?: At<FileEntry>
  readonly theirs?: At<RenderedFile>
  /** Where the file belongs after the update. */
  readonly home: RelPath
  readonly move?: TemplateMove | "renamed-by-team"
  /** Another file of the team that is at `home` and stays there. */
  readonly taken?: FileEntry
  /** What stands where it would have to be written. */
  readonly blockedBy?: Obstacle
}

/** The path that the template has for the file. */
export function templatePath({ base, theirs, home }: ManagedFile): RelPath {
  return theirs?.path ?? base?.path ?? home
}

/** Where the file is in each of the three trees. */
export function pathsOf({ base, ours, theirs }: ManagedFile): NonNullable<FileChange["paths"]> {
  return {
    ...(base && { base: base.path }),
    ...(ours && { ours: ours.path }),
    ...(theirs && { theirs: theirs.path }),
  }
}

/** Path and other path of a change that leaves the file where the team has it. */
export function stayingAt(file: ManagedFile): { readonly path: RelPath; readonly from?: RelPath } {
  const { ours, home } = file
  const other = ours === undefined || ours.path === home ? templatePath(file) : ours.path
  return other === home ? { path: home } : { path: home, from: other }
}

/** A file that the template has rendered before. */
export type RenderedBefore = ManagedFile & { readonly base: NonNullable<ManagedFile["base"]> }
