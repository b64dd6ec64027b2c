import { spawnSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { sha256 } from "../../src/core/hash.ts"
import { mergeFile } from "../../src/core/merge/merge-file.ts"
import { relPathOf } from "../../src/core/model/path.ts"

/** The four versions of a file. */
export interface Versions {
  readonly base: Uint8Array
  readonly ours: Uint8Array
  readonly theirs: Uint8Array
  readonly human: Uint8Array
}

export interface Outcome {
  readonly clean: boolean
  /** With markers where it is not clean. */
  readonly text: string
}

/** git's merge of the contents of a file. */
export function mergeByGit({ base, ours, theirs }: Versions, folder: string): Outcome {
  const files = Object.entries({ ours, base, theirs }).map(([name, bytes]) => {
    writeFileSync(join(folder, name), bytes)
    return name
  })
  const { status, stdout } = spawnSync("git", ["merge-file", "-p", "--diff3", ...files], {
    cwd: folder,
    maxBuffer: 2 ** 28,
  })
  return { clean: status === 0, text: stdout.toString("utf8") }
}

/** The merge of an update, with the second parent in the place of the template. */
export function mergeByStructure(path: string, { base, ours, theirs }: Versions): Outcome {
  const result = mergeFile({
    path: relPathOf(path),
    base: { mode: "644", sha256: sha256(base), bytes: base },
    ours: { mode: "644", bytes: ours },
    theirs: { mode: "644", bytes: theirs },
    labels: { ours: "ours", base: "base", theirs: "theirs" },
    conflictStyle: "inline",
  })
  return {
    clean: result.kind === "clean",
    text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(result.file.bytes),
  }
}
