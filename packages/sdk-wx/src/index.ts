export { default } from '@sterna/sdk/wx';
export type * from '@sterna/sdk/wx';
