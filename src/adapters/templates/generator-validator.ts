import { Ajv, type ValidateFunction } from "ajv"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { packageFolder } from "../package-folder.ts"
import options from "./ajv-options.json" with { type: "json" }

// The build puts compiled code in the place of this file, as it does with template-validator.ts.

const schema = (name: string): object =>
  JSON.parse(readFileSync(join(packageFolder(), "schemas", name), "utf8")) as object

/** Validates against schemas/generator.schema.json. */
export const validate: ValidateFunction = new Ajv(options)
  .addSchema(schema("template.schema.json"), "template.schema.json")
  .compile(schema("generator.schema.json"))
