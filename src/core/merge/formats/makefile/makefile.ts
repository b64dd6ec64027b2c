import { outlineFormat } from "../../outline/outline-format.ts"
import type { MergeFormat } from "../merge-format.ts"
import { parseMakefile } from "./parse-makefile.ts"

/** Makefiles: lines are merged, and where they clash, rules and variables that only one side has are told apart. */
export const makefileFormat: MergeFormat = outlineFormat({
  name: "makefile",
  matches: (path) => /(?:^|\/)(?:GNUm|[Mm])akefile$|\.mk$/.test(path),
  ordered: true,
  linesFirst: true,
  parse: parseMakefile,
})
