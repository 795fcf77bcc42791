/** Joins class names; CSS Modules types may be undefined, and conditions may be false. */
export function classNames(...names: readonly (string | false | undefined)[]): string {
  return names.filter(name => typeof name === 'string' && name !== '').join(' ');
}
