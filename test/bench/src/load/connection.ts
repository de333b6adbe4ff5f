import { connect, type Socket } from 'node:net';

export interface Response {
  readonly status: number;
  readonly body: string;
}

/** Where a server listens. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

const END_OF_HEAD = '\r\n\r\n';
const LENGTH = /\r\ncontent-length: *(\d+)/i;
const STATUS_AT = 9;

/**
 * A kept-alive HTTP/1.1 connection with one request at a time, made to cost little: it stands for a client on another
 * machine, and takes as little as can be of this one's two cores. Understands answers with a `Content-Length` alone.
 */
export class HttpConnection {
  readonly #socket: Socket;
  #buffer: Buffer = Buffer.alloc(0);
  #settle: ((response: Response | Error) => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', (error) => this.#answer(error));
    socket.on('close', () => this.#answer(new Error('the server closed the connection')));
  }

  static open({ host, port }: Target): Promise<HttpConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port }, () => {
        socket.removeListener('error', reject);
        resolve(new HttpConnection(socket));
      });
      socket.once('error', reject);
    });
  }

  /** Sends a whole request; `settle` is called once, with the answer or with what went wrong. */
  send(request: string, settle: (response: Response | Error) => void): void {
    this.#settle = settle;
    this.#socket.write(request);
  }

  close(): void {
    this.#settle = undefined;
    this.#socket.destroy();
  }

  #answer(response: Response | Error): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(response);
  }

  #take(chunk: Buffer): void {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    const end = this.#buffer.indexOf(END_OF_HEAD);
    if (end < 0) return;
    const head = this.#buffer.toString('latin1', 0, end);
    const length = LENGTH.exec(head)?.[1];
    if (length === undefined) {
      this.#answer(new Error(`an answer without a length: ${head}`));
      return;
    }
    const from = end + END_OF_HEAD.length;
    const to = from + Number(length);
    if (this.#buffer.length < to) return;
    const status = Number(head.slice(STATUS_AT, STATUS_AT + 3));
    const buffer = this.#buffer;
    this.#buffer = buffer.subarray(to);
    this.#answer({
      status,
      get body() {
        return buffer.toString('utf8', from, to);
      },
    });
  }
}
