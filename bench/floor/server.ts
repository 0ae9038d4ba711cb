import { DatabaseSync } from 'node:sqlite';
import { type WebSocket, WebSocketServer } from 'ws';

/**
 * The least that a relay can do: who is who, from one to another, an answer to the sender. With a file, what arrived in one turn
 * is one durable transaction before anybody hears of it. No rights, no order, no duplicates, no history.
 */
const [, , file] = process.argv;
const sockets = new Map<string, WebSocket>();
const groups = new Map<string, Set<string>>();
const commit = file === undefined ? undefined : openLog(file);
let waiting: { from: string; to: string; text: string; tell: () => void }[] = [];

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('listening', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) console.log(JSON.stringify({ port: address.port }));
});

server.on('connection', (socket) => {
  let userID = '';
  socket.on('message', (data: Buffer) => {
    const [id, what, body] = JSON.parse(String(data)) as [number, string, Record<string, string>];
    if (what === 'login') {
      userID = body['userID'] ?? '';
      sockets.set(userID, socket);
      socket.send(JSON.stringify([[0, id]]));
    } else if (what === 'join') {
      const group = groups.get(body['to'] ?? '') ?? new Set();
      groups.set(body['to'] ?? '', group.add(userID));
      socket.send(JSON.stringify([[0, id]]));
    } else relay(socket, id, { from: userID, to: body['to'] ?? '', text: body['text'] ?? '' });
  });
});

function relay(socket: WebSocket, id: number, message: { from: string; to: string; text: string }): void {
  const tell = () => {
    socket.send(JSON.stringify([[0, id]]));
    const pushed = JSON.stringify([[2, message]]);
    const group = groups.get(message.to);
    if (group === undefined) sockets.get(message.to)?.send(pushed);
    else for (const member of group) if (member !== message.from) sockets.get(member)?.send(pushed);
  };
  if (commit === undefined) return tell();
  if (waiting.push({ ...message, tell }) === 1) setImmediate(flush);
}

function flush(): void {
  const batch = waiting;
  waiting = [];
  commit?.(batch);
  for (const { tell } of batch) tell();
}

function openLog(path: string): (batch: typeof waiting) => void {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;');
  database.exec('CREATE TABLE message (id INTEGER PRIMARY KEY, sender TEXT, receiver TEXT, body TEXT)');
  const insert = database.prepare('INSERT INTO message (sender, receiver, body) VALUES (?, ?, ?)');
  return (batch) => {
    database.exec('BEGIN');
    for (const { from, to, text } of batch) insert.run(from, to, text);
    database.exec('COMMIT');
  };
}
