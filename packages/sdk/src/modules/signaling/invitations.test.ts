import { ERRORS } from '@sterna/protocol/tables';
import { expect, test } from 'vitest';
import { NOT_FOUND } from './invitations.ts';

test("the code of an invitation that nobody knows is the protocol's", () => {
  expect(NOT_FOUND).toBe(ERRORS.invitationNotFound.code);
});
