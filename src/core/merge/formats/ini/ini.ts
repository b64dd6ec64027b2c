import { outlineFormat } from "../../outline/outline-format.ts"
import type { MergeFormat } from "../merge-format.ts"
import { parseIni } from "./parse-ini.ts"

/** Files that Python's configparser reads (.sqlfluff, setup.cfg, tox.ini), and .editorconfig. */
export const iniFormat: MergeFormat = outlineFormat({
  name: "ini",
  matches: (path) =>
    /\.(?:ini|cfg)$|(?:^|\/)\.(?:sqlfluff|flake8|pylintrc|coveragerc|editorconfig|gitmodules|pypirc)$/.test(path),
  parse: parseIni,
})
