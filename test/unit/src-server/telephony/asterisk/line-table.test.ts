import { beforeEach, describe, expect, it } from 'vitest';
import { AmiMessage } from '../../../../../src-server/telephony/asterisk/ami/ami-message';
import { LineTable } from '../../../../../src-server/telephony/asterisk/lines/line-table';
import { FakeClock } from '../../../../fakes/fake-clock';

const uri = 'sip:1005@127.0.0.3:5060';

describe('LineTable', () => {
  let told: string[];
  let table: LineTable;
  beforeEach(() => {
    told = [];
    table = new LineTable({
      clock: new FakeClock(),
      tell: fact => void told.push('reason' in fact ? `${fact.type} ${String(fact.reason)}` : fact.type),
      isKnown: extension => extension === '1005',
      onReplaced: () => void told.push('replaced'),
    });
  });
  const hear = (status: string, contact = uri, extension = '1005'): void =>
    table.contactChanged(
      new AmiMessage(
        new Map([
          ['endpointname', [extension]],
          ['uri', [contact]],
          ['contactstatus', [status]],
        ]),
      ),
    );

  it('tells registration and its end once each, whatever comes twice', () => {
    for (const status of ['NonQualified', 'NonQualified', 'Reachable', 'Removed', 'Removed']) hear(status);
    expect(told).toEqual(['line-registered', 'line-unregistered unregistered']);
  });

  it('takes a late answer for no registration', () => {
    for (const status of ['NonQualified', 'Removed', 'Reachable']) hear(status);
    expect(table.isRegistered('1005')).toBe(false);
  });

  it('a phone that does not answer is not registered until it does, also when it was found so after a gap', () => {
    for (const status of ['NonQualified', 'Unreachable', 'Reachable']) hear(status);
    expect(told).toEqual(['line-registered', 'line-unregistered expired', 'line-registered']);
    table.replaceAll([['1005', uri, 'Unreachable']]);
    expect(table.isRegistered('1005')).toBe(false);
    hear('Reachable');
    expect(table.isRegistered('1005')).toBe(true);
  });

  it('knows nothing of who is not in the directory', () => {
    hear('NonQualified', uri, 'reception');
    table.replaceAll([['trunk', 'sip:127.0.0.2', 'NonQualified']]);
    expect(told).toEqual([]);
  });

  it('does not believe late news of a line that was revoked, and believes them of a desk phone again', () => {
    hear('NonQualified');
    table.revoke('1005');
    hear('NonQualified');
    expect(told).toEqual(['line-registered', 'line-unregistered revoked']);
    table.open('1005');
    hear('NonQualified');
    expect(table.isRegistered('1005')).toBe(true);
  });
});
