import { isMap, isScalar, type LineCounter } from "yaml"
import type { AnswerPlaces } from "../answers/resolve-answers.ts"

/** Where each key of a YAML map stands, for telling what is wrong with its value. Empty for anything but a map. */
export function answerPlaces(map: unknown, lines: LineCounter, file: string): AnswerPlaces {
  if (!isMap(map)) return {}
  return Object.fromEntries(
    map.items.flatMap(({ key }) => {
      if (!isScalar(key) || !key.range) return []
      const { line, col } = lines.linePos(key.range[0])
      return [[String(key.value), { file, position: { line, column: col } }]]
    }),
  )
}
