import { storeContract } from '@sterna/core/testing/contracts';
import { freshSchema } from './testing/fresh-schema.ts';

storeContract('PostgreSQL', async () => freshSchema(), { scripts: 15, villages: 5 });
