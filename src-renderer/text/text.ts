import en from '../../src-shared/text/en.json';
export const keys = Object.keys(en);
