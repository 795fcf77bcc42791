import { z } from 'zod';
import { consultReasonLimit } from '../consult/consult-context';
import { customerCard } from '../customers/customer-card';
import { story } from '../story/story';
import { route } from './route';

const oneCall = z.object({ callId: z.string().min(1).max(64) });

/** What a colleague needs to know to take a customer over. */
export const handOverRouteTable = {
  'calls.consult': route(
    ['PUT', '/api/calls/:callId/consult', 'signed-in'],
    oneCall.extend({
      /** Extension of the colleague who is going to be asked, or to whom the customer is sent. Of any other number only the reason is kept. */
      to: z.string().min(1).max(32),
      reason: z.string().trim().max(consultReasonLimit),
    }),
    z.object({ done: z.literal(true) }),
    'Tell a colleague about the customer in a call I talk in, before I call them; again with other words replaces it',
  ),
  'calls.customer': route(
    ['GET', '/api/calls/:callId/customer', 'signed-in'],
    oneCall,
    customerCard,
    'The customer of a call and earlier calls with the same number; for who takes part, is being asked about it, or leads',
  ),
  'calls.story': route(
    ['GET', '/api/calls/:callId/story', 'signed-in'],
    oneCall,
    story,
    'What happened in a call and its consultations, from the customer’s side; agents: calls in which they have a part',
  ),
  'calls.phone-mute': route(
    ['PUT', '/api/agent/phone-mute', 'signed-in'],
    z.object({
      /** null when the phone was not told: then it is the call in which I talk and hold nobody. */
      callId: z.string().min(1).max(64).nullable(),
      isMuted: z.boolean(),
      /** Server’s clock, as far as the app knows it. */
      at: z.number().int(),
    }),
    z.object({ done: z.literal(true) }),
    'My phone’s microphone was switched off or on in a call: telephony does not see it, and a recording’s story has to',
  ),
} as const;
