import { z } from 'zod';
import { consultContext } from '../consult/consult-context';
import { customerCard } from '../customers/customer-card';

/** A customer about whom this person is being asked, with what the centre knows of them; the card is null until it was fetched. */
export const consultedCustomer = consultContext.extend({ card: customerCard.nullable() });
export type ConsultedCustomer = Readonly<z.infer<typeof consultedCustomer>>;
