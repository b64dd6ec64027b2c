import { parseManifest } from "../../src/core/template/parse-manifest.ts"
import type { Manifest, Template } from "../../src/core/model/template.ts"
import type { RelPath } from "../../src/core/model/path.ts"
import type { FileMode, Tree } from "../../src/core/model/tree.ts"

/** A manifest from YAML, with name, version and description filled in. */
export function manifest(yaml: string): Manifest {
  return parseManifest(`name: tiny\nversion: 1.0.0\ndescription: a test\n${yaml}`, "template.yml").manifest
}

/** A tree from texts; a value `link:target` is a symbolic link, `exec:text` an executable file. */
function tree(files: Readonly<Record<string, string | Uint8Array>>): Tree {
  return new Map(
    Object.entries(files).map(([path, content]) => {
      if (typeof content !== "string") return [path as RelPath, { mode: "644" as FileMode, bytes: content }]
      const [, kind, rest] = /^(link|exec):([\s\S]*)$/.exec(content) ?? []
      const mode: FileMode = kind === "link" ? "link" : kind === "exec" ? "755" : "644"
      return [path as RelPath, { mode, bytes: Buffer.from(rest ?? content) }]
    }),
  )
}

/** A template from a manifest's YAML and its files. */
export function template(yaml: string, files: Readonly<Record<string, string | Uint8Array>>): Template {
  return {
    ref: { source: "../tiny", version: "1.0.0", integrity: "sha256:0" },
    folder: "/templates/tiny",
    manifest: manifest(yaml),
    layers: [{ files: tree(files) }],
  }
}
