import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Command } from '@headroom/contracts/rest';
import type { Spool, SpoolWriter } from '@headroom/operations';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import type { Problem } from './problem.ts';
import { BadRequest } from './read-body.ts';

/** A file that came with a request. */
export class Upload {
  readonly bytes: number;
  /** Of the whole, in hexadecimal. */
  readonly sha256: string;
  /** The file itself when it is small; empty when it was spooled. */
  readonly held: Uint8Array;
  /** Where the file is when it was too large to be held. */
  readonly spoolId: string | undefined;

  constructor(bytes: number, sha256: string, held: Uint8Array, spoolId?: string) {
    this.bytes = bytes;
    this.sha256 = sha256;
    this.held = held;
    this.spoolId = spoolId;
  }
}

export const isUpload = (body: unknown): body is Upload => body instanceof Upload;

/** What a request without a body brings. */
export const NO_UPLOAD = new Upload(0, createHash('sha256').digest('hex'), new Uint8Array(0));

/** Files up to here are held in memory, and the work on them is done while the caller waits. */
const HELD_BYTES = 1_048_576;

const tooLarge: Problem = { status: 413, code: 'body-too-large', detail: 'The body is larger than is taken here.' };

/** Gathers what comes; what does not fit into memory goes to the spool piece by piece. */
class Receiving {
  readonly #limit: number;
  readonly #spool: Spool | undefined;
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #writer: SpoolWriter | undefined;

  constructor(limit: number, spool: Spool | undefined) {
    this.#limit = limit;
    this.#spool = spool;
  }

  async take(chunk: Uint8Array): Promise<void> {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#limit) throw new BadRequest(tooLarge);
    this.#hash.update(chunk);
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    if (this.#heldBytes > HELD_BYTES) await this.#flush();
  }

  async #flush(): Promise<void> {
    if (this.#spool === undefined) throw new BadRequest(tooLarge);
    this.#writer ??= await this.#spool.begin();
    const piece = Buffer.concat(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    await this.#writer.write(piece);
  }

  async finish(): Promise<Upload> {
    if (this.#writer !== undefined && this.#heldBytes > 0) await this.#flush();
    return new Upload(this.#bytes, this.#hash.digest('hex'), Buffer.concat(this.#held), this.#writer?.spoolId);
  }

  async abandon(): Promise<void> {
    if (this.#writer !== undefined) await this.#spool?.remove(this.#writer.spoolId);
  }
}

const receive = async (payload: IncomingMessage, limit: number, spool: Spool | undefined): Promise<Upload> => {
  if (Number(payload.headers['content-length'] ?? 0) > limit) throw new BadRequest(tooLarge);
  const receiving = new Receiving(limit, spool);
  try {
    for await (const chunk of payload) await receiving.take(chunk as Uint8Array);
    return await receiving.finish();
  } catch (error) {
    await receiving.abandon().catch(() => undefined);
    throw error;
  }
};

/** Serves an operation whose body is a file: it is read as it comes, in whatever pieces. */
export const takeUploads = (
  app: FastifyInstance,
  { contentTypes = [], bodyLimit = HELD_BYTES }: Command,
  route: RouteOptions,
  spool: Spool | undefined,
): void => {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    for (const type of contentTypes)
      scope.addContentTypeParser(type, (_request: FastifyRequest, payload: IncomingMessage) =>
        receive(payload, bodyLimit, spool),
      );
    scope.route(route);
  });
};
