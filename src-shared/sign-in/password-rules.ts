/** Long beats strange (NIST SP 800-63B): no demand for signs or capitals. */
export const shortestPassword = 10;
export const longestPassword = 1024;
const leastDifferentSigns = 5;

/** Why a new password will not do; null when it will. `names`: what everybody knows of this person. */
export function passwordProblem(
  password: string,
  names: readonly string[],
): 'too-short' | 'too-long' | 'too-plain' | 'has-name' | null {
  const plain = password.normalize('NFKC').toLowerCase();
  const signs = Array.from(plain);
  if (signs.length < shortestPassword) return 'too-short';
  if (password.length > longestPassword) return 'too-long';
  if (new Set(signs).size < leastDifferentSigns) return 'too-plain';
  return names.some(name => name.length >= 3 && plain.includes(name.toLowerCase())) ? 'has-name' : null;
}
