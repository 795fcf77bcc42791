/**
 * The link in a command line. Only what stands after `--` counts: there nothing that a web page wrote can be taken for a switch, and
 * that is how the desktop entries we register call us. Several are handed on as one text, which the parser refuses.
 */
export function linkIn(argv: readonly string[]): string | null {
  const marker = argv.indexOf('--');
  const after = marker === -1 ? [] : argv.slice(marker + 1).filter(argument => argument !== '');
  return after.length === 0 ? null : after.join(',').slice(0, 20_000);
}
