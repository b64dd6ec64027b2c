import { availableParallelism } from "node:os"
import { workbench } from "../../adapters/workbench.ts"
import { type TestedCase, type TestReport, testTemplate } from "../../app/template-tools/test-template.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { EXIT } from "../exit-codes.ts"
import type { CommandLine } from "../parse-command-line.ts"
import { diagnosticsText } from "../views/human.ts"
import { diagnosticDocument, SCHEMA_VERSION } from "../views/json.ts"
import { makePaint } from "../views/paint.ts"
import { versionDocument } from "./run-template-preview.ts"
import type { Session } from "./session.ts"
import { testProgress } from "./test-progress.ts"

/** `meshwright template test`. */
export async function runTemplateTest(session: Session, line: CommandLine): Promise<number> {
  const from = line.text("from")
  const shard = parseShard(line.text("shard"))
  const bench = workbench()
  // What was begun ends, and its folders are removed.
  const stop = (): void => bench.stop()
  process.on("SIGINT", stop).on("SIGTERM", stop)
  const progress = testProgress({
    quiet: line.flag("quiet"),
    paint: makePaint(process.stderr, line.flag("no-color")),
  })
  try {
    const report = await testTemplate(
      session.ports,
      bench,
      {
        source: line.positionals[0] ?? ".",
        cwd: session.cwd,
        ...(from === undefined ? {} : { from }),
        ...(shard === undefined ? {} : { shard }),
        jobs: parseJobs(line.text("jobs")),
        commands: !line.flag("no-commands"),
        trusted: line.flag("trust"),
        keep: line.flag("keep-failed"),
      },
      progress,
    )
    progress.end()
    if (session.json) session.printJson(testDocument(report))
    else tell(session, report)
    return report.cases.some(hasFailed) ? EXIT.personNeeded : EXIT.done
  } finally {
    progress.end()
    process.off("SIGINT", stop).off("SIGTERM", stop)
  }
}

function hasFailed({ problems }: TestedCase): boolean {
  return problems.length > 0
}

function parseJobs(text: string | undefined): number {
  if (text === undefined) return availableParallelism()
  const jobs = Number(text)
  if (Number.isInteger(jobs) && jobs > 0) return jobs
  throw new MeshwrightError([problem("usage", `--jobs ${text}: expected a number from 1`)], "usage")
}

function parseShard(text: string | undefined): { readonly number: number; readonly count: number } | undefined {
  if (text === undefined) return undefined
  const [, number, count] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  if (Number(number) > 0 && Number(number) <= Number(count)) return { number: Number(number), count: Number(count) }
  throw new MeshwrightError([problem("usage", `--shard ${text}: expected I/N, such as 1/4`)], "usage")
}

function tell(session: Session, { cases, template, previous, pairs, milliseconds }: TestReport): void {
  const { paint, print } = session
  const failed = cases.filter(hasFailed)
  for (const { number, name, problems, reproduce, folder } of failed) {
    print(paint("bold", `Case ${number}: ${name}`))
    print(diagnosticsText(problems, paint))
    print(`  to see it: ${reproduce}`)
    if (folder !== undefined) print(`  its project: ${folder}`)
    print("")
  }
  const result =
    failed.length === 0
      ? paint("green", `All ${cases.length} cases pass`)
      : paint("red", `${failed.length} of ${cases.length} cases fail`)
  const name = `${template.manifest.name} ${template.ref.version}`
  const updates =
    previous === undefined ? "no release before it to update from" : `updated from ${previous.ref.version}`
  print(`${result}: ${name}, ${pairs} pairs of answers, ${updates}; ${seconds(milliseconds)} s`)
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10
}

function testDocument({ template, previous, cases, pairs, milliseconds }: TestReport): object {
  const failed = cases.filter(hasFailed).length
  return {
    schemaVersion: SCHEMA_VERSION,
    command: "template test",
    template: versionDocument(template.ref),
    ...(previous ? { previous: versionDocument(previous.ref) } : {}),
    cases: cases.map(({ number, answers, problems, milliseconds: took, reproduce, folder }) => ({
      number,
      answers,
      status: problems.length > 0 ? "failed" : "passed",
      problems: problems.map(diagnosticDocument),
      seconds: seconds(took),
      reproduce,
      ...(folder === undefined ? {} : { folder }),
    })),
    summary: { passed: cases.length - failed, failed, pairs, seconds: seconds(milliseconds) },
  }
}
