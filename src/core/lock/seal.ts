import { sha256 } from "../hash.ts"

// To YAML, and to git, the seal is a comment at the end of the line.
const SEAL = / # ([0-9a-f]{8})$/

/** A line with a checksum of its own: lines that were merged or moved still fit theirs, one that was edited does not. */
export function sealed(line: string): string {
  return `${line} # ${checksum(line)}`
}

/** A sealed line without its seal; undefined when it is not what was sealed. */
export function unsealed(line: string): string | undefined {
  const [seal, sum] = SEAL.exec(line) ?? []
  if (seal === undefined) return undefined
  const content = line.slice(0, -seal.length)
  return checksum(content) === sum ? content : undefined
}

function checksum(line: string): string {
  return sha256(line).slice(0, 8)
}
