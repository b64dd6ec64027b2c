import { describe, expect, it } from "vitest"
import { code, embedded, plainText, table } from "../../../src/cli/views/markdown.ts"

describe("text in Markdown", () => {
  it.each([
    ["a", "`a`"],
    ["a`b", "``a`b``"],
    ["`a` ``b``", "``` `a` ``b`` ```"],
    ["<b>*x*</b> [y](z) @team #1", "`<b>*x*</b> [y](z) @team #1`"],
    ["two\nlines\t", "`two lines`"],
    ["", "(empty)"],
  ])("%j as code", (text, markdown) => expect(code(text)).toBe(markdown))

  it.each([
    ["1.4.0-rc.1", "1.4.0-rc.1"],
    [
      "<img src=x> *a* _b_ `c` [d](e) #f @g ~h !i |j \\k",
      "\\<img src=x\\> \\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\#f \\@g \\~h \\!i \\|j \\\\k",
    ],
    ["a & b &lt; c\n# d", "a &amp; b &amp;lt; c \\# d"],
  ])("%j as text", (text, markdown) => expect(plainText(text)).toBe(markdown))

  it("keeps pipes and lines of cells within their cells", () => {
    expect(table(["a", "b"], [[code("x | y"), `${code("`|`")}\n2`]])).toEqual([
      "| a | b |",
      "| --- | --- |",
      "| `x \\| y` | `` `\\|` ``<br>2 |",
    ])
  })
})

describe("Markdown of somebody else", () => {
  it("has smaller headings than the one above it, but not in code", () => {
    expect(embedded("## Added\n- a\n\n### More\n```sh\n# run\n```\n#tag", 3)).toBe(
      "#### Added\n- a\n\n##### More\n```sh\n# run\n```\n#tag",
    )
    expect(embedded("# A\n###### B", 3)).toBe("#### A\n###### B")
    expect(embedded("##### A", 3)).toBe("##### A")
    expect(embedded("- a", 3)).toBe("- a")
  })

  it("leaves no code open", () => {
    expect(embedded("~~~~\n# a\n```", 3)).toBe("~~~~\n# a\n```\n~~~~")
  })
})
