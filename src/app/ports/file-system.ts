import type { FileEntry } from "../../core/model/tree.ts"

/** What is at a path; a link is a link, whatever it points to. `other` is a device, a pipe or a socket. */
export interface FileStat {
  readonly kind: "file" | "link" | "directory" | "other"
  /** The permission bits, 0o7777 at most. */
  readonly permissions: number
}

export interface WriteOptions {
  /** Exact permission bits; absent: 0666 or 0777 less the umask. Links have none. */
  readonly permissions?: number
  /** Flush the bytes to the disk before returning. */
  readonly sync?: boolean
}

/**
 * The disk, or what stands for it. Paths are absolute. Synchronous, so that nothing of this process runs between two
 * steps of an apply; it is faster too. Every call throws the system's error (with its `code`) where not said otherwise.
 */
export interface FileSystem {
  /** What is at `path`; null where nothing is, also where one of its parents is a file. */
  stat(path: string): FileStat | null

  /** The file or link at `path`, executable when its owner may execute it; null where neither is. */
  read(path: string): FileEntry | null

  /** The names in a directory, sorted; none where no directory is. */
  list(directory: string): readonly string[]

  /** `path` with every link followed; null where nothing is, or a link points nowhere. */
  realPath(path: string): string | null

  /**
   * Makes a directory and the parents it lacks; one that is there is fine. `permissions` are the exact bits the
   * directory itself ends up with. Returns the directories that were made, outermost first.
   */
  makeDirectory(path: string, permissions?: number): readonly string[]

  /** Writes a new file or link into an existing directory. Throws EEXIST where something is: it never overwrites. */
  write(path: string, entry: FileEntry, options?: WriteOptions): void

  /** A second name for the file `from`. Throws EEXIST where something is; some file systems cannot do it at all. */
  link(from: string, to: string): void

  /** Moves a file or link, in one step, over whatever file or link is at `to`. Throws EXDEV between file systems. */
  rename(from: string, to: string): void

  /** Removes a file or link; nothing there is fine. */
  remove(path: string): void

  /** Removes a directory that is empty and not in use. Returns whether it did; false where no directory is. */
  removeDirectory(path: string): boolean
}
