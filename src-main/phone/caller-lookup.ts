import type { CallDesk } from './call-desk';

/** Where a name may be found. Answers null when nobody is known under the number. */
export interface NameSource {
  nameOf(number: string): Promise<string | null>;
}

/** Gives a name to calls that came without one. Late answers are harmless: the call may be over. */
export function lookUpCallers(desk: CallDesk, names: NameSource, onFailure: (error: unknown) => void): void {
  const asked = new Set<string>();
  desk.changes.hear(calls => {
    for (const { id, remote } of calls) {
      if (remote.name !== null || asked.has(id)) continue;
      asked.add(id);
      names.nameOf(remote.number).then(name => {
        if (name !== null) desk.nameRemote(id, name);
      }, onFailure);
    }
    asked.forEach(id => {
      if (!calls.some(call => call.id === id)) asked.delete(id);
    });
  });
}
