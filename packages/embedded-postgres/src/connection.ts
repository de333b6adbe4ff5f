/** What `pg` takes: `host` is the directory of the unix socket. */
export type Connection = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
};

/** The same as a URL, for `pg` and libpq alike. */
export const urlOf = ({ user, host, port, database }: Connection): string =>
  `postgresql://${user}@${encodeURIComponent(host)}:${port}/${database}`;
