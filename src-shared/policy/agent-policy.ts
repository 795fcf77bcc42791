import { z } from 'zod';

/** A word in the languages of the product; `en` is there always, another language falls back to it. */
export const localText = z.object({ en: z.string().min(1).max(80), fr: z.string().min(1).max(80).optional() });
export type LocalText = z.infer<typeof localText>;

const id = z.string().regex(/^[\w-]{1,64}$/);

export const pauseReason = z.object({
  id,
  text: localText,
  /** A break that takes longer is shown to agent and supervisor; null: as long as it takes. */
  minutes: z.number().int().min(1).max(600).nullable(),
});
export type PauseReason = Readonly<z.infer<typeof pauseReason>>;

export const disposition = z.object({ id, text: localText });
export type Disposition = Readonly<z.infer<typeof disposition>>;

/** What the agent does after a queue call. */
export const wrapUpPolicy = z.object({
  /** `none`: no form; `automatic`: it closes by itself at the end of its time; `extendable`: the agent may ask for more time. */
  mode: z.enum(['none', 'automatic', 'extendable']),
  seconds: z.number().int().min(5).max(3600),
  extensionSeconds: z.number().int().min(5).max(3600),
  /** How often it may be extended. */
  extensions: z.number().int().min(0).max(20),
});
export type WrapUpPolicy = Readonly<z.infer<typeof wrapUpPolicy>>;

export const queuePolicy = z.object({
  queueId: id,
  wrapUp: wrapUpPolicy,
  /** Outcomes to choose from in this queue. */
  dispositions: z.array(disposition).max(200),
});

export const qualityCriterion = z.object({
  id,
  text: localText,
  /** The most that can be given. */
  points: z.number().int().min(1).max(100),
});

/** What the administrator has decided for the agents of the centre; the server holds it and tells every app. */
export const agentPolicy = z.object({
  pauseReasons: z.array(pauseReason).max(100),
  queues: z.array(queuePolicy),
  session: z.object({
    /** Without activity a person is signed out after this time (S303); null: never. */
    idleSignOutMs: z.number().int().min(60_000).nullable(),
    warnBeforeMs: z.number().int().min(5_000),
  }),
  line: z.object({
    /** Whose line is gone for longer is paused with the reason `line`. */
    graceMs: z.number().int().min(1_000).max(600_000),
  }),
  transfer: z.object({
    /** Who may send a call to a number outside the centre. */
    outsideRoles: z.array(z.enum(['agent', 'supervisor', 'administrator'])),
  }),
  /** A direct call for somebody who talks already: it rings quietly, or the caller hears busy. A call that comes back always rings. */
  secondCall: z.enum(['rings', 'busy']),
  /** How callers' numbers are shown in live lists. */
  numbers: z.enum(['full', 'masked']),
  reorder: z.object({
    /** Who may move waiting callers. */
    roles: z.array(z.enum(['agent', 'supervisor', 'administrator'])),
    /** Nobody is pushed back once they have waited so long (beyond.md B5). */
    longestPushedBackMs: z.number().int().min(10_000),
  }),
  recordings: z.object({
    /** Sound is deleted so many days after the call (S017); null: never. */
    keepDays: z.number().int().min(1).max(36_500).nullable(),
    /** Name of a downloaded file; parts in braces: date, time, number, name, agent, extension, type, call (see `recording-file-name.ts`). */
    fileName: z.string().min(1).max(120),
  }),
  /** By what supervisors score recordings, in this order. */
  quality: z.object({ criteria: z.array(qualityCriterion).max(30) }),
});
export type AgentPolicy = Readonly<z.infer<typeof agentPolicy>>;

/** Reasons the system gives by itself; their words are texts of the product. */
export const systemPauseReasons = ['sign-in', 'device', 'line', 'idle'] as const;
/** Those of them that an app may give for its agent: headset gone, nobody there. */
export const appPauseReasons = ['device', 'idle'] as const satisfies readonly (typeof systemPauseReasons)[number][];
