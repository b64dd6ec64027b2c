/** What a language takes for quotes and comments, as one regular expression of what is read as a whole. */
const LANGUAGES: Readonly<Record<string, RegExp>> = {
  // dbt: what stands in Jinja is no SQL.
  sql: /\{#[\s\S]*?#\}|--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\w+|\S/g,
  json: /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|[\w.+-]+|\S/g,
  hcl: /#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|[\w.-]+|\S/g,
  toml: /#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[\w.+-]+|\S/g,
}

/**
 * The kinds of the words, strings and signs of a text, one after the other: two texts that differ in an answer only have the
 * same ones, unless the answer broke out of its place. undefined for a language that is not known.
 */
export function tokenKinds(language: string, text: string): string | undefined {
  const pattern = LANGUAGES[language]
  if (pattern === undefined) return undefined
  return (text.match(pattern) ?? []).map(kindOf).join(" ")
}

function kindOf(token: string): string {
  if (/^(?:--|\/\/|\/\*|#|\{#)/.test(token)) return "comment"
  if (token.length > 1 && /^["'`]/.test(token)) return `string${token[0]}`
  if (/^[\d.+-][\w.+-]*$/.test(token) && /\d/.test(token)) return "number"
  return /^\w/.test(token) ? "word" : token
}
