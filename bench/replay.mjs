// npm run replay -- [--suspects FOLDER] [--json] REPOSITORY…: merges what people merged in these git repositories once
// more, with git and with the merge of src/core/merge, and compares both with what the people made of it.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { build } from "esbuild"
import { root } from "../scripts/setup/places.mjs"
import { main, setUp } from "../scripts/setup/set-up.mjs"
import { steps } from "../scripts/setup/steps.mjs"

await main(async () => {
  await setUp(steps.nodeModules)
  const folder = mkdtempSync(join(tmpdir(), "meshwright-replay-"))
  const outfile = join(folder, "replay.cjs")
  try {
    await build({
      absWorkingDir: root,
      entryPoints: ["bench/replay/replay.ts"],
      outfile,
      bundle: true,
      format: "cjs",
      platform: "node",
      logLevel: "warning",
    })
    const { replay } = await import(pathToFileURL(outfile).href)
    return replay(process.argv.slice(2), folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
