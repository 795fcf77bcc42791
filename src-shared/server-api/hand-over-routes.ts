import { z } from 'zod';
import { consultReasonLimit } from '../consult/consult-context';
import { customerCard } from '../customers/customer-card';
import { route } from './route';

const oneCall = z.object({ callId: z.string().min(1).max(64) });

/** What a colleague needs to know to take a customer over. */
export const handOverRouteTable = {
  'calls.consult': route(
    ['PUT', '/api/calls/:callId/consult', 'signed-in'],
    oneCall.extend({
      /** Extension of the colleague who is going to be asked, or to whom the customer is sent. */
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
} as const;
