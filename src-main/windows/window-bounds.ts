import { readFileSync, writeFileSync } from 'node:fs';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowBounds extends Area {
  readonly isMaximized: boolean;
}

export const defaultSize = { width: 1280, height: 800 } as const;
export const smallestSize = { width: 960, height: 640 } as const;

/** The phone alone: as wide as the dock with its margins, as high as a call with its warnings needs. */
export const compactSize = { width: 380, height: 640 } as const;
export const smallestCompactSize = { width: 340, height: 560 } as const;

/** Both shapes of the window and which one it had. */
export interface RememberedWindow {
  readonly isCompact: boolean;
  readonly isOnTop: boolean;
  readonly full: WindowBounds | null;
  readonly compact: Area | null;
}

/** Where the window was; nothing remembered on the first start or when the file says nothing useful. */
export function readRemembered(file: string): RememberedWindow {
  try {
    const raw: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return {
      isCompact: part(raw, 'isCompact') === true,
      isOnTop: part(raw, 'isOnTop') === true,
      full: boundsOf(part(raw, 'full') ?? raw), // files of the first version held the one shape there was
      compact: boundsOf(part(raw, 'compact')),
    };
  } catch {
    // a lost window position is worth neither a message nor a log line
    return { isCompact: false, isOnTop: false, full: null, compact: null };
  }
}

const part = (raw: unknown, name: string): unknown =>
  typeof raw === 'object' && raw !== null ? Reflect.get(raw, name) : undefined;

/** By hand, not by a schema: the schema library takes 40 ms to read, and this stands before the first window. */
function boundsOf(raw: unknown): WindowBounds | null {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map(name => {
    const value = part(raw, name);
    return typeof value === 'number' && Number.isInteger(value) ? value : null;
  });
  if (x == null || y == null || width == null || height == null) return null;
  return { x, y, width, height, isMaximized: part(raw, 'isMaximized') === true };
}

export const writeRemembered = (file: string, value: RememberedWindow): void =>
  writeFileSync(file, JSON.stringify(value), { mode: 0o600 });

export interface SizeRule {
  readonly usual: { readonly width: number; readonly height: number };
  readonly smallest: { readonly width: number; readonly height: number };
}
export const fullRule: SizeRule = { usual: defaultSize, smallest: smallestSize };
export const compactRule: SizeRule = { usual: compactSize, smallest: smallestCompactSize };

/** Brings remembered bounds onto the screens that exist now; the title bar must be reachable. */
export function clampBounds(
  wanted: Area | null,
  screens: readonly Area[],
  { usual, smallest }: SizeRule = fullRule,
): Partial<Area> & { width: number; height: number } {
  if (wanted === null) return usual;
  const home = screens.find(
    ({ x, y, width, height }) =>
      wanted.x < x + width - 80 && wanted.x + wanted.width > x + 80 && wanted.y >= y - 8 && wanted.y < y + height - 40,
  );
  const width = Math.max(smallest.width, Math.min(wanted.width, home?.width ?? usual.width));
  const height = Math.max(smallest.height, Math.min(wanted.height, home?.height ?? usual.height));
  if (home === undefined) return { width, height };
  return {
    width,
    height,
    x: Math.max(home.x, Math.min(wanted.x, home.x + home.width - width)),
    y: Math.max(home.y, Math.min(wanted.y, home.y + home.height - height)),
  };
}

/** Where the phone goes the first time it stands alone: where its dock was, at the end of the window. */
export function compactBeside(full: Area, isRightToLeft: boolean): Area {
  return { ...compactSize, y: full.y, x: isRightToLeft ? full.x : full.x + full.width - compactSize.width };
}
