import type { AgentNotice, WindowView } from '../../src-shared/ipc/agent-notices';
import type { GlobalShortcutName } from '../../src-shared/shortcuts/shortcut-names';
import type { Announcer } from '../base/announcer';
import type { Services } from '../services/build-services';

type WithoutRevision<N> = N extends AgentNotice ? Omit<N, 'revision'> : never;
type NoticeBody = WithoutRevision<AgentNotice>;

/**
 * The centre changes availability and journal in the very instant in which it rings here, and a frame drawn for them would put the
 * ringing call one frame later. They are told together, this much later; so are the queues, which may change with every call of the centre.
 */
const calmMs = 50;

/** Tells the agent window every new state, as a whole value with a rising revision per type. */
/** What the desktop knows beside the services. */
export interface DesktopFacts {
  readonly shape: Told<WindowView> & { readonly view: WindowView };
  readonly shortcuts: Told<readonly GlobalShortcutName[]> & { readonly taken: readonly GlobalShortcutName[] };
}
interface Told<T> {
  readonly changes: Announcer<T>;
}

export class AgentNotices {
  readonly #revisions = new Map<AgentNotice['type'], number>();
  readonly #planned = new Map<AgentNotice['type'], NoticeBody>();

  constructor(
    private readonly services: Services,
    private readonly desktop: DesktopFacts,
    private readonly send: (notice: AgentNotice) => void,
  ) {
    const {
      signIn,
      desk,
      line,
      telephonyWatch,
      agent,
      gate,
      idle,
      policy,
      serverClock,
      audio,
      settings,
      journal,
      toasts,
      links,
      queues,
      channels,
      breaks,
      figures,
      wrapUp,
      consulted,
      interactions,
      destinations,
    } = services;
    signIn.changes.hear(session => this.#tell({ type: 'session.changed', session }));
    desk.changes.hear(calls => this.#tell({ type: 'calls.changed', calls: [...calls] }));
    interactions.changes.hear(all => this.#tell({ type: 'interactions.changed', interactions: [...all] }));
    destinations.changes.hear(all =>
      this.#tellWhenCalm({ type: 'destinations.changed', destinations: all && [...all] }),
    );
    line.changes.hear(state => this.#tell({ type: 'line.changed', line: state }));
    telephonyWatch.changes.hear(isReachable => this.#tell({ type: 'telephony.changed', isReachable }));
    agent.changes.hear(status => this.#tellWhenCalm({ type: 'agent.changed', status }));
    policy.changes.hear(value => this.#tell({ type: 'policy.changed', policy: value }));
    idle.warnings.hear(endsAt => this.#tell({ type: 'idle.changed', endsAt }));
    gate.changes.hear(problems => this.#tell({ type: 'gate.changed', problems: [...problems] }));
    serverClock.changes.hear(aheadMs => this.#tell({ type: 'server-clock.changed', aheadMs }));
    audio.changes.hear(devices => this.#tell({ type: 'audio.changed', audio: devices }));
    audio.levels.hear(({ microphone, speaker }) => this.#tell({ type: 'levels', microphone, speaker }));
    settings.changes.hear(value => this.#tell({ type: 'settings.changed', settings: value }));
    journal.changes.hear(calls => this.#tellWhenCalm({ type: 'recent-calls.changed', calls: [...calls] }));
    queues.changes.hear(live => this.#tellWhenCalm({ type: 'queues.changed', queues: live && [...live] }));
    channels.changes.hear(all => this.#tellWhenCalm({ type: 'channels.changed', channels: all }));
    breaks.changes.hear(all => this.#tellWhenCalm({ type: 'breaks.changed', breaks: all && [...all] }));
    figures.changes.hear(view => this.#tellWhenCalm({ type: 'figures.changed', view }));
    wrapUp.changes.hear(view => this.#tell({ type: 'wrap-up.changed', wrapUp: view }));
    consulted.changes.hear(customers => this.#tell({ type: 'consulted.changed', customers: [...customers] }));
    this.#followThePast(services);
    links.changes.hear(link => this.#tell({ type: 'link.changed', link }));
    desktop.shape.changes.hear(window => this.#tell({ type: 'window.changed', window }));
    desktop.shortcuts.changes.hear(taken => this.#tell({ type: 'global-shortcuts.changed', taken: [...taken] }));
    toasts.news.hear(toast => this.#tell({ type: 'toast', toast }));
  }

  /** Calls that are over, their recordings, and files that are written of them. */
  #followThePast({ records, recordings, recordingAudio, files }: Services): void {
    records.news.hear(found => this.#tell({ type: 'records.found', found: { ...found, rows: [...found.rows] } }));
    recordings.news.hear(found => this.#tell({ type: 'recordings.found', found: { ...found, rows: [...found.rows] } }));
    files.changes.hear(all => this.#tell({ type: 'transfers.changed', transfers: [...all] }));
    recordingAudio.changes.hear(here => this.#tellWhenCalm({ type: 'recording.audio', audio: here }));
  }

  /** Everything on screen, for a window that has just loaded or loaded again. */
  snapshot(): AgentNotice[] {
    const {
      signIn,
      desk,
      line,
      telephonyWatch,
      agent,
      gate,
      idle,
      policy,
      serverClock,
      audio,
      settings,
      journal,
      toasts,
      links,
      queues,
      channels,
      breaks,
      figures,
      wrapUp,
      consulted,
      interactions,
      destinations,
      files,
    } = this.services;
    const { shape, shortcuts } = this.desktop;
    const bodies: NoticeBody[] = [
      { type: 'settings.changed', settings: settings.value },
      { type: 'session.changed', session: signIn.view },
      { type: 'line.changed', line: line.state },
      { type: 'policy.changed', policy: policy.policy },
      { type: 'idle.changed', endsAt: idle.endsAt },
      { type: 'gate.changed', problems: [...gate.problems] },
      { type: 'server-clock.changed', aheadMs: serverClock.aheadMs },
      { type: 'telephony.changed', isReachable: telephonyWatch.isReachable },
      { type: 'agent.changed', status: agent.status },
      { type: 'calls.changed', calls: [...desk.all()] },
      { type: 'interactions.changed', interactions: [...interactions.all()] },
      { type: 'destinations.changed', destinations: destinations.destinations && [...destinations.destinations] },
      { type: 'audio.changed', audio: audio.audio },
      { type: 'recent-calls.changed', calls: [...journal.calls] },
      { type: 'figures.changed', view: figures.view },
      { type: 'wrap-up.changed', wrapUp: wrapUp.view },
      { type: 'consulted.changed', customers: [...consulted.customers] },
      { type: 'queues.changed', queues: queues.queues && [...queues.queues] },
      { type: 'channels.changed', channels: channels.value },
      { type: 'breaks.changed', breaks: breaks.value && [...breaks.value] },
      { type: 'transfers.changed', transfers: [...files.all] },
      { type: 'window.changed', window: shape.view },
      { type: 'link.changed', link: links.waiting },
      { type: 'global-shortcuts.changed', taken: [...shortcuts.taken] },
      ...toasts.takeUnseen().map(toast => ({ type: 'toast' as const, toast })),
    ];
    return bodies.map(body => this.#numbered(body));
  }

  #tellWhenCalm(body: NoticeBody): void {
    if (this.#planned.size === 0)
      setTimeout(() => {
        const bodies = [...this.#planned.values()];
        this.#planned.clear();
        bodies.forEach(each => this.#tell(each));
      }, calmMs);
    this.#planned.set(body.type, body);
  }

  #tell(body: NoticeBody): void {
    this.send(this.#numbered(body));
  }

  #numbered(body: NoticeBody): AgentNotice {
    const revision = (this.#revisions.get(body.type) ?? 0) + 1;
    this.#revisions.set(body.type, revision);
    return { ...body, revision };
  }
}
