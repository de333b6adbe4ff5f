/** A stream was written by others each time we tried; nothing was done, and the command may be sent again. */
export class Contended extends Error {
  override readonly name = 'Contended';
  constructor(streamId: string, attempts: number) {
    super(`${streamId} was written by others ${attempts} times in a row`);
  }
}
