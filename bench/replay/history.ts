import { git } from "./git.ts"

/** A file that two sides changed, and what a person made of it. The four versions are ids of blobs. */
export interface Triple {
  readonly repository: string
  readonly commit: string
  readonly path: string
  readonly base: string
  readonly ours: string
  readonly theirs: string
  readonly human: string
}

/** Four commits: a merge of two sides. */
interface Merge {
  readonly commit: string
  readonly base: string
  readonly ours: string
  readonly theirs: string
}

interface Commit {
  readonly id: string
  readonly parents: readonly string[]
  readonly body: string
}

/**
 * All files of a repository's history that both sides of a merge changed: those of merge commits with one merge base, and
 * those of commits that were picked from, or reverted on, another line.
 */
export function triplesOf(repository: string): readonly Triple[] {
  const commits = readCommits(repository)
  const merges = [...commits.values()].flatMap((commit) => [
    ...mergeOf(repository, commit),
    ...pickOf(commit, commits),
    ...revertOf(commit, commits),
  ])
  const seen = new Set<string>()
  return filesOf(repository, merges).filter(({ base, ours, theirs }) => {
    const key = `${base} ${ours} ${theirs}`
    return !seen.has(key) && seen.add(key)
  })
}

function readCommits(repository: string): ReadonlyMap<string, Commit> {
  const fields = git(repository, ["log", "--all", "--format=%H%x00%P%x00%b%x00%x00"]).split("\0\0\n")
  const commits = fields.flatMap((field): Commit[] => {
    const [id, parents, body] = field.split("\0")
    return parents === undefined ? [] : [{ id: id!, parents: parents.split(" ").filter(Boolean), body: body ?? "" }]
  })
  return new Map(commits.map((commit) => [commit.id, commit]))
}

function mergeOf(repository: string, { id, parents }: Commit): readonly Merge[] {
  const [ours, theirs, more] = parents
  if (ours === undefined || theirs === undefined || more !== undefined) return []
  const bases = mergeBases(repository, ours, theirs)
  const [base] = bases
  return bases.length !== 1 || base === ours || base === theirs ? [] : [{ commit: id, base: base!, ours, theirs }]
}

/** Histories without a common start have none, and git says so with an exit code. */
function mergeBases(repository: string, ours: string, theirs: string): readonly string[] {
  try {
    return git(repository, ["merge-base", "--all", ours, theirs]).trim().split("\n")
  } catch {
    return []
  }
}

function pickOf({ id, parents, body }: Commit, commits: ReadonlyMap<string, Commit>): readonly Merge[] {
  const picked = commits.get(/cherry picked from commit ([0-9a-f]{40})/.exec(body)?.[1] ?? "")
  if (parents.length !== 1 || picked?.parents.length !== 1) return []
  return [{ commit: id, base: picked.parents[0]!, ours: parents[0]!, theirs: picked.id }]
}

function revertOf({ id, parents, body }: Commit, commits: ReadonlyMap<string, Commit>): readonly Merge[] {
  const reverted = commits.get(/This reverts commit ([0-9a-f]{40})/.exec(body)?.[1] ?? "")
  if (parents.length !== 1 || reverted?.parents.length !== 1) return []
  return [{ commit: id, base: reverted.id, ours: parents[0]!, theirs: reverted.parents[0]! }]
}

/** The changed files of many pairs of commits, in one run of git: blob by path, "" where the file is gone. */
function filesOf(repository: string, merges: readonly Merge[]): readonly Triple[] {
  const trees = treesOf(repository, merges)
  const pairs = merges.flatMap(({ commit, base, ours, theirs }) =>
    [ours, theirs, commit].map((side) => `${trees.get(base)} ${trees.get(side)}`),
  )
  const changes = changesOf(repository, [...new Set(pairs)])
  return merges.flatMap(({ commit, ...sides }): readonly Triple[] => {
    const of = (side: string): ReadonlyMap<string, Change> =>
      changes.get(`${trees.get(sides.base)} ${trees.get(side)}`) ?? new Map()
    const [ours, theirs, human] = [of(sides.ours), of(sides.theirs), of(commit)]
    return [...ours].flatMap(([path, mine]): readonly Triple[] => {
      const [other, result] = [theirs.get(path), human.get(path) ?? { before: mine.before, after: mine.before }]
      if (other === undefined || mine.after === other.after) return []
      if ([mine.before, mine.after, other.after, result.after].includes(NONE)) return []
      return [
        { repository, commit, path, base: mine.before, ours: mine.after, theirs: other.after, human: result.after },
      ]
    })
  })
}

function treesOf(repository: string, merges: readonly Merge[]): ReadonlyMap<string, string> {
  const ids = [...new Set(merges.flatMap(({ commit, base, ours, theirs }) => [commit, base, ours, theirs]))]
  const output = git(
    repository,
    ["cat-file", "--batch-check=%(objectname)"],
    ids.map((id) => `${id}^{tree}\n`).join(""),
  )
  const trees = output.trim().split("\n")
  return new Map(ids.map((id, index) => [id, trees[index]!]))
}

interface Change {
  readonly before: string
  readonly after: string
}

/** Absent, a link or a submodule: nothing to merge. */
const NONE = ""

/** So many pairs of trees at once: far apart, a pair can differ in thousands of files. */
const BATCH = 100

function changesOf(repository: string, pairs: readonly string[]): ReadonlyMap<string, ReadonlyMap<string, Change>> {
  const changes = new Map<string, ReadonlyMap<string, Change>>()
  for (let at = 0; at < pairs.length; at += BATCH) readChanges(repository, pairs.slice(at, at + BATCH), changes)
  return changes
}

function readChanges(
  repository: string,
  pairs: readonly string[],
  changes: Map<string, ReadonlyMap<string, Change>>,
): void {
  const args = ["diff-tree", "--stdin", "-r", "--no-renames", "-z"]
  const fields = git(repository, args, pairs.map((pair) => `${pair}\n`).join("")).split("\0")
  let open = new Map<string, Change>()
  for (let at = 0; at < fields.length; at++) {
    // The line with the two trees ends with a line end, not with a NUL: it stands in front of the first change.
    const [, pair, raw] = /^(?:([0-9a-f]+ [0-9a-f]+)\n)?([^]*)$/.exec(fields[at]!)!
    if (pair !== undefined) changes.set(pair, (open = new Map()))
    if (!raw!.startsWith(":")) continue
    const [oldMode, newMode, before, after] = raw!.slice(1).split(" ")
    const blob = (mode: string, id: string): string => (mode.startsWith("100") ? id : NONE)
    open.set(fields[++at]!, { before: blob(oldMode!, before!), after: blob(newMode!, after!) })
  }
}
