import type { Transfer } from '../../src-shared/ipc/transfer';
import { Announcer } from '../base/announcer';
import type { ExportDesk } from '../history/export-desk';
import type { DownloadDesk } from './download-desk';

/** Downloads and exports as the one list that the person sees. */
export class Transfers {
  readonly changes = new Announcer<readonly Transfer[]>();

  constructor(
    readonly downloads: DownloadDesk,
    readonly exports: ExportDesk,
    private readonly openFolder: (folder: string) => void,
  ) {
    [downloads, exports].forEach(desk => desk.changes.hear(() => this.changes.announce(this.all)));
  }

  get all(): readonly Transfer[] {
    return [...this.downloads.transfers, ...this.exports.transfers];
  }

  async cancel(id: string): Promise<void> {
    this.exports.cancel(id);
    await this.downloads.cancel(id);
  }

  dismiss(id: string): void {
    this.exports.dismiss(id);
    this.downloads.dismiss(id);
  }

  /** The folder is known here; the window says only which files are meant. */
  show(id: string): void {
    const folder = this.downloads.folderOf(id) ?? this.exports.folderOf(id);
    if (folder !== null) this.openFolder(folder);
  }
}
