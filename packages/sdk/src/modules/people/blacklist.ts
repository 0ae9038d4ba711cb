import type { RequestOf } from '@sterna/protocol';
import { ImError } from '../../errors.ts';
import type { EngineContext, EngineModule } from '../engine-module.ts';

/** Whom I have blocked. Changes come by the inbox to all my devices, which then read the list. */
export function blacklist({ request, change, emit, insist }: EngineContext): EngineModule {
  const list = async (): Promise<string[]> => (await request('blacklist.list', {})).userIDs;
  const tell = (): void => insist('blacklist', async () => emit('blacklistUpdated', await list()));

  const changing =
    (action: RequestOf<'blacklist.change'>['action']) =>
    async ({ userIDList: userIDs }: { userIDList: string[] }): Promise<string[]> => {
      const { done, failed } = await change('blacklist.change', { action, userIDs });
      const [first] = failed;
      if (first && done.length === 0) throw new ImError(first.code, first.text);
      return done;
    };

  return {
    prepare: async () => tell(),
    onInbox: { blacklist: tell },
    methods: {
      getBlacklist: list,
      addToBlacklist: changing('add'),
      removeFromBlacklist: changing('remove'),
    },
  };
}
