import type { AudioDevice } from '../../src-shared/audio/audio-device';

/** Id of "whatever the system uses"; no real device has it. */
export const systemDefault = 'system-default';

interface DeviceNames {
  readonly systemDefault: string;
  readonly notConnected: string;
}

/** Devices to choose from. One that was chosen and is unplugged stays in the list, so that the choice is not lost. */
export function deviceChoices(
  devices: readonly AudioDevice[],
  kind: AudioDevice['kind'],
  chosen: string | null,
  names: DeviceNames,
) {
  const present = devices
    .filter(device => device.kind === kind)
    .map(({ id, label }) => ({ id, label: label === '' ? id : label }));
  const isGone = chosen !== null && !present.some(({ id }) => id === chosen);
  return [
    { id: systemDefault, label: names.systemDefault },
    ...present,
    ...(isGone ? [{ id: chosen, label: names.notConnected }] : []),
  ];
}

export const idOfChoice = (choice: string): string | null => (choice === systemDefault ? null : choice);
