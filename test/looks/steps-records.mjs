const screen = (page, name) => page.locator('nav').getByRole('button', { name }).click();
const calls = page => screen(page, /^(Calls|Appels)$/);
const recordings = page => screen(page, /^(Recordings|Enregistrements)$/);
const filled = (page, list) => page.getByTestId(list).getByRole('gridcell').first().waitFor();
/** Rows that will come are seen after some time only. */
const looking = page => page.getByLabel(/^(Searching|Recherche) …/).waitFor();
const player = async page => {
  await recordings(page);
  await filled(page, 'recordings-table');
  await page.getByTestId('recordings-table').press('Enter');
  await page.locator('[data-testid=waveform][data-drawn]').waitFor();
};
const filters = page => page.getByRole('button', { name: /^(Filters|Filtres)/ }).click();

/** What is done before the picture of a list of calls or recordings. */
export const recordSteps = {
  calls: page => calls(page).then(() => filled(page, 'calls-table')),
  'calls-filters': page => calls(page).then(() => filters(page)),
  'calls-sheet': async page => {
    await calls(page);
    await filled(page, 'calls-table');
    await page.getByTestId('calls-table').press('Enter');
    await page.getByTestId('call-story').waitFor();
  },
  'calls-supervisor': page => calls(page).then(() => filled(page, 'calls-table')),
  'calls-empty': page => calls(page).then(() => page.locator('main output p').first().waitFor()),
  'calls-loading': page => calls(page).then(() => looking(page)),
  'calls-failed': page => calls(page).then(() => page.getByRole('alert').waitFor()),
  'calls-offline': page => calls(page).then(() => filled(page, 'calls-table')),
  recordings: page => recordings(page).then(() => filled(page, 'recordings-table')),
  'recordings-supervisor': page => recordings(page).then(() => filled(page, 'recordings-table')),
  'recordings-supervisor-filters': page => recordings(page).then(() => filters(page)),
  'recordings-empty': page => recordings(page).then(() => page.locator('main output p').first().waitFor()),
  'recordings-loading': page => recordings(page).then(() => looking(page)),
  'recordings-failed': page => recordings(page).then(() => page.getByRole('alert').waitFor()),
  'recordings-offline': page => recordings(page).then(() => filled(page, 'recordings-table')),
  'recordings-player': player,
  'recordings-supervisor-player': player,
  'recordings-player-refused': async page => {
    await recordings(page);
    await page.getByTestId('recordings-table').press('Enter');
    await page.getByRole('alert').waitFor();
  },
};
/** Scenes that several steps begin in. */
export const recordSceneOf = name =>
  ({
    'calls-filters': 'calls',
    'calls-sheet': 'calls',
    'recordings-supervisor-filters': 'recordings-supervisor',
    'recordings-supervisor-player': 'recordings-supervisor',
    'recordings-player': 'recordings',
  })[name] ?? name;
