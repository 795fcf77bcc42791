import { initialsOf } from '../../src-shared/recordings/recording';
import type { RecordingFilters } from '../../src-shared/recordings/recording-query';
import type { AgentDirectory } from '../agents/agent-directory';
import { nameKey } from '../database/search-terms';

/** Whom initials and station mean, and which accounts; null: nothing was asked. */
export function meantPeople(
  filters: RecordingFilters,
  directory: AgentDirectory,
): { talkedIds: readonly string[] | null; accountIds: readonly string[] | null } {
  const { agentInitials = '', station = '', accountNumber = '', billingNumber = '', accountName = '' } = filters;
  const [initials, extension] = [agentInitials.trim().toUpperCase(), station.trim()];
  const people = directory
    .everybody()
    .filter(person => initials === '' || initialsOf(person.displayName) === initials)
    .filter(person => extension === '' || person.extension === extension);
  const [account, billing, company] = [nameKey(accountNumber), nameKey(billingNumber), nameKey(accountName)];
  const accounts = directory
    .allAccounts()
    .filter(each => nameKey(each.accountNumber).includes(account))
    .filter(each => nameKey(each.billingNumber).includes(billing))
    .filter(each => nameKey(each.company).includes(company));
  return {
    talkedIds: initials === '' && extension === '' ? null : people.map(({ id }) => id),
    accountIds: account === '' && billing === '' && company === '' ? null : accounts.map(({ id }) => id),
  };
}
