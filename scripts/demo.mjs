// npm run demo [-- FOLDER]: creates a data mesh with the built program, builds it with dbt on DuckDB, and shows its data.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join, relative, resolve } from "node:path"
import { openly, outputOf } from "./setup/command.mjs"
import { meshwright, root, venv } from "./setup/places.mjs"
import { SetupProblem } from "./setup/problem.mjs"
import { pythonEnvironment } from "./setup/python.mjs"
import { main, setUp } from "./setup/set-up.mjs"
import { steps } from "./setup/steps.mjs"

/** Tells the demo's own folder, and names the commit that the demo made in it. */
const MARK = ".git/meshwright-demo"

await main(async () => {
  const start = performance.now()
  const folder = resolve(root, process.argv[2] ?? "demo-mesh")
  const shown = relative(root, folder)
  await refuseForeign(folder)
  await setUp(steps.nodeModules, steps.built, steps.dbt1)
  const env = await environment()

  heading("A mesh of two domains, from templates")
  rmSync(folder, { recursive: true, force: true })
  const words = ["new", "mesh", "acme", "--set", "domains=sales,finance", "--yes", "--dest", shown]
  await show(["meshwright", ...words], { cwd: root, env }, [process.execPath, meshwright, ...words])
  await commit(folder, env)

  heading("Its dbt projects, each built after those that it uses")
  await show(["python", "build.py"], { cwd: folder, env })

  heading("The data product of sales, and what finance makes of it")
  await show(["dbt", "--quiet", "show", "--select", "sales_orders"], { cwd: join(folder, "sales"), env })
  await show(["dbt", "--quiet", "show", "--select", "fct_monthly_orders"], { cwd: join(folder, "finance"), env })

  console.log(closing(folder, Math.round((performance.now() - start) / 1000)))
})

function closing(folder, seconds) {
  return `
Done in ${seconds} s. ${folder} is a git repository with
  platform/   the internal dbt package that the domains share
  sales/      a domain; its data product, a public model with a contract, is sales_orders
  finance/    a domain that uses sales_orders

Try next, in this shell:
  alias meshwright="node '${meshwright}'"; export PATH="${join(venv("dbt1"), "bin")}:$PATH"
  cd "${join(folder, "sales")}"

  Work as a team does: change models/products/sales_orders.sql, say its "where" or a column, and see what follows in finance.
    python ../build.py && git commit -am "Change the product"

  Let the project follow its template: change ${join(root, "templates/domain/files/README.md.hbs")}.
    meshwright check                                 a newer template is out
    meshwright diff && meshwright diff --incoming    what the team changed, and what the template changed
    meshwright update                                merges the two

  Add a domain that uses the product of finance.
    cd .. && meshwright new domain marketing --yes --set upstream_domain=finance \\
      --set platform_package=../platform --set platform_name=acme_platform
    python build.py marketing`
}

function heading(text) {
  console.log(`\n── ${text} ──`)
}

/** Shows a command as one would type it, and runs it: as it is, or in the words given. */
async function show(typed, options, [command, ...args] = typed) {
  const text = typed.map((word) => (word.includes(" ") ? `"${word}"` : word)).join(" ")
  console.log(`\n${relative(root, options.cwd)}$ ${text}`)
  const status = await openly(command, args, options)
  if (status !== 0) throw new SetupProblem(`${text}\nfailed (exit code ${status}).`, "The output above tells why.")
}

/** A folder is replaced only when it holds nothing but what an earlier demo put there. */
async function refuseForeign(folder) {
  if (!existsSync(folder)) return
  const git = async (...args) => (await outputOf("git", ["-C", folder, ...args])).output.trim()
  const mark = existsSync(join(folder, MARK)) ? readFileSync(join(folder, MARK), "utf8") : undefined
  if (mark !== undefined && mark === (await git("rev-parse", "HEAD")) && (await git("status", "--porcelain")) === "")
    return
  throw new SetupProblem(
    `${folder} is there already, and ${mark === undefined ? "no demo made it" : "was changed since a demo made it"}.`,
    "Move it away or delete it, or name another folder: npm run demo -- FOLDER",
  )
}

/** Inside this clone the program makes no repository, because there is one already: the mesh gets its own here. */
async function commit(folder, env) {
  if (!existsSync(join(folder, ".git"))) {
    const here = { cwd: folder, env }
    await show(["git", "init", "--quiet", "--initial-branch=main"], here)
    await introduce(folder)
    await show(["git", "add", "--all"], here)
    await show(["git", "commit", "--quiet", "--message", "Create the mesh from its templates"], here)
  } else await introduce(folder)
  writeFileSync(join(folder, MARK), (await outputOf("git", ["-C", folder, "rev-parse", "HEAD"])).output.trim())
}

/** Where git knows nobody, the repository says who commits in it: whoever tries the demo is to commit as well. */
async function introduce(folder) {
  if (await knowsWho(folder)) return
  for (const [key, value] of [
    ["user.name", "Demo"],
    ["user.email", "demo@example.com"],
  ])
    await show(["git", "config", key, value], { cwd: folder })
}

async function knowsWho(folder) {
  const asked = ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"].map((name) => outputOf("git", ["-C", folder, "var", name]))
  return (await Promise.all(asked)).every(({ status }) => status === 0)
}

/**
 * dbt and its Python come first in PATH; where git knows nobody, there is somebody to commit as. Git is asked outside
 * of this clone, whose own settings do not reach the demo's repository.
 */
async function environment() {
  return {
    ...pythonEnvironment(),
    ...((await knowsWho(tmpdir()))
      ? {}
      : {
          GIT_AUTHOR_NAME: "Demo",
          GIT_AUTHOR_EMAIL: "demo@example.com",
          GIT_COMMITTER_NAME: "Demo",
          GIT_COMMITTER_EMAIL: "demo@example.com",
        }),
    ...(process.stdout.isTTY ? {} : { DBT_USE_COLORS: "false" }),
    PATH: [join(venv("dbt1"), "bin"), process.env.PATH].join(delimiter),
  }
}
