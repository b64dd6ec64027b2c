import type { ListGrammar } from "../../outline/parse-list.ts"
import { skipBlanks } from "../../outline/parse-list.ts"
import { splitRequirement } from "../lines/requirement-name.ts"
import { canonOf, restOfLine, valueEnd } from "./toml-values.ts"

// Lists of Python packages (PEP 518, 621, 735; uv, pdm, hatch).
const PACKAGES =
  /^(?:project\/(?:dependencies|optional-dependencies\/.*)|dependency-groups\/.*|build-system\/requires|.*dependencies)$/

/** How the items of the list at `path` are read and told apart: packages by their name, others by their value. */
export function listGrammarOf(path: readonly string[]): ListGrammar {
  const packages = PACKAGES.test(path.join("/"))
  return {
    itemEnd: (text, at) => (/[\],#\n]/.test(text[at] ?? "\n") ? at : valueEnd(text, at)),
    isComment: (text, at) => text[skipBlanks(text, at)] === "#",
    restOfLine: (text, at) => restOfLine(text, at, true),
    item: (text) => {
      const canon = canonOf(text)
      return { id: packages ? packageId(canon) : canon, text, canon }
    },
  }
}

/** A package may be there once for each marker. */
function packageId(canon: string): string {
  const content = /^"(.*)"$|^'(.*)'$/.exec(canon)
  if (content === null) return canon
  const { id, rest } = splitRequirement(content[1] ?? content[2]!)
  return rest === "" ? id : id + (/;.*$/.exec(rest)?.[0] ?? "").replace(/\s+/g, "")
}
