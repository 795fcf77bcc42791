import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { whyNoAsterisk } from '../../scripts/asterisk-root.mjs';
import { until } from '../telephony/sip-socket';
import { AsteriskCentre } from '../behaviour/rig/asterisk-centre';
import { anExtension, aQueue } from '../behaviour/rig/behaviour-centre';

const reason = whyNoAsterisk();

/** What an administrator may have written for himself: an endpoint, a queue of the house, numbers, a line in the log. */
class CentreWithReception extends AsteriskCentre {
  /** Nobody has a connection over which the centre could ask. */
  protected override readonly isThere = async (): Promise<null> => null;
  protected override readonly additions = {
    files: () => ({
      'pjsip_local.conf': '[reception]\ntype=endpoint\ncontext=centre-agents\nallow=ulaw\n',
      'queues_local.conf': '[house]\nstrategy=ringall\njoinempty=yes\n',
      'extensions_local.conf':
        '[centre-from-trunk](+)\nexten => 700,1,Answer()\n same => n,Queue(house)\nexten => 701,1,Goto(centre-inbound,800,1)\n',
      'logger_local.conf': '[logfiles](+)\nown.log=warning\n',
    }),
  };
}

describe.skipIf(reason !== null)('trouble with a real Asterisk', () => {
  let centre: AsteriskCentre;
  beforeAll(async () => {
    centre = new CentreWithReception({ timing: { countEveryMs: 1000, silentPhoneMs: 4000 } });
    await centre.open();
  }, 180_000);
  afterEach(async () => {
    await centre.clear();
  });
  afterAll(() => centre.close());

  it('tells after a gap what happened in it: who gave up, who was answered, who began to wait', async () => {
    const phone = await centre.phone('1001', { hz: 600 });
    await centre.engine.setMemberPaused('1001', true, 'coffee');
    const impatient = await centre.carrier.call('800', { from: '0145550001' });
    await until('two calls wait', () => centre.of('queue-joined').length === 1);
    await centre.engine.setMemberPaused('1001', false, null);
    const first = await phone.incoming();
    const later = await centre.carrier.call('800', { from: '0145550002' });
    await until('joined', () => centre.of('queue-joined').length === 2);
    centre.ami.cut();
    await until('noticed', () => centre.logged.some(line => line.includes('no connection')));
    await first.answer();
    await until('talks', () => impatient.heard.level(600) > 4000);
    later.hangUp();
    const newcomer = await centre.carrier.call('800', { from: '0145550003' });
    await until('waits', () => newcomer.state === 'talking' && newcomer.heard.rms() > 100);
    expect(centre.of('call-started')).toHaveLength(2);
    centre.ami.mend();
    await centre.event('queue-left', ({ cause }) => cause === 'connected', 15_000);
    await centre.event('call-ended', ({ cause }) => cause === 'caller-cancelled');
    const started = await centre.event('call-started', ({ from }) => from.number === '0145550003');
    expect(started).toMatchObject({ direction: 'inbound', to: { number: '800' } });
    await centre.event('queue-joined', ({ callId }) => callId === started.callId);
    expect(centre.of('offer-ended').map(({ cause }) => cause)).toEqual(['answered']);
    impatient.hangUp();
    await centre.event('call-ended', ({ cause }) => cause === 'completed');
    newcomer.hangUp();
  });

  it('a phone whose network is gone, and that nobody can ask, is given longer: then its customer goes to the head of the queue', async () => {
    const phone = await centre.phone('1001', { hz: 600 });
    const { customer } = await centre.talking(phone);
    phone.loseNetwork();
    const joins = () => centre.of('queue-joined', ({ callId }) => callId === customer.callId);
    await until('back in the queue', () => joins().length === 2, 10_000);
    await until('music', () => customer.heard.rms() > 200 && customer.heard.level(600) < 100);
    const next = await centre.phone('1002', { hz: 900 });
    const back = await next.incoming();
    expect(back.invite?.header('x-transfer-returned')).toBe('line-lost;to=1001');
    await back.answer();
    await until('they talk', () => back.media.heard.level(440) > 4000 && customer.heard.level(900) > 4000);
  });

  it('refuses a pause while it is away, and has it when it is back', async () => {
    const phone = await centre.phone('1001');
    await centre.engine.setMemberPaused('1001', true, 'coffee');
    const waiting = await centre.carrier.call('800');
    await until('waits', () => centre.of('queue-joined').length === 1);
    const lines = centre.logged.length;
    centre.ami.cut();
    await until('noticed', () => centre.logged.slice(lines).some(line => line.includes('no connection')));
    await expect(centre.engine.setMemberPaused('1001', false, null)).rejects.toThrow('Asterisk is away');
    await expect(centre.engine.moveWaitingCaller('support', 'whoever', 1)).rejects.toMatchObject({
      code: 'telephony/unreachable',
    });
    await expect(centre.engine.dial('1001', '0145550142')).rejects.toMatchObject({ code: 'telephony/unreachable' });
    centre.ami.mend();
    await phone.incoming();
    waiting.hangUp();
  });

  it('Asterisk dies in a call and comes back: the call ends once, phones and queues are there again', async () => {
    const phone = await centre.phone('1001');
    const customer = await centre.carrier.call('800');
    await (await phone.incoming()).answer();
    await centre.event('queue-left');
    await centre.killAsterisk();
    customer.end();
    await centre.event('engine-lost', undefined, 10_000);
    await centre.startAsterisk();
    expect((await centre.event('call-ended', undefined, 20_000)).cause).toBe('completed');
    await centre.event('engine-back');
    expect(centre.of('engine-lost')).toHaveLength(1);
    await until('line gone', () => !centre.engine.isRegistered('1001'));
    await phone.reconnect();
    await until('line back', () => centre.engine.isRegistered('1001'));
    await centre.carrier.call('800');
    await (await phone.incoming(1)).answer();
    await until('second call', () => centre.of('queue-left', ({ cause }) => cause === 'connected').length === 2);
  }, 60_000);

  it('a queue that is added is there without a restart, and one that is taken away lets its callers go', async () => {
    const phone = await centre.phone('1002');
    centre.queues = [
      aQueue(),
      aQueue({ id: 'sales', name: 'Ventes & Co, 100 %', number: '801', memberExtensions: ['1002'] }),
    ];
    await centre.engine.setMemberPaused('1002', false, null);
    await centre.carrier.call('801');
    const call = await phone.incoming();
    expect(decodeURIComponent(call.invite?.header('x-queue') ?? '')).toBe('Ventes & Co, 100 %');
    call.decline(603);
    await centre.engine.setMemberPaused('1002', true, null);
    const waiting = await centre.carrier.call('801');
    await until('waits', () => centre.of('queue-joined').length === 2);
    centre.queues = [aQueue()];
    await centre.engine.setMemberPaused('1001', true, null);
    await until('let go', () => waiting.state === 'ended', 15_000);
    await centre.event('queue-left', ({ cause }) => cause === 'closed');
    await centre.event('call-ended', ({ cause }) => cause === 'unreachable');
    const gone = await centre.carrier.call('801');
    await until('not known any more', () => gone.state === 'ended');
    expect(gone.status).toBe(404);
  });

  it.each(['"O\'Hara, \\"Bob\\"; ${SHELL(id)}"', '"😀, Zoë\t<script>"'])(
    'an anonymous caller whose name header is %s does no harm',
    async name => {
      const phone = await centre.phone('1001');
      const customer = await centre.carrier.call('800', { name, from: 'anonymous' });
      const call = await phone.incoming();
      expect((await centre.event('call-started')).from.number).toBe('anonymous');
      await call.answer();
      await centre.event('queue-left', ({ cause }) => cause === 'connected');
      customer.hangUp();
      expect((await centre.event('call-ended')).cause).toBe('completed');
    },
  );

  it('a name with a newline in it goes no further than Asterisk, and the next caller is served', async () => {
    const phone = await centre.phone('1001');
    await centre.carrier.call('800', { name: '"one\r\n two"', from: '0145550011' });
    await centre.carrier.call('800', { from: '0145550012' });
    await phone.incoming();
    expect((await centre.event('call-started')).from.number).toBe('0145550012');
    expect(centre.of('call-started')).toHaveLength(1);
  });

  it('starts although the secret is wrong, says so once, and asks again at growing intervals', async () => {
    const { access } = centre;
    const engine = centre.newEngine({ ...access, ami: { ...access.ami, secret: 'x'.repeat(43) } });
    const before = centre.logged.length;
    await engine.start();
    await engine.stop();
    const said = centre.logged.slice(before).filter(line => line.includes('Authentication failed'));
    expect(said.length).toBeGreaterThan(1);
    expect(said.join()).not.toContain('xxxx');
  });

  it('Asterisk is down when the server starts: told once, and work is taken up when Asterisk comes', async () => {
    await centre.killAsterisk();
    await centre.event('engine-lost', undefined, 10_000);
    centre.events.length = 0;
    const engine = centre.newEngine();
    await engine.start();
    expect(centre.of('engine-lost')).toHaveLength(1);
    await centre.startAsterisk();
    await until('both engines are back', () => centre.of('engine-back').length === 2, 20_000);
    await engine.stop();
    await centre.phone('1001');
  }, 60_000);

  it('what the administrator has beside the centre is not touched, and calls there are none of ours', async () => {
    const phone = await centre.phone('1001');
    const houseGuest = await centre.carrier.call('700', { from: '0145550009' });
    await until('waits in the queue of the house', () => houseGuest.state === 'talking');
    centre.ami.cut();
    await until('noticed', () => centre.logged.at(-1)?.includes('no connection') === true);
    centre.ami.mend();
    await centre.carrier.call('701', { from: '0145550010' });
    await phone.incoming();
    await centre.event('call-started', undefined, 15_000);
    expect(centre.of('call-started').map(({ from }) => from.number)).toEqual(['0145550010']);
    expect(houseGuest.state).toBe('talking');
    houseGuest.hangUp();
  });

  it('lines of people who have left are taken away at the start; an endpoint of the administrator is named once and left alone', async () => {
    const before = centre.extensions;
    centre.extensions = [...before, anExtension('1009')];
    const leaver = await centre.phone('1009');
    centre.extensions = before;
    const first = centre.logged.length;
    const engine = centre.newEngine();
    await engine.start();
    await engine.stop();
    const said = centre.logged.slice(first);
    expect(said.filter(line => line.includes('line 1009'))).toEqual(["line 1009: nobody's any more, taken away"]);
    expect(said.filter(line => line.includes('reception'))).toHaveLength(1);
    expect((await leaver.register()).status).toBe(401);
  });

  it.each([
    ['"a, b; c <d> | e & f"', 'a, b; c <d> | e & f'],
    ['"${DB(centre-queue/800)}$[1+1]"', '${DB(centre-queue/800)}$[1+1]'],
    [`"${'é'.repeat(200)}"`, 'é'.repeat(20)],
    ['"\u202egnp.exe 😀 <img src=x onerror=alert(1)>"', '😀 <img src=x onerror=alert(1)>'],
  ])('a caller named %s is told and shown as he came, and nothing is carried out', async (name, expected) => {
    const phone = await centre.phone('1001');
    const customer = await centre.carrier.call('800', { name });
    const call = await phone.incoming();
    expect((await centre.event('call-started')).from.name).toContain(expected);
    expect(call.invite?.header('from')).toContain('0033145550142');
    customer.hangUp();
    await centre.event('call-ended');
  });
});
