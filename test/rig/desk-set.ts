import { TestPhone, type PhoneOptions } from '../telephony/test-phone';
import type { CarrierCall } from './carrier';
import { DeskPhone, type DeskPhoneOptions } from './desk-phone';

/** A call at a telephone on a desk: what a hand can do there, and what an ear hears. */
export interface DeskSetCall {
  readonly isUp: boolean;
  readonly isOver: boolean;
  /** Of the INVITE that rang; empty when there is none. */
  header(name: string): string;
  answer(): Promise<void>;
  decline(status?: number): void;
  hangUp(): void;
  /** The hold key, and once more. */
  hold(): Promise<void>;
  takeBack(): Promise<void>;
  /** How loud a tone is heard, of 32768; nothing where nothing comes. */
  hears(hz: number): number;
}

/** A telephone on a desk, registered with its password, whatever it speaks: UDP to an Asterisk, WebSocket to the embedded engine. */
export interface DeskSet {
  /** The n-th call that rang here. */
  incoming(index?: number): Promise<DeskSetCall>;
  readonly incomingCount: number;
  /** Signs off: the plug is pulled with notice. */
  unregister(): Promise<void>;
  /** Every receiver is put down. */
  putDown(): void;
  close(): Promise<void>;
}

/** A meter keeps what it heard last. */
const silentAfterMs = 500;
const comes = (arrivedAt: number | undefined): boolean => performance.now() - (arrivedAt ?? 0) < silentAfterMs;

const registersWithinMs = 10_000;

/** A running server notices a new password after a moment. */
async function untilTaken(register: () => Promise<{ readonly status: number | null }>): Promise<void> {
  const deadline = performance.now() + registersWithinMs;
  while ((await register()).status !== 200)
    if (performance.now() > deadline) throw new Error(`not registered within ${registersWithinMs} ms`);
}

export async function overWebSocket(options: PhoneOptions): Promise<DeskSet> {
  const phone = await TestPhone.connect(options);
  await untilTaken(() => phone.register());
  return {
    get incomingCount() {
      return phone.incomingCount;
    },
    incoming: async (index = 0) => {
      const call = await phone.incoming(index);
      return {
        get isUp() {
          return call.state === 'confirmed';
        },
        get isOver() {
          return call.state === 'ended';
        },
        header: name => call.invite?.header(name) ?? '',
        answer: () => call.answer(),
        decline: (status = 603) => call.decline(status),
        hangUp: () => call.leave(),
        hold: async () => void (await call.reinvite('sendonly')),
        takeBack: async () => void (await call.reinvite('sendrecv')),
        hears: hz => (comes(call.media.arrivals.at(-1)) ? call.media.heard.level(hz) : 0),
      };
    },
    putDown: () => phone.calls.forEach(call => call.leave()),
    unregister: async () => void (await phone.register({ expires: 0 })),
    close: () => phone.close(),
  };
}

export async function overUdp(options: DeskPhoneOptions): Promise<DeskSet> {
  const phone = await DeskPhone.plugIn(options);
  await untilTaken(() => phone.register());
  return {
    get incomingCount() {
      return phone.calls.filter(({ incoming }) => incoming !== null).length;
    },
    incoming: async (index = 0) => {
      const call = await phone.incoming(index);
      return {
        get isUp() {
          return call.state === 'talking';
        },
        get isOver() {
          return call.state === 'ended';
        },
        header: name => call.incoming?.header(name) ?? '',
        answer: async () => call.answer(),
        decline: (status = 603) => call.refuse(status),
        hangUp: () => leave(call),
        hold: async () => void (await call.reinvite('sendonly')),
        takeBack: async () => void (await call.reinvite('sendrecv')),
        hears: hz => (comes(call.media.lastArrival) ? call.heard.level(hz) : 0),
      };
    },
    putDown: () => phone.calls.forEach(leave),
    unregister: async () => void (await phone.register(0)),
    close: async () => {
      phone.calls.forEach(leave);
      await phone.register(0);
      phone.close();
    },
  };
}

function leave(call: CarrierCall): void {
  if (call.state === 'talking') call.hangUp();
  else if (call.state !== 'ended') call.refuse(480);
}
