import { fingerprint, sameFile } from "../hash.ts"
import type { ChangeAction, ChangeReason, DiskWrite, FileChange } from "../model/change.ts"
import { comparePaths, type RelPath } from "../model/path.ts"
import { LOCK_FILE, PROJECT_FILE } from "./plan-project.ts"

/** One part of a plan that is made in several: each is made for the project as the one before would leave it. */
export interface Stage {
  readonly changes: readonly FileChange[]
  /** Made by migrations, not by the template's files. */
  readonly isMigration: boolean
}

/** One file through all stages. */
interface Chain {
  readonly changes: FileChange[]
  /** Where the template had it before the first stage. */
  base?: RelPath
  /** Where it was in the project then. */
  ours?: RelPath
  /** Where the template has it now, and where the project will. */
  theirs?: RelPath
  place?: RelPath
}

/**
 * The stages as one plan for the project as it is: a change for each file, in path order, and a write for each path. The
 * records come last, as in each stage.
 */
export function joinStages(stages: readonly Stage[]): readonly FileChange[] {
  if (stages.length === 1) return stages[0]!.changes
  const chains = new Set<Chain>()
  const first = stages.findIndex(({ isMigration }) => !isMigration)
  for (const [index, { changes, isMigration }] of stages.entries()) {
    // All are found before any is moved on: where one file comes to a place, another one may have been.
    const known = knownPlaces(chains)
    const found = changes.map((change) => [change, chainOf(chains, known, change)] as const)
    for (const [change, chain] of found) {
      if (index === first && change.paths?.base !== undefined) chain.base = change.paths.base
      if (!isMigration) setOrDrop(chain, "theirs", change.paths?.theirs)
      setOrDrop(chain, "place", placeAfter(change))
      chain.changes.push(change)
    }
  }
  const writes = joinWrites(stages.flatMap(({ changes }) => changes))
  const isRecord = ({ path }: FileChange): number => [PROJECT_FILE, LOCK_FILE].indexOf(path)
  return withWrites([...chains], writes).toSorted((a, b) => isRecord(a) - isRecord(b) || comparePaths(a.path, b.path))
}

interface Known {
  readonly byTemplate: ReadonlyMap<RelPath, Chain>
  readonly byPlace: ReadonlyMap<RelPath, Chain>
}

function knownPlaces(chains: ReadonlySet<Chain>): Known {
  const byPath = (key: "theirs" | "place"): ReadonlyMap<RelPath, Chain> =>
    new Map([...chains].flatMap((chain) => (chain[key] === undefined ? [] : [[chain[key], chain] as const])))
  return { byTemplate: byPath("theirs"), byPlace: byPath("place") }
}

function setOrDrop(chain: Chain, key: "theirs" | "place", path: RelPath | undefined): void {
  if (path === undefined) delete chain[key]
  else chain[key] = path
}

/** The file that a change is about: the template's word counts more than the place. */
function chainOf(chains: Set<Chain>, { byTemplate, byPlace }: Known, { path, paths }: FileChange): Chain {
  const ours = paths === undefined ? path : paths.ours
  const named = paths?.base === undefined ? undefined : byTemplate.get(paths.base)
  const placed = ours === undefined ? undefined : byPlace.get(ours)
  if (named !== undefined && placed !== undefined && named !== placed) {
    // A migration has moved the template's file.
    named.changes.push(...placed.changes)
    chains.delete(placed)
  }
  const chain = named ?? placed ?? { changes: [], ...(ours === undefined ? {} : { ours }) }
  chains.add(chain)
  return chain
}

/** Where the project has the file after a change. */
function placeAfter({ path, paths, action, writes }: FileChange): RelPath | undefined {
  if (writes.some((write) => write.path === path && write.after !== null)) return path
  const before = paths === undefined ? path : paths.ours
  const leaves = action === "delete" || writes.some((write) => write.path === before && write.after === null)
  return leaves ? undefined : before
}

/** From what is there to what will be; what comes and goes in between is not written. */
function joinWrites(changes: readonly FileChange[]): ReadonlyMap<RelPath, DiskWrite> {
  const writes = new Map<RelPath, DiskWrite>()
  for (const write of changes.flatMap((change) => change.writes)) {
    const earlier = writes.get(write.path)
    writes.set(write.path, earlier ? { ...write, before: earlier.before } : write)
  }
  return new Map([...writes].filter(([, write]) => changesSomething(write)))
}

function changesSomething({ before, after }: DiskWrite): boolean {
  return before === null || after === null ? before !== after : !sameFile(before, fingerprint(after))
}

