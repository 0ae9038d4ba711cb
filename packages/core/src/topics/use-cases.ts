import { runCommand } from '../delivery/run-command.ts';
import { TOPIC_INFIX } from '../keys.ts';
import type { SessionCommand, UseCases } from '../use-case.ts';
import { listTopics } from './read-topics.ts';

/** Topics of communities. What is said in them goes the way of all messages. */
export const topicUseCases: UseCases<Extract<SessionCommand, `topic.${string}`>> = {
  'topic.create': (deps, actor, { topicID, ...request }) => {
    const named = topicID ?? `${request.groupID}${TOPIC_INFIX}${deps.random.id(12)}`;
    const body = { actor, topicID: named, request, nowMs: deps.clock.nowMs() };
    return runCommand(deps, { type: 'topic.create', body });
  },
  'topic.update': (deps, actor, request) =>
    runCommand(deps, { type: 'topic.update', body: { actor, request, nowMs: deps.clock.nowMs() } }),
  'topic.delete': (deps, actor, request) =>
    runCommand(deps, { type: 'topic.delete', body: { actor, request, nowMs: deps.clock.nowMs() } }),
  'topic.list': listTopics,
};
