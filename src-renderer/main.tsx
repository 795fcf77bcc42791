import './bridge/zod-without-eval';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { beginSnapshot } from './shell/use-snapshot';
import { languageOf, startText } from './text/text';

const place = document.querySelector('#app');
if (place === null) throw new Error('index.html has no #app');
await Promise.all([beginSnapshot(), startText(languageOf(null, navigator.language))]);
createRoot(place).render(<App />);
