import type { decisions } from './decisions.ts';

type Decisions = typeof decisions;

/** The types of command that a store can be asked to execute. */
export type CommandType = keyof Decisions;

/** A command's data. Serialisable: it may cross to a worker or a log. Time and fresh ids are part of it. */
export type CommandBody<Type extends CommandType> = Parameters<Decisions[Type]['decide']>[1];

/** What a decided command answers. */
export type CommandReply<Type extends CommandType> = ReturnType<Decisions[Type]['decide']>;

/** Anything a store executes. */
export type Command = { [Type in CommandType]: { type: Type; body: CommandBody<Type> } }[CommandType];
