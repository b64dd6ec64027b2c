import type { Tree } from "../../core/model/tree.ts"

/** A program to run, and all that it gets of its surroundings. Its stdin is closed. */
export interface Command {
  /** Told before it starts. */
  readonly title?: string
  readonly program: string
  readonly args: readonly string[]
  /** HOME is added: an empty folder. */
  readonly environment: Readonly<Record<string, string>>
  /** It is ended after so many milliseconds. */
  readonly timeout: number
}

export type CommandEnd =
  | { readonly status: "done" }
  /** `reason` says how it ended, `output` what it printed. */
  | { readonly status: "failed"; readonly reason: string; readonly output: string }

/** A copy of a project, in a folder for a while. */
export interface ScratchFolder {
  /** Throws a MeshwrightError of kind `interrupted` on Ctrl-C; whatever the program started is ended then too. */
  run(command: Command): Promise<CommandEnd>
  /** All files that are there now, but those in folders of these names. */
  files(without: ReadonlySet<string>): Tree
}

/** Where programs work on a copy. */
export interface Scratch {
  /** Whether there is a program or script at an absolute path. */
  isThere(path: string): boolean
  /** Makes a copy of these files, and removes it again when `work` is done, however it ends. */
  use<T>(files: Tree, work: (folder: ScratchFolder) => Promise<T>): Promise<T>
}
