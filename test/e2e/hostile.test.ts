import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { commitAll, json, succeed } from "../helpers/cli.ts"
import { filesBelow, read, write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

/** What a template must not be able to do, whoever wrote it. Each is refused with its reason, and nothing is written. */
interface Attack {
  /** Lines of template.yml after name, version and description. */
  readonly manifest?: string
  readonly files?: Readonly<Record<string, string>>
  /** More, in the folder that holds `repo/t`, the template, and `secret`, a file of the user's. */
  readonly prepare?: (cwd: string) => void
  readonly code: string
  readonly says: RegExp
  readonly answers?: readonly string[]
}

const HEAD = "name: hostile\nversion: 1.0.0\ndescription: a test\n"
const deep = (open: string, close: string): string => open.repeat(20_000) + close.repeat(20_000)

const ATTACKS: Readonly<Record<string, Attack>> = {
  "a hook of git, by case": { files: { ".GIT/hooks/pre-commit": "" }, code: "unsafe-path", says: /inside \.git/ },
  "a hook of git, by a letter that macOS does not see": {
    files: { ".g\u200cit/hooks/pre-commit": "" },
    code: "unsafe-path",
    says: /inside \.git/,
  },
  "a hook of git, by the short name of Windows": { files: { "GIT~1/config": "" }, code: "unsafe-path", says: /\.git/ },
  "the repository of a folder inside": { files: { "a/.git/config": "" }, code: "unsafe-path", says: /inside \.git/ },
  "meshwright's own records": { files: { "meshwright.lock": "" }, code: "reserved-file", says: /meshwright\.lock/ },
  "a journal that the next run would obey": {
    files: { ".meshwright/journal.json": "{}" },
    code: "reserved-file",
    says: /\.meshwright/,
  },
  "a name that turns the text around": { files: { "a\u202etxt.sql": "" }, code: "unsafe-path", says: /character/ },
  "a name that a terminal obeys": { files: { "a\u009b2Jb": "" }, code: "unsafe-path", says: /character/ },
  "a path that an answer leads out": {
    manifest: "questions: [{name: a, type: input, message: A}]",
    files: { "{{a}}/x": "" },
    answers: ["a=../../out"],
    code: "unsafe-path",
    says: /\.\.\/\.\.\/out/,
  },
  "a link to a file of the user": {
    prepare: (cwd) => symlinkSync("../../../secret", join(cwd, "repo/t/files/x")),
    code: "unsafe-link",
    says: /outside/,
  },
  "a link into .git": {
    prepare: (cwd) => symlinkSync(".git/hooks", join(cwd, "repo/t/files/x")),
    code: "unsafe-link",
    says: /\.git/,
  },
  "a file below a link, on macOS": {
    files: { "x/pre-commit": "" },
    prepare: (cwd) => symlinkSync(".", join(cwd, "repo/t/files/X")),
    code: "path-clash",
    says: /X/,
  },
  "files/ that is a link to a folder of the user": {
    prepare: (cwd) => {
      mkdirSync(join(cwd, "private"))
      writeFileSync(join(cwd, "private/key"), "")
      execFileSync("rm", ["-r", join(cwd, "repo/t/files")])
      symlinkSync("../../private", join(cwd, "repo/t/files"))
    },
    code: "unsafe-link",
    says: /link/,
  },
  "a part that is a link out of the template": {
    manifest: "include: [{part: part}]",
    prepare: (cwd) => symlinkSync("../..", join(cwd, "repo/t/part")),
    code: "unsafe-link",
    says: /link/,
  },
  "a part that is somewhere else": { manifest: "include: [{part: ../../../etc}]", code: "no-part", says: /etc/ },
  "notes that are a file of the user": {
    manifest: "notes: notes.md",
    prepare: (cwd) => symlinkSync("/etc/hostname", join(cwd, "repo/t/notes.md")),
    code: "no-notes",
    says: /outside/,
  },
  "a pipe that nobody writes into": {
    prepare: (cwd) => void execFileSync("mkfifo", [join(cwd, "repo/t/files/pipe")]),
    code: "unsafe-file",
    says: /pipe/,
  },
  "a manifest that is a pipe": {
    prepare: (cwd) => {
      execFileSync("rm", [join(cwd, "repo/t/template.yml")])
      execFileSync("mkfifo", [join(cwd, "repo/t/template.yml")])
    },
    code: "unsafe-file",
    says: /pipe/,
  },
  "a file that fills the memory": {
    prepare: (cwd) => {
      writeFileSync(join(cwd, "repo/t/files/huge"), "")
      truncateSync(join(cwd, "repo/t/files/huge"), 3 * 1024 ** 3)
    },
    code: "unsafe-file",
    says: /larger/,
  },
  "a bomb of YAML": {
    manifest: [
      "derived:",
      ...["a", "b", "c", "d", "e", "f", "g", "h"].map((name, index, all) =>
        index === 0
          ? `  ${name}: &${name} [x, x, x, x, x, x, x, x, x]`
          : `  ${name}: &${name} [${`*${all[index - 1]}, `.repeat(9)}]`,
      ),
    ].join("\n"),
    code: "manifest-yaml",
    says: /alias/i,
  },
  "a manifest that is nested without end": {
    manifest: `derived: ${deep("[", "]")}`,
    code: "manifest-yaml",
    says: /nest/,
  },
  "an anchor that holds itself": { manifest: "derived: &a {x: *a}", code: "manifest-yaml", says: /alias/i },
  "words that a terminal obeys": {
    manifest: 'next_steps: ["echo \\e[2J\\e]0;x\\a"]',
    code: "manifest-yaml",
    says: /control character/,
  },
  "Handlebars: the constructor of everything": {
    files: { "x.hbs": "{{constructor.constructor 'return process'}}" },
    code: "template-unknown-name",
    says: /constructor/,
  },
  "Handlebars: the prototype of a text": {
    manifest: "derived: {a: x}",
    files: { "x.hbs": "{{#with a as |s|}}{{s.sub.constructor}}{{/with}}" },
    code: "template-syntax",
    says: /./,
  },
  "Handlebars: a helper from the prototype": {
    files: { "x.hbs": "{{__defineGetter__ 'x' 'y'}}{{toString}}{{hasOwnProperty 'x'}}" },
    code: "template-unknown-name",
    says: /__defineGetter__/,
  },
  "Handlebars: partials that call themselves": {
    files: { "x.hbs": "{{#*inline 'a'}}{{> a}}{{> a}}{{/inline}}{{> a}}" },
    code: "template-unbounded",
    says: /partial/,
  },
  "Handlebars: loops in loops": {
    manifest: "questions: [{name: l, type: list, message: L}]",
    files: { "x.hbs": "{{#each @root.l}}".repeat(9) + "x" + "{{/each}}".repeat(9) },
    answers: [`l=${Array.from({ length: 200 }, (_, index) => index).join(",")}`],
    code: "template-unbounded",
    says: /million/,
  },
  "Handlebars: blocks nested without end": {
    files: { "x.hbs": "{{#if true}}".repeat(20_000) + "{{/if}}".repeat(20_000) },
    code: "template-unbounded",
    says: /nest/,
  },
  "a question named like a property of everything": {
    manifest: "questions: [{name: __proto__, type: input, message: A}]",
    code: "manifest-schema",
    says: /name/,
  },
  "a derived value named like a property of everything": {
    manifest: "derived: {__proto__: x}",
    code: "manifest-schema",
    says: /derived/,
  },
  "a project inside that is outside": {
    manifest: "projects: [{template: builtin:platform, path: ../out}]",
    code: "unsafe-path",
    says: /\.\.\/out/,
  },
}

describe.each(Object.entries(ATTACKS))("%s", (_, attack) => {
  test("is refused, and nothing is written", async () => {
    const cwd = folder()
    write(cwd, { secret: "", "repo/t/template.yml": `${HEAD}${attack.manifest ?? ""}\n` })
    mkdirSync(join(cwd, "repo/t/files"))
    write(join(cwd, "repo/t/files"), attack.files ?? {})
    attack.prepare?.(cwd)
    const before = filesBelow(cwd)
    const settings = (attack.answers ?? []).flatMap((answer) => ["--set", answer])
    const args = ["new", "--template", "./repo/t", "--dest", "p", "--yes", ...settings]
    const { exitCode, document } = await json(args, { cwd })
    expect({ exitCode, error: document.error }).toEqual({
      exitCode: 1,
      error: expect.objectContaining({ code: attack.code, message: expect.stringMatching(attack.says) as string }),
    })
    expect(filesBelow(cwd)).toEqual(before)
  })
})

test("what every value has from JavaScript is not there for a template", async () => {
  const cwd = folder()
  write(cwd, {
    "t/template.yml": `${HEAD}derived: {a: text}\n`,
    "t/files/x.hbs":
      "{{#with (lookup this 'constructor')}}{{lookup this 'name'}}{{/with}}{{#with a}}{{lookup this 'constructor'}}{{/with}}",
  })
  await succeed(["new", "--template", "./t", "--dest", "p", "--yes"], { cwd })
  expect(read(cwd, "p/x")).toBe("")
})

test.each(["", "//sub"])(
  "a git repository whose links lead out of it brings nothing of the user's (%s)",
  async (sub) => {
    const cwd = folder()
    write(cwd, { "repo/template.yml": HEAD, "private/files/key": "", "private/template.yml": HEAD })
    symlinkSync(join(cwd, "private/files"), join(cwd, "repo/files"))
    symlinkSync(join(cwd, "private"), join(cwd, "repo/sub"))
    await commitAll(join(cwd, "repo"))
    const args = ["new", "--template", `git+file://${join(cwd, "repo")}${sub}`, "--dest", "p", "--yes"]
    const { exitCode, document } = await json(args, { cwd })
    expect({ exitCode, code: document.error?.code }).toEqual({ exitCode: 1, code: "unsafe-link" })
    expect(existsSync(join(cwd, "p"))).toBe(false)
  },
)

test.each([
  "git+ext::sh -c 'touch owned'//x",
  "git+file://--upload-pack=touch owned/x.git",
  "git+ssh://-oProxyCommand=touch owned/x.git",
  "git+https://host.example/x.git@--upload-pack=touch owned",
])("an address that is an order to git is refused: %s", async (source) => {
  const cwd = folder()
  const { exitCode } = await json(["new", "--template", source, "--dest", "p", "--yes"], { cwd })
  expect([1, 2]).toContain(exitCode)
  expect(filesBelow(cwd)).toEqual([])
})
