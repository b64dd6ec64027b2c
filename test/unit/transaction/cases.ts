import { join } from "node:path"
import type { FileSystem } from "../../../src/app/ports/file-system.ts"
import { fingerprint } from "../../../src/core/hash.ts"
import type { DiskWrite } from "../../../src/core/model/change.ts"
import { relPathOf } from "../../../src/core/model/path.ts"
import type { FileEntry, FileMode } from "../../../src/core/model/tree.ts"

export interface Case {
  readonly title: string
  /** The project, relative to the folder that is looked at. */
  readonly root: string
  readonly prepare: (fs: FileSystem, base: string) => void
  readonly writes: readonly DiskWrite[]
}

export function file(content: string, mode: FileMode = "644"): FileEntry {
  return { mode, bytes: Buffer.from(content) }
}

export function write(path: string, before: FileEntry | null, after: FileEntry | null): DiskWrite {
  return { path: relPathOf(path), before: before && fingerprint(before), after }
}

/** Puts a file where it belongs, with its folders. */
export function put(fs: FileSystem, path: string, entry: FileEntry, permissions?: number): void {
  fs.makeDirectory(join(path, ".."))
  fs.write(path, entry, permissions === undefined ? {} : { permissions })
}

const NEW_PROJECT: readonly DiskWrite[] = [
  write("dbt_project.yml", null, file("name: sales\n")),
  write("models/staging/orders.sql", null, file("select 1\n")),
  write("models/staging/orders.yml", null, file("models: []\n")),
  write("scripts/run.sh", null, file("#!/bin/sh\n", "755")),
  write("latest", null, file("models/staging", "link")),
]

const EXISTING: readonly DiskWrite[] = [
  write("dbt_project.yml", file("old"), file("new")),
  write("gone/deep/one.sql", file("one"), null),
  write("gone/deep/two.sql", file("two"), null),
  write("gone/link", file("deep/one.sql", "link"), null),
  write("half/deleted.sql", file("deleted"), null),
  write("link", file("dbt_project.yml", "link"), file("run.sh", "link")),
  write("link-to-file", file("run.sh", "link"), file("no link now")),
  write("file-to-link", file("no link yet"), file("run.sh", "link")),
  write("read-only.sql", file("old"), file("new")),
  write("private.sql", file("old"), file("new", "755")),
  write("run.sh", file("#!/bin/sh\n"), file("#!/bin/sh\n", "755")),
  write("new/nested/folder/file.sql", null, file("brand new")),
  write("meshwright.lock", file("lock 1"), file("lock 2")),
]

/** The case with a title. */
export function caseOf(title: string): Case {
  const found = CASES.find((candidate) => candidate.title === title)
  if (found === undefined) throw new Error(`there is no case ${title}`)
  return found
}

function prepareExisting(fs: FileSystem, root: string): void {
  put(fs, join(root, "dbt_project.yml"), file("old"), 0o664)
  fs.makeDirectory(join(root, "gone"), 0o750)
  fs.makeDirectory(join(root, "gone/deep"), 0o700)
  put(fs, join(root, "gone/deep/one.sql"), file("one"), 0o640)
  put(fs, join(root, "gone/deep/two.sql"), file("two"))
  put(fs, join(root, "gone/link"), file("deep/one.sql", "link"))
  put(fs, join(root, "half/deleted.sql"), file("deleted"), 0o444)
  put(fs, join(root, "half/stays.sql"), file("the team's"))
  put(fs, join(root, "link"), file("dbt_project.yml", "link"))
  put(fs, join(root, "link-to-file"), file("run.sh", "link"))
  put(fs, join(root, "file-to-link"), file("no link yet"), 0o600)
  put(fs, join(root, "read-only.sql"), file("old"), 0o444)
  put(fs, join(root, "private.sql"), file("old"), 0o600)
  put(fs, join(root, "run.sh"), file("#!/bin/sh\n"), 0o664)
  put(fs, join(root, "meshwright.lock"), file("lock 1"))
}

export const CASES: readonly Case[] = [
  {
    title: "a new project, in a folder that is not there",
    root: "some/where/sales",
    prepare: () => {},
    writes: NEW_PROJECT,
  },
  {
    title: "a new project, in a folder that is there and empty",
    root: "sales",
    prepare: (fs, base) => void fs.makeDirectory(join(base, "sales")),
    writes: NEW_PROJECT,
  },
  {
    title: "a new project, inside a git work tree",
    root: "mesh/domains/sales",
    prepare: (fs, base) => put(fs, join(base, "mesh/.git/HEAD"), file("ref: refs/heads/main\n")),
    writes: NEW_PROJECT,
  },
  {
    title: "an existing project without git",
    root: "sales",
    prepare: (fs, base) => prepareExisting(fs, join(base, "sales")),
    writes: EXISTING,
  },
  {
    title: "an existing project with git",
    root: "sales",
    prepare: (fs, base) => {
      prepareExisting(fs, join(base, "sales"))
      put(fs, join(base, "sales/.git/HEAD"), file("ref: refs/heads/main\n"))
    },
    writes: EXISTING,
  },
  {
    title: "a file becomes a folder, and a folder a file",
    root: "sales",
    prepare: (fs, base) => {
      put(fs, join(base, "sales/docs"), file("a page"), 0o640)
      fs.makeDirectory(join(base, "sales/macros"), 0o750)
      put(fs, join(base, "sales/macros/deep/a.sql"), file("a"))
    },
    writes: [
      write("docs", file("a page"), null),
      write("docs/index.md", null, file("a page")),
      write("macros", null, file("a")),
      write("macros/deep/a.sql", file("a"), null),
    ],
  },
]
