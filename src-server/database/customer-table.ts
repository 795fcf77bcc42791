import type { ReadableDb, WritableDb } from './tables';

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly company: string | null;
  readonly language: 'en' | 'fr';
  readonly numbers: readonly string[];
}

/** The customer who calls from this number; null when nobody or more than one does: we do not guess. */
export async function customerOfNumber(db: ReadableDb, number: string): Promise<Omit<Customer, 'numbers'> | null> {
  const rows = await db
    .selectFrom('customer_numbers')
    .innerJoin('customers', 'customers.id', 'customer_numbers.customer_id')
    .select(['customers.id', 'customers.name', 'customers.company', 'customers.language'])
    .where('customer_numbers.number', '=', number)
    .limit(2)
    .execute();
  return rows.length === 1 ? (rows[0] ?? null) : null;
}

export async function customerNameOf(db: ReadableDb, number: string): Promise<string | null> {
  return (await customerOfNumber(db, number))?.name ?? null;
}

export async function allCustomers(db: ReadableDb): Promise<Customer[]> {
  const rows = await db.selectFrom('customers').selectAll().orderBy('id').execute();
  const numbers = new Map<string, string[]>();
  for (const entry of await db.selectFrom('customer_numbers').selectAll().orderBy('number').execute())
    numbers.set(entry.customer_id, [...(numbers.get(entry.customer_id) ?? []), entry.number]);
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    company: row.company,
    language: row.language,
    numbers: numbers.get(row.id) ?? [],
  }));
}

export async function insertCustomers(
  db: WritableDb,
  customers: readonly Customer[],
  createdAt: number,
): Promise<void> {
  await db
    .insertInto('customers')
    .values(
      customers.map(({ id, name, company, language }) => ({ id, name, company, language, created_at: createdAt })),
    )
    .execute();
  await db
    .insertInto('customer_numbers')
    .values(customers.flatMap(customer => customer.numbers.map(number => ({ number, customer_id: customer.id }))))
    .execute();
}
