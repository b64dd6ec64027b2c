import type { LineRange, Region, RegionKind } from "./diff3.ts"

// `key: value`, `key = value`, `"key": value`, `- key: value`, `key=value`, with their indentation.
const KEY = /^(\s*(?:- )?["']?[\w.+-]+["']?\s*[:=](?=\s|$)|\s*\w+=(?=["'\w[({$]))/

/**
 * Splits a conflict in which neighbouring lines were changed, each by one side, when every change left the key in place
 * and only gave it another value: that two settings stand side by side does not make them one. Any other region is
 * returned as it is, and neighbours conflict as in git.
 */
export function splitKeyedLines(
  region: Region,
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
): readonly Region[] {
  const length = region.base.end - region.base.start
  const sizes = [region.ours, region.theirs].map(({ start, end }) => end - start)
  if (region.kind !== "conflict" || sizes.some((size) => size !== length)) return [region]
  const split = Array.from({ length }, (_, step): Region | undefined => {
    const [b, o, t] = [
      base[region.base.start + step]!,
      ours[region.ours.start + step]!,
      theirs[region.theirs.start + step]!,
    ]
    const kind = lineKind(b, o, t)
    if (kind === undefined) return undefined
    return {
      kind,
      base: lineAt(region.base, step),
      ours: lineAt(region.ours, step),
      theirs: lineAt(region.theirs, step),
    }
  })
  return split.every((line) => line !== undefined) ? split : [region]
}

function lineKind(base: string, ours: string, theirs: string): RegionKind | undefined {
  if (base === ours && base === theirs) return "same"
  const changed = base === ours ? theirs : base === theirs ? ours : undefined
  const key = KEY.exec(base)?.[1]
  if (changed === undefined || key === undefined || KEY.exec(changed)?.[1] !== key) return undefined
  return base === ours ? "theirs" : "ours"
}

function lineAt(range: LineRange, step: number): LineRange {
  return { start: range.start + step, end: range.start + step + 1 }
}
