import { FakeAgentBridge } from '../fakes/fake-agent-bridge';
import type { Settings } from '../../src-shared/settings/settings';
import { scenes } from './scenes';
import { playSilence } from './silent-sound';

const query = new URLSearchParams(location.search);
const name = query.get('scene') ?? 'idle';
const settings: Partial<Settings> = {
  language: query.get('language') === 'fr' ? 'fr' : 'en',
  theme: query.get('theme') === 'dark' ? 'dark' : 'light',
  serverUrl: query.get('blank') === null ? 'https://phone.northwind.example' : '',
  rememberedIdentifier: name === 'sign-in' ? 'maya' : '',
};
const scene = scenes[name]?.(settings);
if (scene === undefined) throw new Error(`no scene ${name}`);
const bridge = new FakeAgentBridge(scene.notices, scene.answers);
playSilence();
Object.assign(window, { agentBridge: bridge, fakeBridge: bridge });
