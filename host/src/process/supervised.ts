/**
 * Ends this process as SIGTERM would when the process that started it with an IPC channel has vanished, however it
 * did: kill -9 of `npm start` must leave nothing running. Without such a channel (a container, a shell) nothing happens.
 */
export const exitWithParent = (): void => {
  if (!process.channel) return;
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // Listening would otherwise keep a finished process alive.
  process.channel.unref();
};
