import { AppError } from '../../src-shared/errors/app-error';
import { livePath } from '../../src-shared/server-api/live-messages';
import type { AgentDesk } from '../agents/agent-desk';
import type { AgentDirectory } from '../agents/agent-directory';
import type { ForgottenPasswords } from '../sign-in/forgotten-passwords';
import type { SessionDesk } from '../sign-in/session-desk';
import type { SignInActions } from '../sign-in/sign-in-actions';
import { sipPath, type Telephony } from '../telephony/telephony';
import type { RouteAnswers, RouteContext } from './answer-routes';

export interface SignInRouteParts {
  readonly signInActions: SignInActions;
  readonly forgottenPasswords: ForgottenPasswords;
  readonly sessions: SessionDesk;
  readonly agentDesk: AgentDesk;
  readonly directory: AgentDirectory;
  readonly telephony: Telephony;
}

const sipUrlOf = (context: RouteContext): string => context.webSocketOrigin + sipPath;

export function signInRoutes(
  parts: SignInRouteParts,
): Pick<RouteAnswers, 'sign-in' | 'sign-in.refresh' | 'password.ask' | 'password.reset' | 'sign-out' | 'line.renew'> {
  const { signInActions, forgottenPasswords, sessions, agentDesk, directory, telephony } = parts;
  return {
    'sign-in': async (input, context) => {
      const { person, tokens } = await signInActions.signIn({ ...input, remoteAddress: context.remoteAddress });
      agentDesk.signedIn(person);
      const line =
        person.deskPhone === null ? await telephony.issueLineCredential(person.extension, sipUrlOf(context)) : null;
      const status = agentDesk.statusOf(person.id);
      return { ...tokens, agent: directory.profile(person), status, line, liveUrl: context.webSocketOrigin + livePath };
    },
    'sign-in.refresh': input => sessions.refresh(input.refreshToken),
    'password.ask': async ({ identifier }, { remoteAddress }) => {
      forgottenPasswords.ask({ identifier, remoteAddress });
      return { done: true };
    },
    'password.reset': async (input, { remoteAddress }) => {
      await forgottenPasswords.reset({ ...input, remoteAddress });
      return { done: true };
    },
    'sign-out': async (_input, context) => {
      await sessions.end(context.signedIn().session.id, 'signed-out');
      return { done: true };
    },
    'line.renew': async (_input, context) => {
      const { person } = context.signedIn();
      if (person.deskPhone !== null) throw new AppError('line/refused', 'the phone of a SIP extension is on the desk');
      return telephony.issueLineCredential(person.extension, sipUrlOf(context));
    },
  };
}
