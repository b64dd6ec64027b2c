import { expect, test } from "vitest"
import { COMMANDS } from "../../../src/cli/commands.ts"
import { commandHelp, forTerminal, programHelp } from "../../../src/cli/help.ts"
import { wrapText } from "../../../src/core/wrap-text.ts"

test("long lines go on below where their text begins", () => {
  expect(wrapText("  one two three\n\nfour", 9)).toBe("  one two\n  three\n\nfour")
  expect(wrapText("  -y, --yes  ask nothing at all", 30)).toBe(`  -y, --yes  ask nothing at\n${" ".repeat(13)}all`)
  expect(wrapText("  a-long-first-column  text that is long", 24)).toBe("  a-long-first-column  text\n    that is long")
  expect(wrapText("unbreakable-word next", 8)).toBe("unbreakable-word\nnext")
})

const helps = [programHelp(), programHelp("template"), ...COMMANDS.map(commandHelp)]

test.each([40, 60, 80])("at %i columns help is as wide, and says the same", (columns) => {
  for (const help of helps) {
    const shown = forTerminal(help, columns)
    const words = (text: string): string[] => text.split(/\s+/)
    expect(words(shown)).toEqual(words(help))
    const tooLong = shown.split("\n").filter((line) => line.length > columns)
    expect(tooLong.filter((line) => !/^ +(\S+=\S+ )?meshwright |^ *\S+( {2,}|$)|^ +-?\S*,? *--\S+/.test(line))).toEqual(
      [],
    )
  }
})

test("where nobody looks at a terminal, help is as it is", () => {
  for (const help of helps) expect(forTerminal(help, undefined)).toBe(help)
})
