import type { Clock } from '../../../../src-shared/base/clock';
import { NameAddrHeader, type IncomingRegisterRequest, type IncomingRequestMessage } from '../transport/sip-core';
import { everyContactHeader, type SipFlow } from '../transport/sip-flow';
import type { DigestVerifier } from './digest';
import type { Location } from './location';

const defaultExpirySeconds = 600;

/** The part of an incoming request that authentication needs. */
interface Challengeable {
  readonly message: IncomingRequestMessage;
  reject(options: { statusCode: number; extraHeaders?: string[] }): unknown;
}

/** REGISTER (RFC 3261 section 10.3) with digest. */
export class Registrar {
  /** Every device seen, also after its registration ended: its calls may still run. */
  private readonly flows = new Map<string, SipFlow>();

  constructor(
    private readonly digest: DigestVerifier,
    private readonly location: Location,
    private readonly clock: Clock,
    private readonly longestMs: number,
  ) {}

  /** The extension that sent this request, proved by digest; null when the request was refused here. */
  authenticate(request: Challengeable): string | null {
    const { message } = request;
    const verdict = this.digest.verify(message.getHeader('authorization'), message.method);
    if (!verdict.isValid) {
      request.reject({
        statusCode: 401,
        extraHeaders: this.digest.challenge(verdict.isStale, message.from.uri.user ?? ''),
      });
      return null;
    }
    if (message.from.uri.user === verdict.username) return verdict.username;
    request.reject({ statusCode: 403 });
    return null;
  }

  /** Answers a REGISTER. Returns the flow that this phone had before, when it came back over a new socket. */
  register(flow: SipFlow, request: IncomingRegisterRequest): SipFlow | null {
    const extension = this.authenticate(request);
    if (extension === null) return null;
    const { message } = request;
    if (message.hasHeader(everyContactHeader)) {
      this.location.remove(extension, 'unregistered');
      request.accept({ statusCode: 200 });
      return null;
    }
    const contact = message.hasHeader('contact') ? message.parseHeader('contact') : undefined;
    if (contact === undefined) {
      request.accept({ statusCode: 200, extraHeaders: this.contacts(extension) }); // a question, RFC 3261 10.3 step 8
      return null;
    }
    if (!(contact instanceof NameAddrHeader)) {
      request.reject({ statusCode: 400 });
      return null;
    }
    return this.bind(flow, request, extension, contact);
  }

  /** The device behind this flow is gone for good. */
  forget(flow: SipFlow): void {
    for (const [device, known] of this.flows) if (known === flow) this.flows.delete(device);
  }

  private bind(
    flow: SipFlow,
    request: IncomingRegisterRequest,
    extension: string,
    contact: NameAddrHeader,
  ): SipFlow | null {
    const seconds = Number.parseInt(
      contact.getParam('expires') ?? request.message.getHeader('expires') ?? String(defaultExpirySeconds),
      10,
    );
    if (!Number.isFinite(seconds) || seconds < 0) {
      request.reject({ statusCode: 400 });
      return null;
    }
    const instance = contact.getParam('+sip.instance') ?? contact.uri.toString();
    const known = this.flows.get(`${extension} ${instance}`);
    const returned = known === undefined || known === flow ? null : known;
    if (seconds === 0) {
      if (this.location.find(extension)?.instance === instance) this.location.remove(extension, 'unregistered');
      request.accept({ statusCode: 200, extraHeaders: this.contacts(extension) });
      return returned;
    }
    this.flows.set(`${extension} ${instance}`, returned ?? flow);
    const expiresAt = this.clock.now() + Math.min(seconds * 1000, this.longestMs);
    this.location.put({ extension, contact: contact.uri, flow: returned ?? flow, instance, expiresAt });
    request.accept({ statusCode: 200, extraHeaders: this.contacts(extension) });
    return returned;
  }

  private contacts(extension: string): string[] {
    const binding = this.location.find(extension);
    if (binding === null) return [];
    const seconds = Math.max(0, Math.round((binding.expiresAt - this.clock.now()) / 1000));
    return [`Contact: <${binding.contact.toString()}>;expires=${seconds}`];
  }
}
