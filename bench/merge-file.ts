// Arguments as of git merge-file: ours, base, theirs. Prints the merged file; exit code 1 for a conflict. A fourth argument
// is how often to merge.
import { readFileSync } from "node:fs"
import { mergeText } from "../src/core/merge/merge-text.ts"
import type { RelPath } from "../src/core/model/path.ts"

const [ours, base, theirs] = process.argv
  .slice(2, 5)
  .map((path) => ({ mode: "644" as const, bytes: readFileSync(path) }))
if (ours === undefined || base === undefined || theirs === undefined) throw new Error("expected: OURS BASE THEIRS")
const input = {
  path: "schema.yml" as RelPath,
  base: { ...base, sha256: "" },
  ours,
  theirs,
  conflictStyle: "inline" as const,
  labels: { ours: "ours", base: "base", theirs: "theirs" },
}
const merged = Array.from({ length: Number(process.argv[5] ?? 1) }, () => mergeText(input)).at(-1)
process.stdout.write(merged?.bytes ?? "")
process.exitCode = merged?.kind === "clean" ? 0 : 1
