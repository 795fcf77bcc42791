import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AmiConnection } from '../../../../../src-server/telephony/asterisk/ami/ami-connection';
import { FakeClock } from '../../../../fakes/fake-clock';
import { until } from '../../../../telephony/sip-socket';

/** A manager port whose answers the test writes. */
describe('AmiConnection', () => {
  const clock = new FakeClock();
  let server: Server;
  let sockets: Socket[];
  let asked: string;
  let logged: string[];
  let ups: number;
  let connection: AmiConnection;
  beforeEach(async () => {
    [sockets, asked, logged, ups] = [[], '', [], 0];
    server = createServer(socket => {
      sockets.push(socket);
      socket.setEncoding('utf8');
      socket.on('data', (text: string) => (asked += text));
      socket.write('Asterisk Call Manager/11.0.0\r\n');
    });
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
    const note = (level: string) => (line: string) => void logged.push(`${level} ${line}`);
    connection = new AmiConnection({
      host: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      user: 'centre',
      secret: 'never shown',
      clock,
      log: { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') },
      random: () => 0,
      onEvent: () => undefined,
      onUp: async () => void ups++,
      onDown: () => undefined,
    });
    connection.start();
    await until('login', () => asked.includes('Action: Login'));
  });
  afterEach(async () => {
    connection.stop();
    for (const socket of sockets) socket.destroy();
    await new Promise(closed => server.close(closed));
  });

  const idOf = (action: string): string => {
    const block = asked.split('\r\n\r\n').findLast(each => each.includes(`Action: ${action}`)) ?? '';
    return /ActionID: (\d+)/.exec(block)?.[1] ?? '';
  };
  const say = (...lines: string[]): void => void sockets.at(-1)?.write(`${lines.join('\r\n')}\r\n\r\n`);
  const letIn = async (): Promise<void> => {
    say('Response: Success', `ActionID: ${idOf('Login')}`);
    say('Event: FullyBooted', 'Status: Fully Booted');
    await until('up', () => ups === 1);
  };

  it('is up when Asterisk is wholly booted, not when it lets us in', async () => {
    say('Response: Success', `ActionID: ${idOf('Login')}`);
    const pinged = connection.action({ Action: 'Ping' });
    await expect(pinged).rejects.toThrow('no connection');
    expect(ups).toBe(0);
    say('Event: FullyBooted', 'Status: Fully Booted');
    await until('up', () => ups === 1);
    expect(connection.isConnected).toBe(true);
  });

  it('an action that gets no answer fails after five seconds, and a late answer harms nobody', async () => {
    await letIn();
    const slow = connection.action({ Action: 'CoreStatus' });
    await until('asked', () => asked.includes('CoreStatus'));
    clock.pass(5000);
    await expect(slow).rejects.toThrow('CoreStatus: no answer in 5000 ms');
    say('Response: Success', `ActionID: ${idOf('CoreStatus')}`);
    const next = connection.action({ Action: 'CoreSettings' });
    await until('asked', () => asked.includes('CoreSettings'));
    say('Response: Success', `ActionID: ${idOf('CoreSettings')}`, 'AsteriskVersion: 22');
    expect((await next).get('AsteriskVersion')).toBe('22');
  });

  it('an answer that lay there while the server stood still counts, and is told to be late', async () => {
    await letIn();
    const slow = connection.list({ Action: 'QueueStatus' });
    await until('asked', () => asked.includes('QueueStatus'));
    const id = idOf('QueueStatus');
    setTimeout(() => {
      say('Response: Success', `ActionID: ${id}`);
      for (let place = 0; place < 5000; place++) say('Event: QueueMember', `ActionID: ${id}`, `Name: ${place}`);
      say('Event: QueueStatusComplete', `ActionID: ${id}`, 'EventList: Complete');
      clock.pass(5000);
    });
    await expect(slow).resolves.toHaveLength(5000);
    expect(connection.isConnected).toBe(true);
    expect(logged).toContain('warn asterisk: QueueStatus took 5000 ms');
  });

  it('an empty list that Asterisk calls an error is empty; silence is not', async () => {
    await letIn();
    const none = connection.listIfAny({ Action: 'PJSIPShowContacts' });
    await until('asked', () => asked.includes('PJSIPShowContacts'));
    say('Response: Error', `ActionID: ${idOf('PJSIPShowContacts')}`, 'Message: No Contacts found');
    expect(await none).toEqual([]);
    const silent = connection.listIfAny({ Action: 'PJSIPShowEndpoints' });
    await until('asked', () => asked.includes('PJSIPShowEndpoints'));
    clock.pass(5000);
    await expect(silent).rejects.toThrow('no answer');
  });

  it('a half-open connection is noticed by a ping without answer, and made anew', async () => {
    await letIn();
    clock.pass(1000);
    await until('ping', () => asked.includes('Action: Ping'));
    clock.pass(5000);
    await until('noticed', () => !connection.isConnected && logged.some(line => line.includes('no connection')));
    expect(sockets).toHaveLength(1);
    clock.pass(60_000);
    await until('comes again', () => sockets.length === 2);
  });

  it('a wrong secret is a warning once, and no log shows it', async () => {
    for (const attempt of [1, 2, 3]) {
      await until('login', () => sockets.length === attempt && asked.split('Action: Login').length === attempt + 1);
      say('Response: Error', `ActionID: ${idOf('Login')}`, 'Message: Authentication failed');
      await until('refused', () => logged.filter(line => line.includes('Authentication failed')).length === attempt);
      clock.pass(60_000);
    }
    const refusals = logged.filter(line => line.includes('Authentication failed')).map(line => line.split(' ')[0]);
    expect(refusals).toEqual(['warn', 'debug', 'debug']);
    expect(logged.join()).not.toContain('never shown');
  });
});
