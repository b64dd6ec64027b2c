import { holds } from "../answers/condition.ts"
import { declaredNames, deriveValues } from "../answers/derive.ts"
import type { Answers } from "../model/answers.ts"
import type { DataGenerator } from "../model/generator.ts"
import type { RelPath } from "../model/path.ts"
import type { RenderedTree } from "../model/template.ts"
import type { FileEntry } from "../model/tree.ts"
import { render } from "../render/engine.ts"
import { globMatcher } from "../render/glob.ts"
import { renderTree } from "../render/render-tree.ts"

/**
 * Renders what a generator adds. Other than in a template, an answer may be several segments of a path (`staging/app`),
 * and files with {{item}} in their path are rendered for each item of a list. What a template may not bring, a generator
 * may not either. Throws a MeshwrightError with what is wrong.
 */
export function renderGenerator({ manifest, files, forEach }: DataGenerator, answers: Answers): RenderedTree {
  const known = new Set([...declaredNames(manifest), "item"])
  const rules = manifest.files.map(({ path, when }) => ({ matches: globMatcher(path), when }))
  const items = forEach === undefined ? [] : ((answers[forEach] ?? []) as readonly string[])
  const rendered = new Map<RelPath, FileEntry>()
  for (const [origin, file] of files) {
    for (const item of origin.includes("{{item}}") ? items : [undefined]) {
      const scope = deriveValues(manifest, item === undefined ? answers : { ...answers, item })
      // A folder may be the one above it: `models/./orders.sql`.
      const path = render(origin.replace(/\.hbs$/, ""), scope, origin, known).replaceAll("/./", "/")
      // A segment that renders to nothing drops the file, and so does a condition: its names may have no value.
      const isWanted = rules.every(({ matches, when }) => !matches(path) || holds(when, scope))
      if (path.split("/").includes("") || !isWanted) continue
      const bytes = origin.endsWith(".hbs") ? renderBytes(file.bytes, scope, origin, known) : file.bytes
      rendered.set(path as RelPath, { mode: file.mode, bytes })
    }
  }
  const ref = { source: "", version: manifest.version, integrity: "" }
  return renderTree({ ref, folder: "", manifest, layers: [{ files: rendered }] }, answers)
}

function renderBytes(
  bytes: Uint8Array,
  scope: Readonly<Record<string, unknown>>,
  origin: string,
  known: ReadonlySet<string>,
): Uint8Array {
  return Buffer.from(render(Buffer.from(bytes).toString("utf8"), scope, origin, known), "utf8")
}
