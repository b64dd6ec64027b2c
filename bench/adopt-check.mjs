// npm run adopt-check -- [--template SOURCE] [--packages FOLDER…] [--only NAME] [--json] REPOSITORY…: puts every dbt project of
// these git repositories under a template, in a copy, and compares what `dbt parse` makes of it before and after.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { build } from "esbuild"
import { duckdbLibraryFolder, meshwright, program, root } from "../scripts/setup/places.mjs"
import { main, setUp } from "../scripts/setup/set-up.mjs"
import { steps } from "../scripts/setup/steps.mjs"

await main(async () => {
  await setUp(...["nodeModules", "built", "dbt1", "dbt2", "duckdbLibrary"].map((name) => steps[name]))
  const folder = mkdtempSync(join(tmpdir(), "meshwright-adopt-check-"))
  const outfile = join(folder, "adopt-check.cjs")
  const tools = {
    meshwright,
    dbt: { v1: program("dbt1", "dbt"), v2: program("dbt2", "dbt") },
    libraries: duckdbLibraryFolder,
  }
  try {
    await build({
      absWorkingDir: root,
      entryPoints: ["bench/adopt-check/adopt-check.ts"],
      outfile,
      bundle: true,
      format: "cjs",
      platform: "node",
      logLevel: "warning",
    })
    const { adoptCheck } = await import(pathToFileURL(outfile).href)
    return await adoptCheck(process.argv.slice(2), folder, tools)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
