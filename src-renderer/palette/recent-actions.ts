/** Which actions were used last, newest first. Ids only: no number and no name stays behind. */
const place = 'palette.recent';
const kept = 6;

export function recentActions(): readonly string[] {
  const stored: unknown = parsed(localStorage.getItem(place));
  return Array.isArray(stored) ? stored.filter(id => typeof id === 'string').slice(0, kept) : [];
}

export function rememberAction(id: string): void {
  localStorage.setItem(place, JSON.stringify([id, ...recentActions().filter(each => each !== id)].slice(0, kept)));
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '[]');
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
