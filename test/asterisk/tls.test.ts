import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { whyNoAsterisk } from '../../scripts/asterisk-root.mjs';
import { sipRealm } from '../../src-server/telephony/telephony';
import { anExtension, aQueue } from '../behaviour/centre';
import { AsteriskCentre } from '../behaviour/rig/asterisk-centre';
import { companyAuthority } from '../rig/asterisk';
import { authorizationFor, SipText } from '../telephony/sip-text';
import { SipSocket, until } from '../telephony/sip-socket';

const reason = whyNoAsterisk();
const ca = readFileSync(companyAuthority, 'utf8');

class TlsCentre extends AsteriskCentre {
  protected override readonly additions = { hasTls: true };
}

describe.skipIf(reason !== null)("a real Asterisk with a certificate of the company's own authority", () => {
  let centre: TlsCentre;
  const password = 'desk phone';
  const ha1 = (algorithm: string): string => createHash(algorithm).update(`1005:${sipRealm}:${password}`).digest('hex');
  beforeAll(async () => {
    const deskPhone = { md5: ha1('md5'), sha256: ha1('sha256') };
    const extensions = [anExtension('1001'), anExtension('1005', { deskPhone })];
    centre = new TlsCentre({ extensions, queues: [aQueue({ memberExtensions: ['1001'] })] });
    await centre.open();
  }, 180_000);
  afterEach(() => centre.clear());
  afterAll(() => centre.close());

  it('a phone comes over WSS and talks over DTLS-SRTP with an ECDSA certificate', async () => {
    const phone = await centre.phone('1001', { hz: 600, ca });
    expect(phone.options.url).toMatch(/^wss:\/\/127\.0\.0\.1:\d+\/ws$/);
    const { call } = await centre.talking(phone);
    expect(call.invite?.body).toContain('UDP/TLS/RTP/SAVPF');
    expect(call.invite?.body).toMatch(/^a=fingerprint:SHA-256 /m);
    const { publicKey } = new X509Certificate(call.media.remoteCertificate ?? '');
    expect(publicKey.asymmetricKeyType).toBe('ec');
  });

  it('nobody who does not know the authority gets in, and plain ws is refused', async () => {
    const { url } = await centre.credentials('1001');
    await expect(SipSocket.open(url)).rejects.toThrow(/certificate/);
    await expect(SipSocket.open(url.replace('wss:', 'ws:'))).rejects.toThrow(/hang up|ECONNRESET/);
  });

  it('a desk phone registers over TLS and is offered SRTP', async () => {
    const received: SipText[] = [];
    const socket = connect({ host: '127.0.0.1', port: centre.sipsPort, ca });
    await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
    expect([socket.authorized, socket.getProtocol()]).toEqual([true, 'TLSv1.2']);
    socket.on('data', (data: Buffer) => received.push(new SipText(data.toString())));
    const register = async (cseq: number, authorization: string): Promise<SipText> => {
      const address = `<sip:1005@${sipRealm}>`;
      socket.write(
        `REGISTER sip:${sipRealm} SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1:${socket.localPort};branch=z9hG4bKtls${cseq};rport\r\n` +
          `Max-Forwards: 70\r\nFrom: ${address};tag=one\r\nTo: ${address}\r\nCall-ID: over-tls\r\nCSeq: ${cseq} REGISTER\r\n` +
          `Contact: <sip:1005@127.0.0.1:${socket.localPort};transport=tls>;expires=60\r\n${authorization}Content-Length: 0\r\n\r\n`,
      );
      return until('response', () => received.find(message => message.method === 'REGISTER' && message.cseq === cseq));
    };
    const challenge = (await register(1, '')).header('www-authenticate');
    const uri = `sip:${sipRealm}`;
    const answer = authorizationFor({ challenge, username: '1005', secret: password, method: 'REGISTER', uri });
    expect((await register(2, `Authorization: ${answer}\r\n`)).status).toBe(200);
    await until('seen', () => centre.engine.isRegistered('1005'));
    const app = await centre.phone('1001', { ca });
    const call = await app.dial('1005');
    const invite = await until('INVITE', () =>
      received.find(({ method, status }) => method === 'INVITE' && status === null),
    );
    expect(invite.body).toContain('a=crypto:');
    call.cancel();
    await centre.event('call-ended');
    socket.destroy();
    await until('gone', () => !centre.engine.isRegistered('1005'));
  });
});
