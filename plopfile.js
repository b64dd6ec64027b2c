// Makes `npx plop --plopfile node_modules/meshwright/plopfile.js` offer the same generators as `meshwright new`.
export { registerGenerators as default } from "./dist/plop.js"
