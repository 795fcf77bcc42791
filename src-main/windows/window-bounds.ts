import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const bounds = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int(),
  height: z.int(),
  isMaximized: z.boolean().default(false),
});
export type WindowBounds = z.infer<typeof bounds>;
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const defaultSize = { width: 1280, height: 800 } as const;
export const smallestSize = { width: 960, height: 640 } as const;

/** Where the window was; null on the first start or when the file says nothing useful. */
export function readBounds(file: string): WindowBounds | null {
  try {
    return bounds.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null; // a lost window position is worth neither a message nor a log line
  }
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
