import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AmiParser, amiText } from '../../../../../src-server/telephony/asterisk/ami/ami-message';

const greeting = 'Asterisk Call Manager/11.0.0\r\n';

describe('AMI messages', () => {
  it('reads fields whatever the case, repeated ones, and empty ones', () => {
    const [event] = new AmiParser().push(
      `${greeting}Event: Hangup\r\nChanVariable: A=1\r\nChanVariable: B=x=y\r\nExten: \r\nCallerIDName: a: b\r\n\r\n`,
    );
    expect([event?.get('event'), event?.get('Exten'), event?.get('Missing')]).toEqual(['Hangup', '', '']);
    expect([event?.variable('A'), event?.variable('B'), event?.variable('C')]).toEqual(['1', 'x=y', '']);
    expect(event?.get('calleridname')).toBe('a: b');
  });

  it('gives the same messages however the stream is cut', () => {
    const stream = `${greeting}Event: A\r\nX: 1\r\n\r\nEvent: B\r\nX: 2\r\n\r\n`;
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length)), cuts => {
        const parser = new AmiParser();
        const places = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
        const messages = places.flatMap((place, index) => parser.push(stream.slice(place, places[index + 1] ?? place)));
        return messages.map(message => message.get('Event') + message.get('X')).join() === 'A1,B2';
      }),
    );
  });

  it('passes over lines that are none and counts them', () => {
    const parser = new AmiParser();
    const messages = parser.push(`${greeting}nonsense\r\n: x\r\nEvent: A\r\n\r\n\r\n\r\n`);
    expect(messages.map(message => message.get('Event'))).toEqual(['A']);
    expect(parser.malformedLines).toBe(2);
  });

  it('refuses who is no Asterisk, and a message without end', () => {
    expect(() => new AmiParser().push('HTTP/1.1 400 Bad Request\r\n')).toThrow('no Asterisk');
    expect(() => new AmiParser().push(`${greeting}${'x'.repeat(300_000)}`)).toThrow('without end');
  });

  it('writes actions, and never a value that would begin a field', () => {
    expect(amiText({ Action: 'QueuePause', Paused: 'true' })).toBe('Action: QueuePause\r\nPaused: true\r\n\r\n');
    for (const bad of ['a\r\nAction: Command', 'a\nb', 'a\rb', 'a\0b'])
      expect(() => amiText({ Reason: bad })).toThrow('line end');
  });
});
