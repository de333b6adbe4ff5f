import { runCommandLine } from './cli/program.ts';
import { thisTerminal } from './cli/terminal.ts';

// Who reads the output may stop early (`| head`): then there is nobody left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 0);
});

const code = await runCommandLine(process.argv.slice(2), thisTerminal());
if (code !== undefined) process.exitCode = code;
