import type { FinalLine, Violation } from '../history.ts';
import { communityOf, isInside, type Log, type Model } from '../model.ts';
import { mustHave } from './told.ts';

/**
 * C14: a topic is there from its making to its end, which have their places in the order of the community: nothing is said in it
 * before or after. In the end every member has exactly the topics that are there, by the names that they were given last.
 */
export function topicsAreThere(model: Model): Violation[] {
  const found = [...model.logs.values()].flatMap((log) => saidOutside(model, log));
  for (const line of model.finals) {
    for (const log of model.logs.values())
      if (log.topics.size > 0 && isInside(log, line.user)) found.push(...wrongTopics(line, log));
    found.push(...readThoughGone(model, line));
  }
  return found;
}

function saidOutside(model: Model, { conv, messages }: Log): Violation[] {
  const topic = model.topic(conv);
  if (topic === undefined) return [];
  return messages
    .filter(({ after = 0 }) => after < topic.from || after >= topic.to)
    .map(({ seq }) => ({ check: 'C14', text: `${conv} ${seq} was said while there was no such topic` }));
}

function wrongTopics({ device, topics }: FinalLine, { conv, topics: made }: Log): Violation[] {
  const wanted = [...made].flatMap(([topicID, { to, name }]) =>
    to === Infinity ? `${topicID} "${name}"` : [],
  );
  const got = topics.flatMap(({ topicID, name }) =>
    communityOf(`topic:${topicID}`) === conv ? `${topicID} "${name}"` : [],
  );
  if (wanted.toSorted().join() === got.toSorted().join()) return [];
  const text = `${device} has of ${conv} the topics ${got.join(', ') || 'none'}; there are ${wanted.join(', ') || 'none'}`;
  return [{ check: 'C14', text }];
}

function readThoughGone(model: Model, { device, session, histories }: FinalLine): Violation[] {
  // Whoever has left the community is told of its topics no more, and keeps what they had.
  return Object.entries(histories)
    .filter(([conv, history]) => model.isGone(conv) && history.length > 0 && mustHave(model, session, conv))
    .map(([conv]) => ({ check: 'C14', text: `${device} reads ${conv}, which was taken away` }));
}
