import { expect, test } from "vitest"
import { placeProperties } from "../../../src/core/add/place-properties.ts"
import { relPathOf } from "../../../src/core/model/path.ts"

const models = (...names: string[]) => `models:\n${names.map((name) => `  - name: ${name}\n`).join("")}`
const sources = (...names: string[]) => `sources:\n${names.map((name) => `  - name: ${name}\n`).join("")}`

test.each<[string, Record<string, string>, string]>([
  ["a new file by dbt's conventions", {}, "models/marts/_marts__models.yml"],
  ["the file of the folder", { "models/marts/schema.yml": models("a", "b") }, "models/marts/schema.yml"],
  ["the file of the folder with one model", { "models/marts/_models.yml": models("a") }, "models/marts/_models.yml"],
  ["the file of the folder whose list is empty", { "models/marts/_m.yml": "models: []\n" }, "models/marts/_m.yml"],
  [
    "no file of another folder",
    { "models/staging/_staging__models.yml": models("a", "b") },
    "models/marts/_marts__models.yml",
  ],
  [
    "the names of the project",
    { "models/a/_models.yml": models("a"), "models/b/_models.yml": models("b") },
    "models/marts/_models.yml",
  ],
  [
    "the names of the project, with the folder's in it",
    { "models/a/_a_models.yml": models("a") },
    "models/marts/_marts_models.yml",
  ],
  ["no file of sources", { "models/marts/_marts__sources.yml": sources("a") }, "models/marts/_marts__models.yml"],
  [
    "not beside a model with a file of its own",
    { "models/marts/a.yml": models("a") },
    "models/marts/_marts__models.yml",
  ],
  ["where it is already", { "models/a.yml": models("a", "new"), "models/marts/_m.yml": models("b") }, "models/a.yml"],
  ["broken files are left alone", { "models/marts/_m.yml": "models: [\n" }, "models/marts/_m.yml"],
])("models go to %s", (_, files, expected) => {
  const found = new Map(Object.entries(files).map(([path, text]) => [relPathOf(path), text]))
  expect(placeProperties(relPathOf("models/marts/_models.yml"), "models", ["new"], found)).toBe(expected)
})

test("a file of a folder above counts where it has entries for this folder", () => {
  const files = new Map([[relPathOf("models/schema.yml"), models("a", "b")]])
  const place = (siblings: string[]) =>
    placeProperties(relPathOf("models/marts/_models.yml"), "models", ["new"], files, siblings)
  expect(place(["a"])).toBe("models/schema.yml")
  expect(place(["z"])).not.toBe("models/schema.yml")
})

test("groups go to the file of groups, wherever it is", () => {
  const place = (files: Record<string, string>) =>
    placeProperties(
      relPathOf("models/_groups.yml"),
      "groups",
      ["sales"],
      new Map(Object.entries(files).map(([path, text]) => [relPathOf(path), text])),
    )
  expect(place({ "models/org/owners.yml": "groups:\n  - name: finance\n" })).toBe("models/org/owners.yml")
  expect(place({})).toBe("models/_groups.yml")
})
