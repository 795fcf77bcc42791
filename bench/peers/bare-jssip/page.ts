import { UA, WebSocketInterface } from 'jssip';

interface Session {
  answer(options: object): void;
  terminate(): void;
  refer(target: string): void;
  isEnded(): boolean;
  on(event: string, listener: (data: { peerconnection: RTCPeerConnection }) => void): void;
  readonly connection: RTCPeerConnection | null;
}
interface Line {
  readonly webSocketUrl: string;
  readonly sipUri: string;
  readonly user: string;
  readonly secret: string;
}
interface Bench {
  start(options: Line & { audio: MediaTrackConstraints | true }): Promise<void>;
  painted: number[];
  target: string;
}

const now = (): number => performance.timeOrigin + performance.now();
const element = (id: string): HTMLElement => document.querySelector<HTMLElement>(`#${id}`) ?? document.body;
const media = {
  mediaConstraints: { audio: true as MediaTrackConstraints | true, video: false },
  pcConfig: { iceServers: [] },
};
let session: Session | null = null;
let userAgent: UA | null = null;

const bench: Bench = {
  painted: [],
  target: '',
  start: ({ webSocketUrl, sipUri, user, secret, audio }) =>
    new Promise((resolve, reject) => {
      media.mediaConstraints.audio = audio;
      userAgent = new UA({
        sockets: [new WebSocketInterface(webSocketUrl)],
        uri: sipUri,
        authorization_user: user,
        password: secret,
      });
      userAgent.on('registered', () => resolve());
      userAgent.on('registrationFailed', event => reject(new Error(String(event.cause))));
      userAgent.on('newRTCSession', (event: { session: unknown; originator: string }) =>
        show(event.session as Session, event.originator),
      );
      userAgent.start();
    }),
};
(window as unknown as { bench: Bench }).bench = bench;

function show(incoming: Session, originator: string): void {
  session = incoming;
  const listen = (connection: RTCPeerConnection): void =>
    connection.addEventListener('track', event => {
      const audio = new Audio();
      audio.srcObject = new MediaStream([event.track]);
      void audio.play();
    });
  incoming.on('peerconnection', data => listen(data.peerconnection));
  if (incoming.connection) listen(incoming.connection);
  if (originator !== 'remote') return;
  const card = element('card');
  card.textContent = 'Incoming call';
  card.hidden = false;
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.addEventListener('message', () => bench.painted.push(now()));
    channel.port1.start();
    channel.port2.postMessage(0);
  });
}

element('answer').addEventListener('click', () => session?.answer(media));
element('dial').addEventListener('click', () => userAgent?.call(bench.target, media));
element('refer').addEventListener('click', () => session?.refer(bench.target));
element('end').addEventListener('click', () => {
  if (session && !session.isEnded()) session.terminate();
  element('card').hidden = true;
});
