export { default } from './entries/friendship.ts';
export * from './entries/friendship.ts';
