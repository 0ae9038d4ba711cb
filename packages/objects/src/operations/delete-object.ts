import { authorize, requireAccess } from '../access/authorize.ts';
import type { ObjectResponse } from '../http/request.ts';
import { type Call, gateOf, type OperationDeps } from './call.ts';

/** `DELETE /key`. As in every object store, removing what is not there is a success. */
export async function deleteObject(deps: OperationDeps, { request, target }: Call): Promise<ObjectResponse> {
  requireAccess(authorize(gateOf(deps), request, target), 'delete', target.key);
  await deps.index.removeObject({ key: target.key });
  return { status: 204, headers: {} };
}
