import { screen, type BrowserWindow } from 'electron';
import { Announcer } from '../base/announcer';
import {
  clampBounds,
  compactBeside,
  compactRule,
  fullRule,
  readRemembered,
  writeRemembered,
  type Area,
  type RememberedWindow,
  type SizeRule,
} from './window-bounds';

/** How long a window manager may take to undo "maximised" before the size is set all the same. */
const unmaximizeWithinMs = 500;

export interface WindowShapeView {
  readonly isCompact: boolean;
  readonly isOnTop: boolean;
}

type WindowChange = { readonly [K in keyof WindowShapeView]?: WindowShapeView[K] | undefined };

/** What a new window is made with, before there is anybody to ask about settings. */
export function startingShape(file: string): {
  readonly remembered: RememberedWindow;
  readonly rule: SizeRule;
  readonly bounds: Partial<Area> & { width: number; height: number };
} {
  const remembered = readRemembered(file);
  const rule = remembered.isCompact ? compactRule : fullRule;
  const wanted = remembered.isCompact ? remembered.compact : remembered.full;
  return { remembered, rule, bounds: clampBounds(wanted, workAreas(), rule) };
}

const workAreas = (): readonly Area[] => screen.getAllDisplays().map(display => display.workArea);

/**
 * The one agent window in one of two shapes: everything, or the phone alone. Each shape remembers where it stood; the page only
 * learns which one it is and loses nothing.
 */
export class WindowShape {
  readonly changes = new Announcer<WindowShapeView>();
  #remembered: RememberedWindow;

  constructor(
    private readonly window: BrowserWindow,
    private readonly file: string,
    remembered: RememberedWindow,
  ) {
    this.#remembered = remembered;
    this.#applyLimits();
    if (remembered.isOnTop) window.setAlwaysOnTop(true, 'floating');
    if (!remembered.isCompact && remembered.full?.isMaximized) window.maximize();
    window.on('close', () => this.#remember());
  }

  get view(): WindowShapeView {
    return { isCompact: this.#remembered.isCompact, isOnTop: this.#remembered.isOnTop };
  }

  async change({ isCompact, isOnTop }: WindowChange): Promise<WindowShapeView> {
    if (isOnTop !== undefined && isOnTop !== this.#remembered.isOnTop) {
      this.#remembered = { ...this.#remembered, isOnTop };
      this.window.setAlwaysOnTop(isOnTop, 'floating');
    }
    if (isCompact !== undefined && isCompact !== this.#remembered.isCompact) await this.#reshape(isCompact);
    this.#remember();
    this.changes.announce(this.view);
    return this.view;
  }

  async #reshape(isCompact: boolean): Promise<void> {
    this.#remember();
    const full = this.#remembered.full;
    this.#remembered = { ...this.#remembered, isCompact };
    await this.#leaveMaximized();
    const wanted = isCompact ? (this.#remembered.compact ?? (full && compactBeside(full, false))) : full;
    // Smaller than the old limit or larger than the new one: the limits change first.
    this.#applyLimits();
    this.window.setBounds(clampBounds(wanted, workAreas(), this.#rule));
    if (!isCompact && full?.isMaximized) this.window.maximize();
  }

  get #rule(): SizeRule {
    return this.#remembered.isCompact ? compactRule : fullRule;
  }

  #applyLimits(): void {
    const { width, height } = this.#rule.smallest;
    this.window.setMinimumSize(width, height);
    this.window.setMaximizable(!this.#remembered.isCompact);
  }

  async #leaveMaximized(): Promise<void> {
    if (this.window.isFullScreen()) this.window.setFullScreen(false);
    if (!this.window.isMaximized()) return;
    const done = new Promise<void>(resolve => {
      this.window.once('unmaximize', () => resolve());
      setTimeout(resolve, unmaximizeWithinMs);
    });
    this.window.unmaximize();
    await done;
  }

  #remember(): void {
    const bounds = this.window.getNormalBounds();
    this.#remembered = this.#remembered.isCompact
      ? { ...this.#remembered, compact: bounds }
      : { ...this.#remembered, full: { ...bounds, isMaximized: this.window.isMaximized() } };
    writeRemembered(this.file, this.#remembered);
  }
}