function withWrites(chains: readonly Chain[], writes: ReadonlyMap<RelPath, DiskWrite>): FileChange[] {
  const owners = new Map<RelPath, Chain>()
  for (const chain of chains) {
    for (const { path } of chain.changes.flatMap((change) => change.writes))
      if (owners.get(path)?.place !== path) owners.set(path, chain)
  }
  const joined = chains.map((chain) => {
    const paths = new Set(chain.changes.flatMap((change) => change.writes.map(({ path }) => path)))
    const own = [...paths].flatMap((path) => (owners.get(path) === chain ? (writes.get(path) ?? []) : []))
    // The team's own file may stay where it is, while the template's comes to its new place.
    const isBeside = chain.place !== undefined && chain.place !== chain.ours && !writes.has(chain.ours ?? chain.place)
    if (!isBeside) return joinChain(chain, own)
    const { ours: _, ...fresh } = chain
    return { ...joinChain(fresh, own), action: "create", reason: chain.changes.at(-1)!.reason } as const
  })
  const written = new Set(joined.flatMap(({ path, writes: own }) => (own.length > 0 ? [path] : [])))
  const replaced = new Map(joined.flatMap((change) => (isReplaced(change, written) ? [[change.path, change]] : [])))
  const told = joined.filter((change) => !isReplaced(change, written)).map((change) => asUpdate(change, replaced))
  // Of two that were both at a path, and both write nothing, the later one.
  const last = new Map(told.map((change, index) => [change.path, index]))
  return told.filter(
    ({ path, writes: own, status }, index) => own.length > 0 || status === "conflict" || last.get(path) === index,
  )
}

/** A file went, and another one came to its place: one change is told. */
function isReplaced({ path, writes, status }: FileChange, written: ReadonlySet<RelPath>): boolean {
  return writes.length === 0 && status !== "conflict" && written.has(path)
}

function asUpdate(change: FileChange, replaced: ReadonlyMap<RelPath, FileChange>): FileChange {
  const old = replaced.get(change.path)
  if (change.action !== "create" || old === undefined) return change
  const reason = change.reason === "new-in-template" ? "template-changed" : change.reason
  return { ...change, action: "update", reason, paths: { ...old.paths, ...change.paths } }
}

function joinChain({ changes, base, ours, theirs, place }: Chain, writes: readonly DiskWrite[]): FileChange {
  const last = changes.at(-1)!
  // What went is told at the path where it was.
  const path = last.status === "conflict" ? last.path : (place ?? (writes.length > 0 ? ours : undefined) ?? last.path)
  const from = [ours, theirs ?? base].find((each) => each !== undefined && each !== path)
  const [action, reason] = outcome(changes, ours, place)
  const restored = new Map(changes.flatMap((change) => (change.restored ?? []).map((each) => [each.at, each])))
  return {
    path,
    ...(from === undefined ? {} : { from }),
    action,
    status: last.status,
    reason,
    ...(last.conflicts ? { conflicts: last.conflicts } : {}),
    ...(restored.size > 0 ? { restored: [...restored.values()] } : {}),
    ...(changes.some((change) => change.paths)
      ? { paths: { ...(base && { base }), ...(ours && { ours }), ...(theirs && { theirs }) } }
      : {}),
    writes,
  }
}

const SILENT: readonly ChangeReason[] = ["unchanged", "already-there"]

function outcome(
  changes: readonly FileChange[],
  ours: RelPath | undefined,
  place: RelPath | undefined,
): [ChangeAction, ChangeReason] {
  const last = changes.at(-1)!
  const told = changes.filter(({ reason }) => !SILENT.includes(reason))
  if (last.status !== "clean" || told.length === 0) return [last.action, last.reason]
  if (told.length === 1) return [told[0]!.action, told[0]!.reason]
  const byMigration = told.every(({ reason }) => reason === "migrated")
  if (ours === undefined)
    return place === undefined ? ["none", "unchanged"] : ["create", byMigration ? "migrated" : "new-in-template"]
  if (place === undefined) return ["delete", byMigration ? "migrated" : "deleted-by-template"]
  const moved = told.find(({ reason }) => reason.startsWith("renamed-by-"))
  const isLocked = told.some(({ reason }) => reason === "locked")
  if (place !== ours) return ["rename", isLocked ? "locked" : (moved?.reason ?? "renamed-by-template")]
  const merged = told.find(({ action }) => action === "merge")
  if (isLocked) return [merged?.action ?? "update", "locked"]
  const written = merged ?? told.findLast(({ writes }) => writes.length > 0) ?? last
  return [written.action, moved?.reason ?? written.reason]
}
