import type Handlebars from "handlebars"

// A template is data that nobody has to trust: rendering it must end, and fit into memory.
const DEEPEST = 50
const MOST = 20_000_000

/** What a template asks for would take for ever, or has no end. */
export class Unbounded extends Error {
  readonly hint: string
  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

/** Throws Unbounded for partials, which may call themselves, and for blocks that are nested too deeply to be read. */
export function refuseUnbounded(source: string): void {
  if (/\{\{~?#?[*>]/.test(source))
    throw new Unbounded(
      "partials and inline blocks ({{> …}}, {{#*inline}}) are not supported",
      "repeat the lines instead",
    )
  let depth = 0
  for (const [tag] of source.matchAll(/\{\{~?[#^/][^}]/g)) {
    depth += tag.includes("/") ? -1 : 1
    if (depth > DEEPEST) throw new Unbounded(`blocks are nested more than ${DEEPEST} deep`, "split the file")
  }
}

/** Handlebars' `each`, which ends with Unbounded where the loops of one rendering write too much. */
export function limitLoops(each: Handlebars.HelperDelegate): {
  readonly each: Handlebars.HelperDelegate
  /** Begins another rendering. */
  readonly reset: () => void
} {
  let written = 0
  return {
    each(this: unknown, list: unknown, options: Handlebars.HelperOptions) {
      const fn: Handlebars.TemplateDelegate = (context: unknown, runtime?: Handlebars.RuntimeOptions) => {
        const text = options.fn(context, runtime)
        written += text.length + 1
        if (written > MOST)
          throw new Unbounded(`loops write more than ${MOST / 1_000_000} million characters`, "loop over less")
        return text
      }
      return each.call(this, list, { ...options, fn }) as unknown
    },
    reset: () => void (written = 0),
  }
}
