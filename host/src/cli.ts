import { runCommandLine } from './cli/program.ts';
import { thisTerminal } from './cli/terminal.ts';

const code = await runCommandLine(process.argv.slice(2), thisTerminal());
if (code !== undefined) process.exitCode = code;
