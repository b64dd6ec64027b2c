import { fingerprint, sameFile } from "../hash.ts"
import { writeTo } from "../merge/tree/disk-writes.ts"
import type { FileChange } from "../model/change.ts"
import { type Diagnostic, MeshwrightError, problem } from "../model/diagnostic.ts"
import { comparePaths, pathProblem, type RelPath } from "../model/path.ts"
import type { Tree } from "../model/tree.ts"
import type { WhyNot } from "./unite.ts"
import { OWN_FILE } from "../render/render-tree.ts"

/**
 * The changes that bring a project to what code made of its copy. Throws a MeshwrightError that names everything which code
 * must not do: remove files, make links, reach into .git or meshwright's records, or replace what was not in the copy.
 * @param copy the files that the code got
 * @param after what it made of them
 * @param others the project's files that were not in the copy, at the paths of new ones
 */
export function planChanged(copy: Tree, after: Tree, others: Tree): readonly FileChange[] {
  const problems: Diagnostic[] = []
  const changes: FileChange[] = []
  const refuse = (path: RelPath, what: string): void => {
    const hint = "nothing was written; change the generator"
    problems.push(problem("generator-refused", `the generator ${what} ${path}`, { file: path, hint }))
  }
  for (const path of copy.keys()) if (!after.has(path)) refuse(path, "removes")
  for (const [path, file] of after) {
    const before = copy.get(path)
    if (before && sameFile(fingerprint(before), fingerprint(file))) continue
    if (file.mode === "link") refuse(path, "makes a link of")
    else if (OWN_FILE.test(path)) refuse(path, "changes meshwright's own")
    else if (pathProblem(path) !== undefined) refuse(path, "makes a path that not every system can have:")
    else if (before)
      changes.push({ path, action: "merge", status: "clean", reason: "added-to", writes: writeTo(copy, path, file) })
    else changes.push(...added(path, others, after, problems))
  }
  if (problems.length > 0) {
    const isTaken = problems.every(({ code }) => code === "file-exists")
    throw new MeshwrightError(problems, isTaken ? "person-needed" : "failed")
  }
  return changes.toSorted((a, b) => comparePaths(a.path, b.path))
}

function added(path: RelPath, others: Tree, after: Tree, problems: Diagnostic[]): FileChange[] {
  const [there, file] = [others.get(path), after.get(path)]
  const change = { path, status: "clean" } as const
  if (!file) return []
  if (!there) return [{ ...change, action: "create", reason: "generated", writes: writeTo(others, path, file) }]
  if (sameFile(fingerprint(there), fingerprint(file)))
    return [{ ...change, action: "none", reason: "already-there", writes: [] }]
  problems.push(fileExists(path))
  return []
}

/** The problem of a file that is there and must not be replaced. */
export function fileExists(path: string, why?: WhyNot): Diagnostic {
  if (why)
    return problem("file-exists", why.message, {
      file: path,
      hint: why.hint,
      ...(why.position ? { position: why.position } : {}),
    })
  const node = /([^/]+)\.(sql|py|csv)$/.exec(path)?.[1]
  const message =
    node === undefined
      ? `${path} is there already and says something else than what would be added`
      : `${node} is there already: ${path}, with something else than what would be added`
  return problem("file-exists", message, {
    file: path,
    hint: "nothing was written: choose another name, or make the change by hand",
  })
}
