import { describe, expect, it } from "vitest"
import { judge, type Texts } from "../../../bench/replay/verdict.ts"

const texts: Texts = {
  base: "a: 1\nb: 1\n",
  ours: "a: 1\nb: 1\nmine: x\n",
  theirs: "a: 1\nb: 1\nother: y\n",
  human: "a: 1\nb: 1\nother: y\nmine: x\n",
}
const conflict = { clean: false, text: "<<<<<<< ours\n" }
const clean = (text: string) => ({ clean: true, text })
const verdict = (merged: Parameters<typeof judge>[3], git = conflict, sides = texts, slow = false) =>
  judge("yaml", sides, git, merged, slow)

describe("the verdict on a replayed merge", () => {
  it("counts what is as the human made it, byte for byte or in meaning", () => {
    expect(verdict(clean(texts.human)).ours).toEqual({ clean: true, sameBytes: true, sameMeaning: true })
    const other = verdict(clean("a: 1\nb:   1\nmine: x\nother: y\n"))
    expect(other.ours).toEqual({ clean: true, sameBytes: false, sameMeaning: true })
    expect(other.suspicion).toBeUndefined()
    expect(verdict(conflict).ours).toEqual({ clean: false, sameBytes: false, sameMeaning: false })
  })

  it.each([
    ["crash", undefined, conflict],
    ["lost", clean("a: 1\nb: 1\nmine: x\n"), conflict],
    ["broken", clean("a: [1\nb: 1\nmine: x\nother: y\n"), conflict],
    ["git-right", clean(`${texts.human}more: 1\n`), clean(texts.human)],
    ["needless", conflict, clean("a: 1\n")],
    ["other", clean(`${texts.human}more: 1\n`), conflict],
    ["layout", clean("a: 1\nb:   1\nother: y\nmine: x\n"), clean(texts.human)],
  ])("suspects: %s", (suspicion, merged, git) => {
    expect(verdict(merged, git).suspicion).toBe(suspicion)
  })

  it("names the words that are lost", () => {
    expect(verdict(clean("a: 1\nb: 1\nmine: x\n")).words).toEqual(["other", "y"])
  })

  it("does not ask for what the human did beyond merging, or for a word that the human left out", () => {
    const both = "a: 1\nb: 1\nmine: x\nother: y\n"
    expect(verdict(clean(both), clean(both), { ...texts, human: `${both}more: 1\n` }).suspicion).toBeUndefined()
    expect(verdict(clean(texts.ours), conflict, { ...texts, human: texts.ours }).suspicion).toBeUndefined()
  })

  it("has another order of a list's items as an order, and what took long as slow", () => {
    const list = { ...texts, human: "l:\n  - x\n  - y\n" }
    expect(verdict(clean("l:\n  - y\n  - x\n"), conflict, list).suspicion).toBe("order")
    expect(verdict(clean(texts.human), conflict, texts, true).suspicion).toBe("slow")
  })
})
