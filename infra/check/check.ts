import { root } from './root.ts';
import { printStep, runSteps } from './run-steps.ts';

// `npm run check -- types lint` runs those two alone.
const named = process.argv.slice(2);
const results = await runSteps(root, printStep, named.length > 0 ? named : undefined);
process.exitCode = results.every(({ finding }) => finding === undefined) ? 0 : 1;
