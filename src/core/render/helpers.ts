import { parsePackageReference } from "../answers/package-reference.ts"
import {
  camelCase,
  constantCase,
  dotCase,
  kebabCase,
  lowerCase,
  pascalCase,
  pathCase,
  sentenceCase,
  snakeCase,
  titleCase,
  upperCase,
} from "./case.ts"
import { showValue } from "../show-value.ts"
import { hclValue, jsonValue, shellWord, sqlString, yamlValue } from "./quote.ts"

type Helper = (...args: never[]) => unknown

const onText = (change: (value: string) => string): Helper => ((value: unknown) => change(showValue(value))) as Helper

/**
 * Every helper of a template, by name. All are pure: no file, clock, randomness or environment, so the same template
 * and answers give the same bytes everywhere. Case helpers carry plop's names.
 */
export const helpers: Readonly<Record<string, Helper>> = {
  camelCase: onText(camelCase),
  snakeCase: onText(snakeCase),
  kebabCase: onText(kebabCase),
  dashCase: onText(kebabCase),
  dotCase: onText(dotCase),
  pathCase: onText(pathCase),
  lowerCase: onText(lowerCase),
  upperCase: onText(upperCase),
  sentenceCase: onText(sentenceCase),
  constantCase: onText(constantCase),
  titleCase: onText(titleCase),
  pascalCase: onText(pascalCase),
  properCase: onText(pascalCase),

  yaml: yamlValue as Helper,
  json: jsonValue as Helper,
  hcl: hclValue as Helper,
  sqlString: onText(sqlString),
  sh: onText(shellWord),

  eq: ((a: unknown, b: unknown) => a === b) as Helper,
  ne: ((a: unknown, b: unknown) => a !== b) as Helper,
  not: ((a: unknown) => isEmpty(a)) as Helper,
  // The last argument is Handlebars' own options object.
  and: ((...args: unknown[]) => args.slice(0, -1).every((value) => !isEmpty(value))) as Helper,
  or: ((...args: unknown[]) => args.slice(0, -1).some((value) => !isEmpty(value))) as Helper,
  includes: ((list: unknown, item: unknown) => Array.isArray(list) && list.includes(item)) as Helper,
  before: ((text: unknown, separator: unknown) => cut(showValue(text), showValue(separator))[0]) as Helper,
  after: ((text: unknown, separator: unknown) => cut(showValue(text), showValue(separator))[1]) as Helper,
  join: ((list: unknown, separator: unknown) =>
    Array.isArray(list) ? list.join(showValue(separator)) : showValue(list)) as Helper,

  sourceKind: onText((value) => parsePackageReference(value).kind),
  sourceUrl: onText((value) => parsePackageReference(value).location),
  sourceRevision: onText((value) => parsePackageReference(value).revision),
  sourceSubdirectory: onText((value) => parsePackageReference(value).subdirectory),
}

/** A text before and after the first separator; all of it is before one that is not in it. */
function cut(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)]
}

/** What `{{#if}}` calls false: false, 0, "", an empty list, nothing. */
function isEmpty(value: unknown): boolean {
  return !value || (Array.isArray(value) && value.length === 0)
}
