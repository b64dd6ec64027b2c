import { spawnSync } from "node:child_process"

const MOST_BYTES = 2 ** 30

/** What git says in a repository, bare or not. Throws when it fails. */
export function git(repository: string, args: readonly string[], input = ""): string {
  return gitBytes(repository, args, input).toString("utf8")
}

/** The contents of blobs, by id; what is not there is left out. */
export function readBlobs(repository: string, ids: readonly string[]): ReadonlyMap<string, Uint8Array> {
  const output = gitBytes(repository, ["cat-file", "--batch"], ids.map((id) => `${id}\n`).join(""))
  const blobs = new Map<string, Uint8Array>()
  let at = 0
  while (at < output.length) {
    const end = output.indexOf("\n", at)
    const [id, kind, size] = output.subarray(at, end).toString().split(" ")
    at = end + 1
    if (kind !== "blob") continue
    blobs.set(id!, output.subarray(at, at + Number(size)))
    at += Number(size) + 1
  }
  return blobs
}

function gitBytes(repository: string, args: readonly string[], input: string): Buffer {
  const { status, stdout, stderr, error } = spawnSync("git", ["-C", repository, ...args], {
    input,
    maxBuffer: MOST_BYTES,
  })
  if (status !== 0) throw new Error(`git ${args[0]} in ${repository}: ${error?.message ?? stderr.toString().trim()}`)
  return stdout
}
