import { byPosition, type Diagnostic, problem } from "../model/diagnostic.ts"
import type { Manifest } from "../model/template.ts"
import { checkConditions } from "./checks/check-conditions.ts"
import { checkFiles } from "./checks/check-files.ts"
import { checkOrder } from "./checks/check-order.ts"
import { checkQuestions } from "./checks/check-questions.ts"
import { checkTexts } from "./checks/check-texts.ts"
import { checkVersions } from "./checks/check-versions.ts"
import { declaredBy } from "./checks/names.ts"
import type { ParsedManifest } from "./parse-manifest.ts"

/**
 * What a schema cannot say: names that nothing declares, questions that are there twice or need each other in a circle,
 * patterns and globs that are none, renames that contradict each other. A template and the parts it includes see each
 * other's names.
 * @param below the template that this one extends, whose names it sees as well
 */
export function checkReferences(manifests: readonly ParsedManifest[], below?: Manifest): Diagnostic[] {
  const names = declaredBy(
    manifests.map(({ manifest }) => manifest),
    below,
  )
  const seen = new Set<string>()
  return manifests.flatMap((parsed, index) => {
    const { manifest, file } = parsed
    const found = [
      ...checkQuestions(manifest, names, seen),
      ...checkConditions(manifest, names),
      ...checkOrder(manifest, names),
      ...checkTexts(manifest, names),
      ...checkFiles(manifest, names),
      // A part has no version of its own.
      ...(index === 0 ? checkVersions(parsed, names) : []),
    ]
    return found
      .map(({ path, isKey, message, hint }) =>
        problem("manifest-inconsistent", message, {
          file,
          position: parsed.locate(path, isKey),
          ...(hint === undefined ? {} : { hint }),
        }),
      )
      .toSorted(byPosition)
  })
}
