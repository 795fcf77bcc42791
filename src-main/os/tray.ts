import { Menu, nativeImage, Tray } from 'electron';
import { join } from 'node:path';
import { reasonOf, type Logger } from '../base/logger';
import { osText } from './text';

type Language = Parameters<typeof osText>[0];
/** Each has an icon of its name in `assets/tray/`. */
export type TrayState = 'idle' | 'signed-out' | 'ringing' | 'talking' | 'line-lost';

export interface TrayNeeds {
  readonly iconFolder: string;
  readonly show: () => void;
  readonly quit: () => void;
  readonly log: Logger;
}

/** The icon beside the clock. Desktops without a tray go without: everything it does is elsewhere too. */
export class PhoneTray {
  readonly #tray: Tray | null;
  #shown = '';

  constructor(private readonly needs: TrayNeeds) {
    this.#tray = this.#make();
    this.#tray?.on('click', needs.show);
  }

  show(state: TrayState, language: Language): void {
    const isNew = this.#shown !== `${state} ${language}`;
    if (!this.#tray || !isNew) return;
    this.#shown = `${state} ${language}`;
    this.#tray.setImage(this.#icon(state));
    this.#tray.setToolTip(osText(language, `tray.${state}`));
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: osText(language, 'tray.show'), click: this.needs.show },
        { type: 'separator' },
        { label: osText(language, 'tray.quit'), click: this.needs.quit },
      ]),
    );
  }

  #make(): Tray | null {
    try {
      return new Tray(this.#icon('signed-out'));
    } catch (error) {
      this.needs.log.warn(`no tray here: ${reasonOf(error)}`);
      return null;
    }
  }

  #icon(state: TrayState): Electron.NativeImage {
    return nativeImage.createFromPath(join(this.needs.iconFolder, `${state}.png`));
  }
}
