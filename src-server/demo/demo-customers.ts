import type { Customer } from '../database/customer-table';
import type { SeededRandom } from './seeded-random';

const french = {
  first: [
    'Camille',
    'Léa',
    'Thomas',
    'Manon',
    'Julien',
    'Sophie',
    'Nicolas',
    'Élodie',
    'Antoine',
    'Hélène',
    'Mathieu',
    'Zoé',
    'François',
    'Aurélie',
    'Benoît',
    'Claire',
  ],
  last: [
    'Roux',
    'Bernard',
    'Fontaine',
    'Chevalier',
    'Gauthier',
    'Lemaître',
    'Perrin',
    'Blanchard',
    'Noël',
    'Marchand',
    'Faure',
    'Rivière',
    'Collet',
    'Dupuis',
  ],
  company: [
    'Boulangerie du Marché',
    'Atelier Lumière',
    'Transports Girard',
    'Clinique des Tilleuls',
    'Vignobles Caron',
  ],
};
const english = {
  first: [
    'Oliver',
    'Amelia',
    'Harry',
    'Isla',
    'George',
    'Ava',
    'Noah',
    'Sophia',
    'James',
    'Emily',
    'William',
    'Mia',
    'Ethan',
    'Ella',
    'Lucas',
    'Ruby',
  ],
  last: [
    'Smith',
    'Johnson',
    'Taylor',
    'Davies',
    'Evans',
    'Wilson',
    'Roberts',
    'Wright',
    'Hughes',
    'Green',
    'Hall',
    'Clarke',
    'Turner',
    'Parker',
  ],
  company: ['Northgate Foods', 'Bluebird Travel', 'Kingsway Motors', 'Harbour Dental', 'Maple & Sons'],
};

const demoCustomerCount = 200;

/** Customers of both languages, some with a company, a third with two numbers. Numbers are from ranges kept for fiction. */
export function demoCustomers(random: SeededRandom): Customer[] {
  return Array.from({ length: demoCustomerCount }, (_, index): Customer => {
    const language = random.chance(0.6) ? 'fr' : 'en';
    const names = language === 'fr' ? french : english;
    const serial = String(index).padStart(3, '0');
    const first = language === 'fr' ? `+3319900${serial}0` : `+442079460${serial}`;
    const second = language === 'fr' ? `+3363998${serial}0` : `+447700900${serial}`;
    return {
      id: `customer-${serial}`,
      name: index === 0 ? 'Camille Roux' : `${random.pick(names.first)} ${random.pick(names.last)}`,
      company: random.chance(0.3) ? random.pick(names.company) : null,
      language: index === 0 ? 'fr' : language,
      numbers: random.chance(1 / 3) ? [first, second] : [first],
    };
  });
}
