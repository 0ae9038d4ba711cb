import { LIMITS, type RequestOf } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { loggedIn } from '../testing/domain-commands.ts';
import { createTown, textTo } from '../testing/town.ts';

type Changes = RequestOf<'profile.update'>['changes'];

const TEAM = 'Tag_Profile_Custom_Team';
const town = () => createTown(['ann', 'ben', 'cat'], { settings: { profileCustomFields: [TEAM] } });

describe('profile.update', () => {
  test('sets what is named and leaves the rest; my devices are told', async () => {
    const { ask, told } = await town();
    await ask('ann', 'profile.update', { changes: { nick: 'Annie', birthday: 20000101 } });
    const { profile } = await ask('ann', 'profile.update', {
      changes: { allowType: 'AllowType_Type_NeedConfirm', custom: { [TEAM]: 'terns' } },
    });
    expect(profile).toMatchObject({
      nick: 'Annie',
      birthday: 20000101,
      allowType: 'AllowType_Type_NeedConfirm',
      custom: { [TEAM]: 'terns' },
    });
    expect(await told('ann', 'profile')).toHaveLength(2);
    expect((await ask('ben', 'profile.get', { userIDs: ['ann', 'nobody'] })).profiles).toEqual([profile]);
  });

  test('a whole profile can be handed back: what was never set stays so', async () => {
    const { ask } = await town();
    const whole = { nick: 'Annie', gender: '', allowType: '', adminForbidType: '', location: '' };
    const { profile } = await ask('ann', 'profile.update', { changes: whole });
    expect(profile).toMatchObject({ userID: 'ann', nick: 'Annie', location: '' });
    expect(profile).not.toHaveProperty('allowType');
  });

  test.each<[string, Changes, Changes, number]>([
    ['a long nick', { nick: 'é'.repeat(250) }, { nick: `${'é'.repeat(250)}e` }, 40601],
    ['a long avatar', { avatar: 'a'.repeat(500) }, { avatar: 'a'.repeat(501) }, 40601],
    ['a long signature', { selfSignature: 'a'.repeat(500) }, { selfSignature: 'a'.repeat(501) }, 40601],
    ['a long location', { location: 'a'.repeat(16) }, { location: 'a'.repeat(17) }, 40601],
    [
      'a long custom value',
      { custom: { [TEAM]: 'a'.repeat(500) } },
      { custom: { [TEAM]: 'a'.repeat(501) } },
      40601,
    ],
    ['an unknown custom field', { custom: { [TEAM]: '' } }, { custom: { Tag_Profile_Custom_X: '' } }, 40009],
    ['a gender that is none', { gender: 'Gender_Type_Male' }, { gender: 'male' }, 40605],
    ['a language beyond 32 bits', { language: 2 ** 32 - 1 }, { language: 2 ** 32 }, 40605],
    ['a broken level', { level: 0 }, { level: 1.5 }, 40605],
    ['a negative role', { role: 0 }, { role: -1 }, 40605],
  ])('%s is refused with its code, and the value beside it is not', async (_, good, bad, code) => {
    const { ask } = await town();
    await ask('ann', 'profile.update', { changes: good });
    await expect(ask('ann', 'profile.update', { changes: bad })).rejects.toMatchObject({ code });
  });

  test('those who talk with me and my friends are told at once, but for who has blocked me', async () => {
    const { ask, deps, published } = await town();
    await loggedIn(deps.store, 'dan');
    await loggedIn(deps.store, 'eve');
    await ask('ann', 'message.send', textTo('ben', '1'));
    await ask('ann', 'message.send', textTo('cat', '2'));
    await ask('cat', 'blacklist.change', { action: 'add', userIDs: ['ann'] });
    await ask('ann', 'friend.add', { userID: 'dan', both: true, source: 'AddSource_Type_Web' });
    published.length = 0;
    await ask('ann', 'profile.update', { changes: { nick: 'Annie' } });
    const pushes = published.filter(({ notice }) => notice.kind === 'profile');
    expect(pushes.map(({ subject }) => subject)).toEqual(['1/user:ben', '1/user:dan']);
    expect(pushes[0]?.notice).toMatchObject({ profile: { userID: 'ann', nick: 'Annie' } });
  });

  test('whoever has me in their list is told, until they take me out or block me', async () => {
    const { ask, published } = await town();
    const told = async (nick: string) => {
      published.length = 0;
      await ask('ann', 'profile.update', { changes: { nick } });
      return published.flatMap(({ subject, notice }) => (notice.kind === 'profile' ? subject : []));
    };
    const source = 'AddSource_Type_Web';
    await ask('ann', 'profile.update', { changes: { allowType: 'AllowType_Type_NeedConfirm' } });
    for (const who of ['ben', 'cat'] as const) {
      await ask(who, 'friend.add', { userID: 'ann', both: false, source });
      await ask('ann', 'friendApplication.answer', { userID: who, answer: 'accept' });
    }
    expect(await told('1')).toEqual(['1/user:ben', '1/user:cat']);
    await ask('ben', 'friend.delete', { userIDs: ['ann'], both: false });
    expect(await told('2')).toEqual(['1/user:cat']);
    await ask('cat', 'blacklist.change', { action: 'add', userIDs: ['ann'] });
    expect(await told('3')).toEqual([]);
  });

  test('of many acquaintances so many are told', async () => {
    const { ask, deps, published } = await town();
    for (let index = 0; index <= LIMITS.peopleTold; index++) {
      await loggedIn(deps.store, `f${index}`);
      await ask('ann', 'friend.add', { userID: `f${index}`, both: false, source: 'AddSource_Type_Web' });
    }
    published.length = 0;
    await ask('ann', 'profile.update', { changes: { nick: 'Annie' } });
    expect(published.filter(({ notice }) => notice.kind === 'profile')).toHaveLength(LIMITS.peopleTold);
  });
});
