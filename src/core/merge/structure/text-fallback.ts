import type { MergeResult, MergeSegment, MergeTexts } from "../formats/merge-format.ts"
import { isClean, settledAsOurs } from "../formats/segments.ts"
import { diff3 } from "../text/diff3.ts"
import { linesOf, textOf } from "../text/lines.ts"
import { mergeLines } from "../formats/text.ts"

/** Merges line by line. When the clean result is not `readable`, whatever theirs brought is a conflict. */
export function mergeAsText(texts: MergeTexts, readable: (text: string) => boolean): MergeResult {
  const segments = mergeLines(texts)
  return isClean(segments) && !readable(settledAsOurs(segments)) ? { segments: allOpen(texts) } : { segments }
}

function allOpen({ base, ours, theirs }: MergeTexts): readonly MergeSegment[] {
  const [b, o, t] = [linesOf(base ?? ""), linesOf(ours), linesOf(theirs)]
  return diff3(b, o, t).flatMap((region): readonly MergeSegment[] => {
    const mine = textOf(o.slice(region.ours.start, region.ours.end))
    if (region.kind !== "theirs" && region.kind !== "conflict")
      return mine === "" ? [] : [{ kind: "agreed", text: mine }]
    return [
      {
        kind: "conflict",
        base: textOf(b.slice(region.base.start, region.base.end)),
        ours: mine,
        theirs: textOf(t.slice(region.theirs.start, region.theirs.end)),
        line: region.ours.start + 1,
      },
    ]
  })
}
