// npm run fuzz [-- --minutes N] [-- TEST FILE…]: the property tests with other cases than `npm test` tries, and ten times
// as many, again and again until the time is over or one fails. What fails is told with the seed that shows it again.
import { randomInt } from "node:crypto"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { openly } from "./setup/command.mjs"
import { root } from "./setup/places.mjs"
import { main, setUp } from "./setup/set-up.mjs"
import { steps } from "./setup/steps.mjs"

const { values: options, positionals: files } = parseArgs({
  options: { minutes: { type: "string", default: "10" }, seed: { type: "string" } },
  allowPositionals: true,
})

await main(async () => {
  await setUp(steps.nodeModules)
  const end = Date.now() + Number(options.minutes) * 60_000
  do {
    const seed = options.seed ?? String(randomInt(2 ** 31))
    const env = { ...process.env, FUZZ_SEED: seed, FUZZ_TIMES: "10" }
    const args = ["run", "--project", "unit", "--testTimeout=0", ...(files.length > 0 ? files : ["test/unit/merge"])]
    if ((await openly(join(root, "node_modules", ".bin", "vitest"), args, { cwd: root, env })) !== 0) {
      console.log(`\nTo see this again: npm run fuzz -- --seed ${seed}`)
      return 1
    }
  } while (options.seed === undefined && Date.now() < end)
  return 0
})
