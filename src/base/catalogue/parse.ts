// Messages of the lexer and the parser.
import { entry } from './entry.js';

export const parseMessages = {
  'parse/unexpected': entry<{ found: string; expected: string }>({
    severity: 'error',
    message: (d) => `Unexpected ${d.found}; expected ${d.expected}.`,
    explain: 'The text does not fit the grammar at this place.',
  }),
};
