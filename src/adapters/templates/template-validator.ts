import { Ajv, type ValidateFunction } from "ajv"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { packageFolder } from "../package-folder.ts"
import options from "./ajv-options.json" with { type: "json" }

// The build puts compiled code in the place of this file: compiling takes twice as long as starting node.

/** Validates against schemas/template.schema.json. */
export const validate: ValidateFunction = new Ajv(options).compile(
  JSON.parse(readFileSync(join(packageFolder(), "schemas", "template.schema.json"), "utf8")) as object,
)
