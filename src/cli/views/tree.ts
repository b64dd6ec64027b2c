import type { RenderedTree } from "../../core/model/template.ts"
import type { TreeChange } from "../../core/tree-diff/diff-trees.ts"
import type { Paint } from "./paint.ts"

/** Files as a tree of folders; behind each what is special about it. */
export function treeLines(tree: RenderedTree, paint: Paint): readonly string[] {
  const lines: string[] = []
  let open: readonly string[] = []
  for (const { path, policy, mode } of tree.values()) {
    const parts = path.split("/")
    const folders = parts.slice(0, -1)
    const shared = folders.findIndex((folder, index) => folder !== open[index])
    const from = shared < 0 ? folders.length : shared
    for (const [index, folder] of folders.entries())
      if (index >= from) lines.push(`${"  ".repeat(index + 1)}${paint("bold", `${folder}/`)}`)
    open = folders
    const notes = [
      ...(policy === "merge" ? [] : [policy]),
      ...(mode === "644" ? [] : [mode === "755" ? "executable" : "link"]),
    ]
    lines.push(
      `${"  ".repeat(parts.length)}${parts.at(-1)}${notes.length > 0 ? paint("dim", `  ${notes.join(", ")}`) : ""}`,
    )
  }
  return lines
}

/** A line for each file that changes, and their sum. */
export function statLines(changes: readonly TreeChange[], paint: Paint): readonly string[] {
  const names = changes.map(({ path, from }) => (from === undefined ? path : `${from} => ${path}`))
  const width = Math.max(0, ...names.map((name) => name.length))
  const sum = (of: "added" | "removed"): number => changes.reduce((total, change) => total + change[of], 0)
  return [
    ...changes.map(({ status, added, removed }, index) => {
      const lines = [
        ...(added > 0 ? [paint("green", `+${added}`)] : []),
        ...(removed > 0 ? [paint("red", `-${removed}`)] : []),
      ]
      return `  ${names[index]!.padEnd(width)}  ${status}${lines.length > 0 ? `  ${lines.join(" ")}` : ""}`
    }),
    `${changes.length} ${changes.length === 1 ? "file" : "files"} changed, ${sum("added")} lines added, ${sum("removed")} removed`,
  ]
}

/** The diffs, one below the other. */
export function changeText(changes: readonly TreeChange[], paint: Paint): string {
  return changes
    .flatMap(({ text }) => text.split("\n"))
    .map((line) => {
      if (/^(?:\+\+\+|---|rename|old mode|new mode|Binary) /.test(line)) return paint("bold", line)
      if (line.startsWith("+")) return paint("green", line)
      if (line.startsWith("-")) return paint("red", line)
      return line.startsWith("@@") ? paint("cyan", line) : line
    })
    .join("\n")
}
