#!/usr/bin/env node
// Only what old versions of Node parse, and no static import: the program itself would fail there with a stack trace.
const [major, minor] = process.versions.node.split(".").map(Number)

if (major > 20 || (major === 20 && minor >= 19)) void import("../dist/main.js")
else {
  process.stderr.write(
    `meshwright needs Node.js 20.19 or newer; this is ${process.versions.node}\n` +
      "  → install a newer one, from https://nodejs.org or as a newer package of your distribution\n",
  )
  process.exitCode = 1
}
