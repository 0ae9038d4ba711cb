import type { Context } from './context.ts';

/** An address, which is empty for none, or a picture that is still here. */
export type NewAvatar = string | File;

/** The avatar of a change as the server takes it: a picture is brought there first. */
export async function avatarChange(
  { tim }: Pick<Context, 'tim'>,
  avatar: NewAvatar | undefined,
): Promise<{ avatar?: string }> {
  if (avatar === undefined) return {};
  if (typeof avatar === 'string') return { avatar };
  const { data } = await tim().uploadFile({ file: avatar });
  return { avatar: data.url };
}
