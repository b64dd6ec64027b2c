import { outlineFormat } from "../../outline/outline-format.ts"
import type { MergeFormat } from "../merge-format.ts"
import { parseMarkdown } from "./parse-markdown.ts"
import { splitItems } from "./split-items.ts"

/** Markdown: lines are merged, and where they clash, sections that only one side has are told apart. */
export const markdownFormat: MergeFormat = outlineFormat({
  name: "markdown",
  matches: (path) => /\.(?:md|markdown)$/i.test(path),
  ordered: true,
  linesFirst: true,
  split: splitItems,
  parse: parseMarkdown,
  nameOf: ({ id, before }) => (id === "" || id.startsWith("docs ") ? id : before.trim()),
})
