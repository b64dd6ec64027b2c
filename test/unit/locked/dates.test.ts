import { describe, expect, test } from "vitest"
import { daysBetween } from "../../../src/core/locked/dates.ts"
import { ruleProblems } from "../../../src/core/locked/rule-problems.ts"
import { keyPatternProblem, parseKeyPattern, stepsOf } from "../../../src/core/locked/key-pattern.ts"

test("days between two days are those of the calendar", () => {
  const start = Date.UTC(1999, 0, 1)
  const day = (number: number): string => new Date(start + number * 86_400_000).toISOString().slice(0, 10)
  for (let number = 0; number < 12_000; number += 7) {
    expect(daysBetween(day(number), day(number + 1))).toBe(1)
    expect(daysBetween(day(0), day(number))).toBe(number)
  }
  expect(daysBetween("2027-01-15", "2027-01-03")).toBe(-12)
})

describe("key paths", () => {
  test.each([
    ["models.+access", ["models", "+access"]],
    ["packages[package=dbt-labs/dbt_utils].version", ["packages", "[package=dbt-labs/dbt_utils]", "version"]],
    ['env."a.b".c', ["env", "a.b", "c"]],
    ['module "team.x".source', ['module "team.x"', "source"]],
    ["[0].x", ["[0]", "x"]],
  ])("%s", (path, steps) => expect(stepsOf(path)).toEqual(steps))

  test.each([
    ["flags", ["flags", "a", "b"], true],
    ["flags.a", ["flags"], false],
    ["flags.a", ["other", "flags", "a"], false],
    ["jobs.*.runs-on", ["jobs", "build", "runs-on"], true],
    ["jobs.*", ["jobs", "[0]"], false],
    ["hooks[*].rev", ["hooks", "[repo=x]", "rev"], true],
    ["env.*_VERSION", ["env", "DBT_VERSION"], true],
    ["models.**.+access", ["models", "+access"], true],
    ["models.**.+access", ["models", "sales", "marts", "+access"], true],
    ["**.+access", ["seeds"], false],
  ])("%s covers %j: %s", (pattern, place, covered) => expect(parseKeyPattern(pattern).covers(place)).toBe(covered))

  test("that are none", () => {
    expect(
      ["", ".a", "a.", "a..b", "a.[x]", "a.b", '"a..b".c', "a[b..c].d"].filter(
        (path) => keyPatternProblem(path) !== undefined,
      ),
    ).toEqual(["", ".a", "a.", "a..b", "a.[x]"])
  })
})

test("rules that cannot be meant", () => {
  const rule = { keys: ["a", "b..c"], warn_from: "2027-02-30", error_from: "2027-01-01" }
  expect(ruleProblems(rule)).toMatchObject([
    { path: ["warn_from"], message: "warn_from is 2027-02-30, a day that there is not" },
    {
      path: ["warn_from"],
      message: "warn_from (2027-02-30) has to be before error_from (2027-01-01), or the same day",
    },
    { path: ["keys", 1], message: 'the key path "b..c" has an empty step' },
  ])
  expect(ruleProblems({})).toEqual([])
})
