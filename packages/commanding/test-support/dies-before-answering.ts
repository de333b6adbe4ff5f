/** A process that is killed after its append, before anybody hears of it: `node dies-before-answering.ts <database>`. */
import { deposit } from './account.ts';
import { commandsAt } from './office.ts';

const commands = await commandsAt(process.argv[2] as string, (store) => ({
  ...store,
  appendClaiming: async (append, claims) => {
    await store.appendClaiming?.(append, claims);
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => undefined);
  },
}));
await commands.execute(deposit('main', 'salary', 100));
