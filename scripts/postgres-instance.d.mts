export interface PostgresInstance {
  /** Where a database of this name is. */
  url(database: string): string;
  /** As if its machine failed: connections are cut, the files stay. */
  halt(): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes its files, unless they are to be kept. */
  stop(): Promise<void>;
}
/** Why PostgreSQL cannot run here, in a plain sentence; null where it can. */
export function whyNoPostgres(): string | null;
export function startPostgres(options?: {
  /** Kept between runs; without it a folder that goes when it stops. */
  folder?: string;
  settings?: Readonly<Record<string, string>>;
}): Promise<PostgresInstance>;
