import { expect, test } from 'vitest';
import { signedIn } from '../../dev/stage.ts';

const PICTURE = new File(['face'], 'avatar.jpg', { type: 'image/jpeg' });
const ADDRESS = `data:image/jpeg;base64,${btoa('face')}`;
const PROFILE = { nick: 'Ann', signature: '', allowType: 'AllowType_Type_AllowAny' } as const;

test('a picture is brought to the server, and the profile names its address', async () => {
  const { client, state, tim } = await signedIn();
  await client.updateMyProfile({ ...PROFILE, avatar: PICTURE });
  expect(state().me?.avatar).toBe(ADDRESS);
  expect(tim.controls.calls).toContain('upload avatar.jpg');
  await client.updateMyProfile(PROFILE);
  expect(state().me?.avatar).toBe(ADDRESS);
  await client.updateMyProfile({ ...PROFILE, avatar: '' });
  expect(state().me?.avatar).toBe('');
});

test('a profile whose picture does not arrive stays as it is', async () => {
  const { client, state, tim } = await signedIn();
  tim.uploadFile = () => Promise.reject(new Error('offline'));
  const before = state().me;
  await expect(client.updateMyProfile({ ...PROFILE, nick: 'Other', avatar: PICTURE })).rejects.toThrow(
    'offline',
  );
  expect(state().me).toEqual(before);
});
