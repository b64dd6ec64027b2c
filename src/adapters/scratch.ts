import { existsSync } from "node:fs"
import type { Scratch } from "../app/ports/scratch.ts"

/** Folders for programs, below that for temporary files. What runs them is loaded when it is needed: it seldom is. */
export function scratchAdapter(say: (text: string) => void): Scratch {
  return {
    isThere: existsSync,
    use: async (files, work) => (await import("./use-scratch.ts")).useScratch(files, work, say),
  }
}
