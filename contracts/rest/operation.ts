import { z } from 'zod';
import type { Permission, Tag } from './permissions.ts';

type Method = 'GET' | 'POST' | 'PUT';

/** What every operation of the API states of itself; the OpenAPI document and the routes are made from it. */
interface Stated {
  /** The command's or question's name in `domain.md`, in camelCase. */
  readonly operationId: string;
  readonly method: Method;
  /** In Fastify's form: `/v1/stages/:stageId/close`. */
  readonly path: `/v1/${string}`;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  /** One of these permissions is needed. */
  readonly permission: Permission | readonly Permission[];
  readonly example: {
    readonly params?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly response: unknown;
  };
}

/** Content types of answers that are finished texts. */
export type TextType = 'text/html' | 'text/csv';

type Shape = z.ZodRawShape;
type Empty = Record<never, never>;
/** A closed object schema, made from a plain shape. */
type ObjectOf<S extends Shape> = z.ZodObject<S, z.core.$strict>;

export interface Command<
  Params extends Shape = Shape,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
  Code extends string = string,
  Query extends Shape = Shape,
> extends Stated {
  readonly kind: 'command';
  readonly status: 200 | 201;
  readonly params: ObjectOf<Params>;
  readonly query: ObjectOf<Query>;
  readonly body: Body;
  readonly response: Response;
  /** The closed set of codes with which the command may be refused, and what each means to the caller. */
  readonly refusals: Readonly<Record<Code, string>>;
  /** Content types that the body may have; JSON when absent. */
  readonly contentTypes?: readonly string[];
  /** Largest body in bytes, when it differs from the API's limit. */
  readonly bodyLimit?: number;
  /** The body is a file: taken in as it comes, never held as a whole, and handed over as an upload. */
  readonly upload?: true;
  /** The command may become long work: then it is answered with 202 and the operation to look at. */
  readonly mayTakeLong?: true;
}

export interface Question<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Response extends z.ZodType = z.ZodType,
  Code extends string = string,
> extends Stated {
  readonly kind: 'question';
  readonly status: 200;
  /** The content type of an answer that is a finished text; JSON when absent. */
  readonly produces?: TextType;
  /** The answer is a JSON file to keep, offered under this name; it is written member by member as it was made. */
  readonly file?: string;
  readonly params: ObjectOf<Params>;
  readonly query: ObjectOf<Query>;
  readonly response: Response;
  /** Codes with which the question may be refused beyond `not-found`. */
  readonly refusals: Readonly<Record<Code, string>>;
}

export type Operation = Command | Question;

/** Declares a command: `POST` (or `PUT`) with an `Idempotency-Key`. */
export const command = <
  const Code extends string,
  Body extends z.ZodType,
  Response extends z.ZodType,
  Params extends Shape = Empty,
  Query extends Shape = Empty,
>(
  stated: Stated & {
    readonly params?: Params;
    readonly query?: Query;
    readonly body: Body;
    readonly response: Response;
    readonly refusals: Readonly<Record<Code, string>>;
    readonly status?: 200 | 201;
    readonly contentTypes?: readonly string[];
    readonly bodyLimit?: number;
    readonly upload?: true;
    readonly mayTakeLong?: true;
  },
): Command<Params, Body, Response, Code, Query> => ({
  ...stated,
  kind: 'command',
  status: stated.status ?? 200,
  params: z.strictObject(stated.params ?? ({} as Params)) as ObjectOf<Params>,
  query: z.strictObject(stated.query ?? ({} as Query)) as ObjectOf<Query>,
});

/** Declares a question: `GET` that changes nothing. */
export const question = <
  Response extends z.ZodType,
  Params extends Shape = Empty,
  Query extends Shape = Empty,
  const Code extends string = never,
>(
  stated: Omit<Stated, 'method'> & {
    readonly params?: Params;
    readonly query?: Query;
    readonly response: Response;
    readonly refusals?: Readonly<Record<Code, string>>;
    readonly produces?: TextType;
    readonly file?: string;
  },
): Question<Params, Query, Response, Code> => ({
  ...stated,
  kind: 'question',
  method: 'GET',
  status: 200,
  params: z.strictObject(stated.params ?? ({} as Params)) as ObjectOf<Params>,
  query: z.strictObject(stated.query ?? ({} as Query)) as ObjectOf<Query>,
  refusals: stated.refusals ?? ({} as Readonly<Record<Code, string>>),
});

export type ParamsOf<O extends Operation> = z.infer<O['params']>;
export type QueryOf<O extends Operation> = z.infer<O['query']>;
export type BodyOf<O extends Operation> = O extends Command ? z.infer<O['body']> : undefined;
export type ResponseOf<O extends Operation> = z.infer<O['response']>;
export type RefusalOf<O extends Operation> = keyof O['refusals'] & string;
