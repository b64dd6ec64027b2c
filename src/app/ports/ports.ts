import type { FileSystem } from "./file-system.ts"
import type { Git } from "./git.ts"
import type { Prompter } from "./prompter.ts"
import type { Scratch } from "./scratch.ts"
import type { Templates } from "./templates.ts"

/** What a use case may touch of the world. */
export interface Ports {
  readonly fs: FileSystem
  readonly git: Git
  readonly templates: Templates
  readonly scratch: Scratch
  /** Absent when nobody can be asked: no terminal, or --yes. */
  readonly prompter?: Prompter
  /** The environment, for answers. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The day, `YYYY-MM-DD`, in UTC: a policy begins, and an exception ends, for everybody at once. */
  readonly today: string
}
