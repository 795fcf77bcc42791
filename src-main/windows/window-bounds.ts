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

/** Where the window was; null on the first start or when the file says nothing useful. */
export function readBounds(file: string): WindowBounds | null {
  try {
    return boundsOf(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null; // a lost window position is worth neither a message nor a log line
  }
}

/** By hand, not by a schema: the schema library takes 40 ms to read, and this stands before the first window. */
function boundsOf(raw: unknown): WindowBounds | null {
  const read = (name: string): unknown =>
    typeof raw === 'object' && raw !== null ? Reflect.get(raw, name) : undefined;
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map(name => {
    const value = read(name);
    return typeof value === 'number' && Number.isInteger(value) ? value : null;
  });
  if (x == null || y == null || width == null || height == null) return null;
  return { x, y, width, height, isMaximized: read('isMaximized') === true };
}

export const writeBounds = (file: string, value: WindowBounds): void =>
  writeFileSync(file, JSON.stringify(value), { mode: 0o600 });

/** Brings remembered bounds onto the screens that exist now; the title bar must be reachable. */
export function clampBounds(
  wanted: WindowBounds | null,
  screens: readonly Area[],
): Partial<Area> & { width: number; height: number } {
  if (wanted === null) return defaultSize;
  const home = screens.find(
    ({ x, y, width, height }) =>
      wanted.x < x + width - 80 && wanted.x + wanted.width > x + 80 && wanted.y >= y - 8 && wanted.y < y + height - 40,
  );
  const width = Math.max(smallestSize.width, Math.min(wanted.width, home?.width ?? defaultSize.width));
  const height = Math.max(smallestSize.height, Math.min(wanted.height, home?.height ?? defaultSize.height));
  if (home === undefined) return { width, height };
  return {
    width,
    height,
    x: Math.max(home.x, Math.min(wanted.x, home.x + home.width - width)),
    y: Math.max(home.y, Math.min(wanted.y, home.y + home.height - height)),
  };
}
