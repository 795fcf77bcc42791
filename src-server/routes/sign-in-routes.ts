import { AppError } from '../../src-shared/errors/app-error';
import { livePath } from '../../src-shared/server-api/live-messages';
import type { AgentDesk } from '../agents/agent-desk';
import type { AgentDirectory } from '../agents/agent-directory';
import type { SessionDesk } from '../sign-in/session-desk';
import type { SignInActions } from '../sign-in/sign-in-actions';
import { sipPath, type Telephony } from '../telephony/telephony';
import type { RouteAnswers, RouteContext } from './answer-routes';

export interface SignInRouteParts {
  readonly signInActions: SignInActions;
  readonly sessions: SessionDesk;
  readonly agentDesk: AgentDesk;
  readonly directory: AgentDirectory;
  readonly telephony: Telephony;
}

const sipUrlOf = (context: RouteContext): string => context.webSocketOrigin + sipPath;

export function signInRoutes(
  parts: SignInRouteParts,
): Pick<RouteAnswers, 'sign-in' | 'sign-in.refresh' | 'sign-out' | 'line.renew'> {
  const { signInActions, sessions, agentDesk, directory, telephony } = parts;
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
