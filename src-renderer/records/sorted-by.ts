import type { TableSort } from '../components/Table/Table';

/** A heading that is clicked: by this column, the largest first; clicked again, the other way round. */
export const sortedBy = (now: TableSort, by: string): TableSort => ({
  by,
  direction: now.by === by && now.direction === 'descending' ? 'ascending' : 'descending',
});
