import { Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { RecordingNote } from '../../../src-shared/recordings/recording';
import { ask } from '../../bridge/ask';
import { failureFrom } from '../../bridge/failure-from';
import { Button } from '../../components/Button/Button';
import { IconButton } from '../../components/IconButton/IconButton';
import { TextField } from '../../components/TextField/TextField';
import { showFailure } from '../../stores/toast-store';
import { formatClock } from '../../text/format-time';
import { useText } from '../../text/text';
import type { Draft } from './use-draft';
import styles from './RecordingNotes.module.css';

interface RecordingNotesProps {
  readonly recordingId: string;
  readonly notes: readonly RecordingNote[];
  readonly atMs: number;
  readonly draft: Draft;
  readonly onSeek: (atMs: number) => void;
}

/** What somebody wrote at a moment of the recording; a click plays from there. */
export function RecordingNotes({ recordingId, notes, atMs, draft, onSeek }: RecordingNotesProps): ReactNode {
  const { t } = useText();
  const [shown, setShown] = useState(notes);
  const { note: text, noteAtMs } = draft.draft;
  // The moment at which somebody began to write, however far the sound has come since.
  const pinnedAt = text === '' ? atMs : noteAtMs;
  const write = async (): Promise<void> => {
    try {
      const wanted = { recordingId, noteId: crypto.randomUUID(), atMs: Math.round(pinnedAt), text: text.trim() };
      const note = await ask('recordings.note', wanted);
      setShown(now => [...now, note].toSorted((a, b) => a.atMs - b.atMs));
      draft.write({ note: '' });
    } catch (error) {
      showFailure(failureFrom(error)); // what was written stays in its line
    }
  };
  const remove = async (noteId: string): Promise<void> => {
    try {
      await ask('recordings.note-delete', { recordingId, noteId });
      setShown(now => now.filter(({ id }) => id !== noteId));
    } catch (error) {
      showFailure(failureFrom(error));
    }
  };
  return (
    <section className={styles['notes']} aria-label={t('player.notes')}>
      <NoteList notes={shown} onSeek={onSeek} onRemove={noteId => void remove(noteId)} />
      <form
        onSubmit={event => {
          event.preventDefault();
          if (text.trim() !== '') void write();
        }}
      >
        <TextField
          label={t('player.note-at', { time: formatClock(pinnedAt) })}
          value={text}
          maxLength={2000}
          onChange={typed => draft.write({ note: typed, noteAtMs: pinnedAt })}
        />
        <Button type="submit" isDisabled={text.trim() === ''}>
          {t('player.note-add')}
        </Button>
      </form>
    </section>
  );
}

interface NoteListProps {
  readonly notes: readonly RecordingNote[];
  readonly onSeek: (atMs: number) => void;
  readonly onRemove: (noteId: string) => void;
}

function NoteList({ notes, onSeek, onRemove }: NoteListProps): ReactNode {
  const { t } = useText();
  if (notes.length === 0) return null;
  return (
    <ul>
      {notes.map(note => (
        <li key={note.id}>
          <Button size="small" look="quiet" onClick={() => onSeek(note.atMs)}>
            {formatClock(note.atMs)}
          </Button>
          <span>
            {note.text} <small>{note.author.name}</small>
          </span>
          {note.isMine && (
            <IconButton label={t('player.note-delete')} placement="top" onClick={() => onRemove(note.id)}>
              <Trash2 size={14} aria-hidden="true" />
            </IconButton>
          )}
        </li>
      ))}
    </ul>
  );
}
