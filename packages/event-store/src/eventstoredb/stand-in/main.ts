/**
 * The stand-in as a process of its own: `node main.ts PORT [FILE]`. It prints its connection string when it takes
 * connections, keeps its log in FILE when one is named, and ends with SIGTERM, SIGINT or the process that forked it.
 */
import { argv, stdout } from 'node:process';
import { startStandIn } from './start.ts';

const [port = '0', file] = argv.slice(2);
if (!/^\d{1,5}$/.test(port)) throw new Error(`not a port: ${port}`);

const standIn = await startStandIn({ port: Number(port), ...(file === undefined ? {} : { persistTo: file }) });
const stop = (): void => {
  void standIn.stop().then(() => process.exit(0));
};
process.once('SIGTERM', stop).once('SIGINT', stop).once('disconnect', stop);
stdout.write(`${standIn.connectionString}\n`);
process.send?.({ connectionString: standIn.connectionString });
