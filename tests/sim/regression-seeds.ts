/**
 * Seeds that failed once, with what was wrong. The runs that they stand for change with the code, so they prove nothing by
 * themselves any more; they are run first because whatever was fragile once is fragile again.
 */
export const REGRESSION_SEEDS: readonly { seed: number; was: string }[] = [
  {
    seed: 99,
    was: 'what was said in a community while one was put out of it stayed missing for whoever came back during an absence',
  },
  { seed: 1, was: 'a read mark that was refused for a moment was never told again' },
  { seed: 4, was: 'a deleted conversation of a group that one left came back' },
  { seed: 13, was: 'a quiet Work group showed itself to who had left it' },
  { seed: 19, was: 'a login that was overtaken on its way ended the session of its own instance' },
  { seed: 38, was: 'a resent message made the SDK believe that it held everything from there on' },
  { seed: 36, was: 'a fresh start forgot what a session had said in a live room, and told it as received' },
  { seed: 43, was: 'an inbox that could not be read once was never read again' },
  { seed: 44, was: 'what was shown on coming into a live room was more than may wait for a slow reader' },
  { seed: 49, was: 'a message that came after its deletion was shown' },
  { seed: 99, was: 'a change that was asked for again was refused against its own version' },
  { seed: 111, was: 'the list of whoever changed its last message showed what it was' },
  { seed: 78, was: 'a login that was overtaken ended others' },
  { seed: 137, was: 'a session that ended during its login was told a wrong reason' },
  { seed: 161, was: 'answers to two changes of a profile overtook one another' },
  { seed: 185, was: 'a fresh start forgot what a session had said in a live room' },
  { seed: 238, was: 'a snapshot that was overtaken set the unread count' },
  {
    seed: 246,
    was: 'a device rang on for an invitation to a group that it had left before the time was over',
  },
  { seed: 320, was: 'the hub of an earlier connection took the seat of the new one away' },
  { seed: 415, was: 'a topic lacked what was said in it while a member was out' },
  { seed: 532, was: 'a recall of what was deleted before was taken off the unread count once more' },
  { seed: 554, was: 'a change that came with the backlog of a login was not in the list' },
  {
    seed: 567,
    was: 'of two memberships during one absence only what was said in the topics in the second was brought',
  },
  {
    seed: 614,
    was: 'a receipt that was sent again, as its answer was lost, was refused to who had left the group meanwhile',
  },
  {
    seed: 763,
    was: 'of two messages of a live room that two nodes had given one number the second was shown with the words of the first',
  },
  { seed: 827, was: 'a group that was left went out of the list of a fresh login when it was cleared' },
  { seed: 998, was: 'what was said in a topic came after the topic had been taken away' },
  { seed: 1011, was: 'an older answer set the number of members' },
  { seed: 1042, was: 'the owner of a quiet Work group did not see it' },
  { seed: 1428, was: 'a send that was refused on the new connection was stored by way of the old one' },
  { seed: 1509, was: 'an answer of before a deletion counted what was deleted' },
  {
    seed: 30090,
    was: 'a group whose push came while the inbox could not be read was taken to begin with that push',
  },
  {
    seed: 40169,
    was: 'a hub of an earlier incarnation of the store served on, and had missed what grew meanwhile',
  },
  { seed: 42273, was: 'a page of history was put into a conversation that a fresh start had replaced' },
  { seed: 70400, was: 'a login that was overtaken on its way ended the connection that had overtaken it' },
  { seed: 90039, was: 'what was said before the entry into a live room was told as received' },
];
