import { mkdtempSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, onTestFinished, test } from "vitest"
import { memoryFileSystem } from "../../src/adapters/memory-file-system.ts"
import { nodeFileSystem } from "../../src/adapters/node-file-system.ts"
import type { FileSystem } from "../../src/app/ports/file-system.ts"
import type { FileEntry } from "../../src/core/model/tree.ts"

interface Place {
  readonly fs: FileSystem
  readonly root: string
}

const PLACES: readonly (readonly [string, () => Place])[] = [
  ["disk", onDisk],
  ["memory", inMemory],
]

describe.each(PLACES)("a file system on %s", (_name, place) => {
  test("reads what it wrote: file, executable, link, bytes that are no text", () => {
    const { fs, root } = place()
    for (const [name, entry] of Object.entries(ENTRIES)) {
      fs.write(join(root, name), entry)
      expect(textAndMode(fs.read(join(root, name)))).toEqual(textAndMode(entry))
    }
    expect(fs.list(root)).toEqual(Object.keys(ENTRIES).toSorted())
    expect(fs.stat(join(root, "link"))?.kind).toBe("link")
  })

  test("finds nothing where nothing is, and below a file", () => {
    const { fs, root } = place()
    fs.write(join(root, "file"), text("x"))
    for (const path of [join(root, "none"), join(root, "none/deep"), join(root, "file/below")]) {
      expect(fs.stat(path)).toBeNull()
      expect(fs.read(path)).toBeNull()
      expect(fs.realPath(path)).toBeNull()
      expect(fs.list(path)).toEqual([])
      expect(fs.removeDirectory(path)).toBe(false)
      fs.remove(path)
    }
    expect(fs.list(join(root, "file"))).toEqual([])
  })

  test("a directory is no file", () => {
    const { fs, root } = place()
    expect(fs.stat(root)?.kind).toBe("directory")
    expect(fs.read(root)).toBeNull()
    fs.makeDirectory(join(root, "dir"))
    expect(() => fs.remove(join(root, "dir"))).toThrow(Error)
    expect(fs.stat(join(root, "dir"))?.kind).toBe("directory")
  })

  test("write never overwrites", () => {
    const { fs, root } = place()
    fs.write(join(root, "file"), text("x"))
    fs.write(join(root, "link"), link("nowhere"))
    for (const path of [join(root, "file"), join(root, "link")]) {
      expect(() => fs.write(path, text("y"))).toThrow(code("EEXIST"))
      expect(() => fs.write(path, link("y"))).toThrow(code("EEXIST"))
    }
    expect(fs.stat(join(root, "nowhere"))).toBeNull()
    expect(() => fs.write(join(root, "none/file"), text("y"))).toThrow(code("ENOENT"))
  })

  test("permissions are exact, whatever the umask", () => {
    const { fs, root } = place()
    for (const permissions of [0o444, 0o600, 0o664, 0o666, 0o777]) {
      const path = join(root, permissions.toString(8))
      fs.write(path, text("x"), { permissions, sync: true })
      expect(fs.stat(path)).toEqual({ kind: "file", permissions })
      expect(fs.read(path)?.mode).toBe(permissions === 0o777 ? "755" : "644")
    }
    fs.makeDirectory(join(root, "dir"), 0o775)
    expect(fs.stat(join(root, "dir"))).toEqual({ kind: "directory", permissions: 0o775 })
    fs.makeDirectory(join(root, "dir"), 0o700)
    expect(fs.stat(join(root, "dir"))?.permissions).toBe(0o700)
  })

  test("makeDirectory tells which directories it made, outermost first", () => {
    const { fs, root } = place()
    const made = [join(root, "a"), join(root, "a/b"), join(root, "a/b/c")]
    expect(fs.makeDirectory(join(root, "a/b/c"))).toEqual(made)
    expect(fs.makeDirectory(join(root, "a/b/c"))).toEqual([])
    expect(fs.makeDirectory(join(root, "a/b/d"))).toEqual([join(root, "a/b/d")])
    fs.write(join(root, "file"), text("x"))
    expect(() => fs.makeDirectory(join(root, "file"))).toThrow(code("EEXIST"))
    expect(() => fs.makeDirectory(join(root, "file/below"))).toThrow(code("ENOTDIR"))
  })

  test("removeDirectory removes empty directories only, and no link to one", () => {
    const { fs, root } = place()
    fs.makeDirectory(join(root, "full"))
    fs.makeDirectory(join(root, "empty"))
    fs.write(join(root, "full/file"), text("x"))
    fs.write(join(root, "link"), link("empty"))
    expect(["full", "link", "full/file", "empty"].map((name) => fs.removeDirectory(join(root, name)))).toEqual([
      false,
      false,
      false,
      true,
    ])
    expect(fs.list(root)).toEqual(["full", "link"])
  })

  test("rename replaces files and links, read-only ones too, and keeps the permissions of what it moves", () => {
    const { fs, root } = place()
    fs.write(join(root, "old"), text("old"), { permissions: 0o444 })
    fs.write(join(root, "new"), text("new"), { permissions: 0o640 })
    fs.rename(join(root, "new"), join(root, "old"))
    expect(textAndMode(fs.read(join(root, "old")))).toEqual(["644", "new"])
    expect(fs.stat(join(root, "old"))?.permissions).toBe(0o640)
    fs.write(join(root, "link"), link("old"))
    fs.rename(join(root, "link"), join(root, "moved"))
    expect(textAndMode(fs.read(join(root, "moved")))).toEqual(["link", "old"])
    fs.write(join(root, "file"), text("file"))
    fs.rename(join(root, "file"), join(root, "moved"))
    expect(textAndMode(fs.read(join(root, "moved")))).toEqual(["644", "file"])
    expect(textAndMode(fs.read(join(root, "old")))).toEqual(["644", "new"])
    expect(fs.list(root)).toEqual(["moved", "old"])
  })

  test("rename does not replace a directory, nor make one", () => {
    const { fs, root } = place()
    fs.write(join(root, "file"), text("x"))
    fs.makeDirectory(join(root, "dir"))
    expect(() => fs.rename(join(root, "file"), join(root, "dir"))).toThrow(Error)
    expect(() => fs.rename(join(root, "file"), join(root, "none/file"))).toThrow(code("ENOENT"))
    expect(() => fs.rename(join(root, "none"), join(root, "other"))).toThrow(code("ENOENT"))
    expect(fs.list(root)).toEqual(["dir", "file"])
  })

  test("a second name keeps the bytes when the first is replaced", () => {
    const { fs, root } = place()
    fs.write(join(root, "file"), text("old"))
    fs.link(join(root, "file"), join(root, "kept"))
    expect(() => fs.link(join(root, "file"), join(root, "kept"))).toThrow(code("EEXIST"))
    expect(() => fs.link(join(root, "none"), join(root, "other"))).toThrow(code("ENOENT"))
    fs.write(join(root, "new"), text("new"))
    fs.rename(join(root, "new"), join(root, "file"))
    expect(textAndMode(fs.read(join(root, "kept")))).toEqual(["644", "old"])
    fs.rename(join(root, "kept"), join(root, "file"))
    expect(textAndMode(fs.read(join(root, "file")))).toEqual(["644", "old"])
  })

  test("works through a link to a directory, and tells where it leads", () => {
    const { fs, root } = place()
    fs.makeDirectory(join(root, "dir"))
    fs.write(join(root, "to-dir"), link("dir"))
    fs.write(join(root, "to-nothing"), link("none"))
    fs.write(join(root, "to-itself"), link("to-itself"))
    fs.write(join(root, "to-dir/file"), text("x"))
    fs.rename(join(root, "to-dir/file"), join(root, "to-dir/moved"))
    expect(fs.list(join(root, "dir"))).toEqual(["moved"])
    expect(fs.makeDirectory(join(root, "to-dir"))).toEqual([])
    expect(fs.realPath(join(root, "to-dir/moved"))).toBe(join(root, "dir/moved"))
    expect(fs.realPath(join(root, "to-nothing"))).toBeNull()
    expect(fs.realPath(join(root, "to-itself"))).toBeNull()
    fs.remove(join(root, "to-dir/moved"))
    fs.remove(join(root, "to-dir"))
    expect(fs.list(root)).toEqual(["dir", "to-itself", "to-nothing"])
  })
})

const ENTRIES: Readonly<Record<string, FileEntry>> = {
  file: text("hello\r\n"),
  empty: text(""),
  program: { mode: "755", bytes: Buffer.from("#!/bin/sh\n") },
  binary: { mode: "644", bytes: Uint8Array.of(0, 255, 254, 10, 13, 128) },
  link: link("some/where else/é"),
}

function text(content: string): FileEntry {
  return { mode: "644", bytes: Buffer.from(content) }
}

function link(target: string): FileEntry {
  return { mode: "link", bytes: Buffer.from(target) }
}

function textAndMode(entry: FileEntry | null): readonly string[] | null {
  return entry && [entry.mode, Buffer.from(entry.bytes).toString("latin1")]
}

function code(expected: string): Error {
  const error: Error = expect.objectContaining({ code: expected })
  return error
}

function onDisk(): Place {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "file-system-")))
  onTestFinished(() => rmSync(root, { recursive: true }))
  return { fs: nodeFileSystem(), root }
}

function inMemory(): Place {
  const fs = memoryFileSystem()
  fs.makeDirectory("/place/root")
  return { fs, root: "/place/root" }
}
