import type { Conflict, ConflictKind } from "../model/conflict.ts"
import type { RelPath } from "../model/path.ts"
import type { FileEntry } from "../model/tree.ts"
import type { MergeTexts } from "./formats/merge-format.ts"
import { namePlace } from "./name-place.ts"
import type { OpenPlace } from "./settle-segments.ts"
import { readTextFile } from "./text/text-file.ts"
import { linesOf, textOf } from "./text/lines.ts"

// Enough to recognise the place in a terminal or a merge request; the whole text is in the file.
const MOST_LINES = 6
const MOST_CHARACTERS = 400

/** The conflict at one place of a text that was merged from `texts`. */
export function placeConflict(kind: ConflictKind, texts: MergeTexts, place: OpenPlace): Conflict {
  const { segment } = place
  return {
    kind,
    path: texts.path,
    at: namePlace(texts, place),
    line: place.lines[0],
    ours: excerpt(segment.ours),
    theirs: excerpt(segment.theirs),
    ...(segment.base === null ? {} : { base: excerpt(segment.base) }),
  }
}

/** The conflict of a whole file. A side that is absent, or no text, has no excerpt. */
export function fileConflict(
  kind: ConflictKind,
  path: RelPath,
  base: FileEntry | undefined,
  ours: FileEntry | undefined,
  theirs: FileEntry | undefined,
): Conflict {
  const sides = { base: fileExcerpt(base), ours: fileExcerpt(ours), theirs: fileExcerpt(theirs) }
  return {
    kind,
    path,
    at: "",
    ...(sides.base === undefined ? {} : { base: sides.base }),
    ...(sides.ours === undefined ? {} : { ours: sides.ours }),
    ...(sides.theirs === undefined ? {} : { theirs: sides.theirs }),
  }
}

function fileExcerpt(file: FileEntry | undefined): string | undefined {
  const text = file && readTextFile(file.bytes)
  return text && excerpt(textOf(text.lines))
}

function excerpt(text: string): string {
  const lines = linesOf(text)
  const short = lines.slice(0, MOST_LINES).join("\n")
  if (short.length > MOST_CHARACTERS) return `${short.slice(0, MOST_CHARACTERS)}…`
  return lines.length > MOST_LINES ? `${short}\n…` : short
}
