import type { FileSystem } from "./file-system.ts"

/** How a program ended. `exitCode` is null where it could not be started, or was stopped. */
export interface Ended {
  readonly exitCode: number | null
  /** What it printed, on both streams. */
  readonly output: string
}

/** Where templates are tried out. */
export interface Workbench {
  /** A new file system in memory; `/` is there. */
  memory(): FileSystem
  /** A new, empty folder on the disk. */
  folder(): string
  /** Removes such a folder with all that is in it. */
  remove(folder: string): void
  /** Runs a program to its end, without a terminal; once `stop` was called none is started any more, and those running end. */
  run(command: readonly string[], folder: string, environment: Readonly<Record<string, string>>): Promise<Ended>
  stop(): void
  stopped(): boolean
  /** Milliseconds since some moment. */
  now(): number
}
