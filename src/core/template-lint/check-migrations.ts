import { didYouMean } from "../answers/closest.ts"
import { type Diagnostic, problem } from "../model/diagnostic.ts"
import { type LintInput, placeIn, warning } from "./lint-input.ts"
import type { TriedTemplate } from "./rendered-cases.ts"

const FOLDER = "migrations/"

/** Migrations whose script is not there: every project's update would fail. And those that run no script of the template. */
export function checkMigrations(
  { manifests, scripts = [] }: LintInput,
  { cases }: TriedTemplate,
): readonly Diagnostic[] {
  const [main] = manifests
  if (main === undefined) return []
  // A project's own folder may have that name.
  const rendered = new Set<string>(cases.flatMap(({ tree }) => [...tree.keys()]))
  return main.manifest.migrations.flatMap(({ since, run }, index) => {
    const isScript = (word: string): boolean => word.startsWith(FOLDER)
    if (!run.some(isScript)) {
      const [meant] = run.filter((word) => word.replace(/^\.\//, "").startsWith(FOLDER))
      return [
        warning("migration-no-script", `the migration ${since} runs no script of the folder migrations/`, {
          ...placeIn(main, ["migrations", index, "run"]),
          hint:
            meant === undefined
              ? "what it runs has to be on every machine; write it as a script: run: [node, migrations/NAME.mjs]"
              : `write ${meant.replace(/^\.\//, "")}`,
        }),
      ]
    }
    return run.flatMap((word, at) => {
      if (!isScript(word) || scripts.includes(word) || rendered.has(word)) return []
      const there = scripts.length === 0 ? "there is no script in migrations/" : `there are: ${scripts.join(", ")}`
      return [
        problem("migration-missing", `the migration ${since} names ${word}, which is not there`, {
          ...placeIn(main, ["migrations", index, "run", at]),
          hint: didYouMean(word, scripts, there),
        }),
      ]
    })
  })
}
