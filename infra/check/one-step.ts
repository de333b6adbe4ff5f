import { steps } from './steps/index.ts';

const [name, root] = process.argv.slice(2);
const step = steps.find((candidate) => candidate.name === name);
if (!step || !root) throw new Error(`there is no step ${name}`);
const finding = await step.look(root);
if (finding) process.stdout.write(`${finding}\n`);
process.exitCode = finding ? 1 : 0;
