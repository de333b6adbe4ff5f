import type { CommandContext } from '@headroom/commanding';
import type {
  BodyOf,
  Command,
  Operation,
  ParamsOf,
  Permission,
  QueryOf,
  Question,
  RefusalOf,
  ResponseOf,
} from '@headroom/contracts/rest';
import type { Operation as LongWork } from '@headroom/operations';
import type { ReadModels, RowReader } from '@headroom/projecting';
import type { KnownAt } from './known-at.ts';
import type { Upload } from './upload.ts';

/** Who asks, from the credential alone. */
export interface Caller {
  readonly tenantId: string;
  readonly actor: string;
  readonly permissions: ReadonlySet<Permission>;
  /** May see cost rates, salaries, and figures from which one person's rate can be derived. */
  readonly seesRates: boolean;
  /** The specialist behind the credential, for what one may do to one's own things only. */
  readonly specialistId?: string;
  /** The client behind the credential: it sees its own projects in the portal, and nothing else. */
  readonly clientId?: string;
  /** Only this project of the client. */
  readonly projectId?: string;
}

export interface CommandRequest<O extends Command> {
  readonly params: ParamsOf<O>;
  readonly query: QueryOf<O>;
  readonly body: BodyOf<O>;
  /** What came as a file, for operations that take one; their `body` is empty then. */
  readonly upload?: Upload | undefined;
  readonly caller: Caller;
  readonly context: CommandContext;
}

export type CommandReply<O extends Command> =
  | {
      readonly kind: 'accepted';
      readonly body: ResponseOf<O>;
      /** Becomes the `ETag`; absent when no single stream was written. */
      readonly revision?: number;
      /** Becomes the `Log-Position`; absent when nothing was written (a dry run). */
      readonly position?: number;
      readonly replayed: boolean;
    }
  /** It takes long: answered with 202 and the operation. An upload that was spooled is the operation's from then on. */
  | { readonly kind: 'started'; readonly operation: LongWork; readonly replayed: boolean }
  | { readonly kind: 'refused'; readonly code: RefusalOf<O>; readonly detail?: Readonly<Record<string, unknown>> }
  | { readonly kind: 'not-found'; readonly what: string }
  | { readonly kind: 'revision-mismatch'; readonly actualRevision: number }
  | { readonly kind: 'key-reused' }
  | { readonly kind: 'in-flight' }
  /** The body is well-formed but says something impossible; pointers are JSON pointers into it. */
  | { readonly kind: 'invalid'; readonly errors: readonly { readonly pointer: string; readonly message: string }[] };

export interface QuestionRequest<O extends Question> {
  readonly params: ParamsOf<O>;
  readonly query: QueryOf<O>;
  readonly caller: Caller;
  /** The instant the question is asked for: now, or that of `knownAt`. Its local date is the default `asOf`. */
  readonly instant: string;
  /** The earlier moment of known time that `fromKnownAt` names, for questions that compare two. */
  readonly from?: KnownAt | undefined;
  /** The `Min-Position` of the request, for questions that read no read model: the route waits for those of others. */
  readonly minPosition?: number | undefined;
}

export type QuestionReply<O extends Question> =
  /** `lasting`: the same object will be given again, so its text is kept by it; it must not change. */
  | { readonly kind: 'answer'; readonly body: ResponseOf<O>; readonly lasting?: boolean }
  | { readonly kind: 'refused'; readonly code: RefusalOf<O>; readonly detail?: Readonly<Record<string, unknown>> }
  | { readonly kind: 'not-found'; readonly what: string };

export interface BoundCommand<O extends Command = Command> {
  readonly operation: O;
  readonly handle: (request: CommandRequest<O>) => Promise<CommandReply<O>>;
}

export interface BoundQuestion<O extends Question = Question> {
  readonly operation: O;
  /** The projections whose rows the question reads: `Min-Position` waits for them, `knownAt` folds them. */
  readonly projections: readonly string[];
  readonly answer: (request: QuestionRequest<O>, reader: RowReader) => Promise<QuestionReply<O>>;
  /** A faster way for the plain form of the question (no `knownAt`); undefined falls back to `answer`. */
  readonly hot?: (request: QuestionRequest<O>, readModels: ReadModels) => Promise<QuestionReply<O> | undefined>;
  /** The answer tells the time as well: it is another one a second later though nothing was written. */
  readonly changesWithTime?: boolean;
  /** A faster way for the question as known at a position, without a fold of all that came before; undefined falls back. */
  readonly past?: (
    request: QuestionRequest<O>,
    position: number,
    readModels: ReadModels,
  ) => Promise<QuestionReply<O> | undefined>;
}

export type Bound = BoundCommand | BoundQuestion;

// The two functions below forget the operation's own types once handler and contract were checked against each other.

/** Ties a command of the contracts to what carries it out. */
export const bindCommand = <O extends Command>(operation: O, handle: BoundCommand<O>['handle']): Bound =>
  ({ operation, handle }) as unknown as BoundCommand;

/** Ties a question of the contracts to what answers it. */
export const bindQuestion = <O extends Question>(operation: O, bound: Omit<BoundQuestion<O>, 'operation'>): Bound =>
  ({ operation, ...bound }) as unknown as BoundQuestion;

/** Ties a question that reads no read model, but looks something up elsewhere. */
export const bindLookup = <O extends Question>(
  operation: O,
  look: (request: QuestionRequest<O>) => Promise<QuestionReply<O>>,
): Bound => bindQuestion(operation, { projections: [], hot: look, answer: look });

export const isCommand = (bound: Bound): bound is BoundCommand => (bound.operation as Operation).kind === 'command';
