import { makefileFormat } from "../../../src/core/merge/formats/makefile/makefile.ts"
import { describeFormat } from "./format-cases.ts"

const BUILD = "build:\n\tdbt build\n"

describeFormat(makefileFormat, "Makefile", {
  "both append a rule": [
    BUILD,
    `${BUILD}\nlint:\n\tsqlfluff lint\n`,
    `${BUILD}\ndocs: build\n\tdbt docs generate\n`,
    `${BUILD}\ndocs: build\n\tdbt docs generate\n\nlint:\n\tsqlfluff lint\n`,
  ],
  "both list theirs as no files": [
    `.PHONY: build\n${BUILD}`,
    `.PHONY: build lint\n${BUILD}\nlint:\n\tsqlfluff lint\n`,
    `.PHONY: build docs\n${BUILD}`,
    `.PHONY: build lint docs\n${BUILD}\nlint:\n\tsqlfluff lint\n`,
  ],
  "each target is listed by itself": [
    `.PHONY: build\n${BUILD}`,
    `.PHONY: build\n${BUILD}\n.PHONY: o\no:\n\tx\n`,
    `.PHONY: build\n${BUILD}\n.PHONY: t\nt:\n\ty\n`,
    `.PHONY: build\n${BUILD}\n.PHONY: t\nt:\n\ty\n\n.PHONY: o\no:\n\tx\n`,
  ],
  "variables side by side": ["A := 1\nB ?= 1\n", "A := 2\nB ?= 1\n", "A := 1\nB ?= 2\n", "A := 2\nB ?= 2\n"],
  "recipe and prerequisites": [
    `a: b\n\tx\n\ty\n\tz\n\n${BUILD}`,
    `a: b c\n\tx\n\ty\n\tz\n\n${BUILD}`,
    `a: b\n\tx\n\ty\n\tz2\n\n${BUILD}`,
    `a: b c\n\tx\n\ty\n\tz2\n\n${BUILD}`,
  ],
  "a rule goes where the team added one": [
    `${BUILD}\nold:\n\tx\n`,
    `${BUILD}\nold:\n\tx\n\nlint:\n\ty\n`,
    BUILD,
    `${BUILD}\nlint:\n\ty\n`,
  ],
  "a command that both changed": [BUILD, "build:\n\tdbt build -x\n", "build:\n\tdbt build --full\n", null],
  "a rule that both added": [
    `a:\n\tx\n\nb:\n\tx\n\nc:\n\tx\n`,
    `a:\n\tx\n\nnew:\n\tours\n\nb:\n\tx\n\nc:\n\tx\n`,
    `a:\n\tx\n\nb:\n\tx\n\nc:\n\tx\n\nnew:\n\ttheirs\n`,
    null,
  ],
  "changed by ours, dropped by theirs": [`${BUILD}\nold:\n\tx\n`, `${BUILD}\nold:\n\ty\n`, BUILD, null],
  "conditionals are merged by lines": [
    `ifdef CI\nA := 1\nendif\n${BUILD}`,
    `ifdef CI\nA := 2\nendif\n${BUILD}`,
    `ifdef CI\nA := 1\nendif\nbuild:\n\tdbt build -x\n`,
    `ifdef CI\nA := 2\nendif\nbuild:\n\tdbt build -x\n`,
  ],
})
