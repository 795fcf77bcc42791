export const insideAsterisk: { readonly recordings: string; readonly music: string };
export function instanceFolders(name: string): {
  readonly folder: string;
  /** Holds `astdb.sqlite3`. */
  readonly database: string;
  readonly config: string;
  readonly recordings: string;
};
export function startInstance(name: string): Promise<void>;
export function stopInstance(name: string, signal?: NodeJS.Signals): Promise<boolean>;
export function removeInstance(name: string): Promise<void>;
