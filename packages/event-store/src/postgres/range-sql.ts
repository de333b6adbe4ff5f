import pg from 'pg';
import { COLUMNS } from './copied-event.ts';

/** Which events of the log are wanted. */
export interface Filter {
  readonly types?: readonly string[] | undefined;
  readonly tenantId?: string | undefined;
}

/** The tenant stands in the stream's name between the first hyphen and the first slash; see `streamName`. */
const TENANT = `split_part(split_part(stream_id, '/', 1), '-', 2)`;

const conditions = ({ types, tenantId }: Filter): string[] => {
  const wanted: string[] = [];
  if (types) wanted.push(types.length > 0 ? `type in (${types.map(pg.escapeLiteral).join(', ')})` : 'false');
  if (tenantId !== undefined) wanted.push(`${TENANT} = ${pg.escapeLiteral(tenantId)}`);
  return wanted;
};

/** COPY of the wanted events behind `after`, up to and with `upTo`. COPY takes no parameters, hence the literals. */
export const copySql = (filter: Filter, after: number, upTo: number): string => {
  const where = [`position > ${BigInt(after)}`, `position <= ${BigInt(upTo)}`, ...conditions(filter)].join(' and ');
  return `copy (select ${COLUMNS} from log.events where ${where} order by position) to stdout (format binary)`;
};
