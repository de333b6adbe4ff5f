import type { CommandContext, Commands } from '@headroom/commanding';
import type { NewcomerCommands } from '@headroom/contracts/questions';
import type { ReadModels } from '@headroom/projecting';
import type { FileSource, FormatName, ImportMapping, PlanOptions } from '../../imports/index.ts';

export interface ImportDeps {
  readonly commands: Commands;
  readonly readModels: ReadModels;
  readonly newcomers: NewcomerCommands<CommandContext>;
}

/** How a file is to be read and what is to become of it; plain data, since a long import is carried out later. */
export interface ImportOptions {
  readonly format?: FormatName | undefined;
  readonly timeZone?: string | undefined;
  readonly decimalSeparator?: '.' | ',' | undefined;
  readonly dateOrder?: 'YMD' | 'DMY' | 'MDY' | undefined;
  readonly billable?: boolean | undefined;
  readonly mapping?: ImportMapping | undefined;
  readonly unknown: NonNullable<PlanOptions['unknown']>;
  readonly newPeople?: { readonly role: string; readonly kind: 'employee' | 'contractor' } | undefined;
  readonly newProjectsManagerId?: string | undefined;
  readonly fileName?: string | undefined;
  readonly dryRun: boolean;
}

export interface ImportRequest {
  readonly context: CommandContext;
  readonly importId: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly fileDigest: string;
  readonly options: ImportOptions;
}

/** What an import adds up as it goes; kept as a checkpoint, so that it may go on in another process. */
export interface ImportCounts {
  /** Rows that can be imported and have been dealt with. */
  readonly rows: number;
  readonly created: number;
  readonly createdSeconds: number;
  readonly alreadyImported: number;
  readonly position: number;
  /** The first of what the decisions refused, and how many there were. */
  readonly problems: readonly ImportError[];
  readonly refused: number;
}

/** What a line was refused for, by the file's reader, by the planner or by the decision. */
export interface ImportError {
  readonly line: number;
  readonly code: string;
  readonly column: string | null;
  readonly message: string;
  readonly value: string | null;
}

export const SHOWN_ERRORS = 1_000;

/** How an import reads its file, and to whom it tells how far it is. */
export interface ImportWork {
  /** The file from its beginning; it is read twice. */
  readonly source: () => FileSource;
  /** How long the read models may take to hold what was recorded before. */
  readonly patienceMs: number;
  readonly checkpoint: ImportCounts | undefined;
  readonly report: (progress: {
    readonly phase: 'reading' | 'creating' | 'logging';
    readonly done?: number;
    readonly total?: number;
    readonly checkpoint?: ImportCounts;
  }) => Promise<void>;
  readonly cancelled: () => boolean;
}
