import { createMemoryBlobs } from './memory-blobs.ts';
import { blobStoreContract } from './blob-store.contract.ts';

blobStoreContract('memory', async () => ({ blobs: createMemoryBlobs({ nowMs: () => Date.now() }) }));
