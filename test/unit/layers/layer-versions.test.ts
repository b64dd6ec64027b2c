import { describe, expect, it } from "vitest"
import type { TemplateRef } from "../../../src/core/model/template.ts"
import { isNewSince, isSameState, olderLayer, versionsBefore } from "../../../src/core/template/layer-versions.ts"

/** `a@1.0.0 > b@2.0.0`: a extends b. */
function ref(chain: string): TemplateRef {
  const [own = "", ...below] = chain.split(" > ")
  const at = own.lastIndexOf("@")
  const [source, version] = [own.slice(0, at), own.slice(at + 1)]
  const integrity = `sha256:${own}`
  return { source, version, integrity, ...(below.length > 0 ? { extends: ref(below.join(" > ")) } : {}) }
}

describe("the version that a project has of each layer", () => {
  it.each([
    ["a@1.1.0 > b@2.1.0", "a@1.0.0 > b@2.0.0", ["1.0.0", "2.0.0"]],
    ["a@1.0.0", undefined, [undefined]],
    // On top of the template that the project is of, and back.
    ["a@1.0.0 > b@2.1.0", "b@2.0.0", [undefined, "2.0.0"]],
    ["b@2.1.0", "a@1.0.0 > b@2.0.0", ["2.0.0"]],
    // With another range.
    ["builtin:a@1.1.0 > builtin:b@^2@2.1.0", "builtin:b@2.0.0", [undefined, "2.0.0"]],
    // A layer in between.
    ["a@1.1.0 > m@1.0.0 > b@2.1.0", "a@1.0.0 > b@2.0.0", ["1.0.0", undefined, "2.0.0"]],
    // Elsewhere: the template, the one below it, or both.
    ["moved@1.1.0", "a@1.0.0", ["1.0.0"]],
    ["a@1.1.0 > moved@2.1.0", "a@1.0.0 > b@2.0.0", ["1.0.0", "2.0.0"]],
    ["x@1.1.0 > y@2.1.0", "a@1.0.0 > b@2.0.0", ["1.0.0", "2.0.0"]],
  ])("%s on a project of %s", (now, before, expected) => {
    expect(versionsBefore(ref(now), before === undefined ? undefined : ref(before))).toEqual(expected)
  })

  it("decides what of a release is new to it", () => {
    const before = ["1.0.0", "2.0.0", undefined, "main"]
    expect(isNewSince({ since: "1.1.0" }, before)).toBe(true)
    expect(isNewSince({ since: "1.0.0" }, before)).toBe(false)
    expect(isNewSince({ since: "1.1.0", depth: 1 }, before)).toBe(false)
    expect(isNewSince({ since: "2.0.1", depth: 1 }, before)).toBe(true)
    expect(isNewSince({ since: "0.1.0", depth: 2 }, before)).toBe(true)
    expect(isNewSince({ since: "0.1.0", depth: 3 }, before)).toBe(true)
  })
})

describe("a layer that is older than the project's", () => {
  it.each([
    ["a@1.0.0 > b@1.9.0", "a@1.0.0 > b@2.0.0", "b"],
    ["a@0.9.0 > b@2.0.0", "a@1.0.0 > b@2.0.0", "a"],
    // The template's new release went back to it.
    ["a@1.1.0 > b@1.9.0", "a@1.0.0 > b@2.0.0", undefined],
    // An older meshwright.
    ["a@1.1.0 > builtin:b@1.9.0", "a@1.0.0 > builtin:b@2.0.0", "builtin:b"],
    ["a@1.0.0 > builtin:b@2.0.0", "builtin:b@2.0.0", undefined],
    ["a@main > b@1.0.0", "a@1.0.0 > b@1.0.0", undefined],
  ])("%s on a project of %s: %s", (now, before, expected) => {
    expect(olderLayer(ref(now), ref(before))?.ref.source).toBe(expected)
  })
})

describe("the same state of a template", () => {
  it("is one of all its layers", () => {
    expect(isSameState(ref("a@1.0.0 > b@2.0.0"), ref("a@1.0.0 > b@2.0.0"))).toBe(true)
    expect(isSameState(ref("a@1.0.0 > b@2.0.0"), ref("a@1.0.0 > b@2.0.1"))).toBe(false)
    expect(isSameState(ref("a@1.0.0 > b@2.0.0"), ref("a@1.0.0"))).toBe(false)
  })
})
