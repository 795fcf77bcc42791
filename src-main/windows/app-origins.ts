/** Own scheme: secure, standard, and without the rights that `file://` has. */
export const appScheme = 'app';
export const agentOrigin = 'app://agent';
export const engineOrigin = 'app://engine';
/** What each host shows at `/`; every other path is a file of the build. */
export const pageOfHost: Readonly<Record<string, string>> = {
  agent: 'src-renderer/index.html',
  engine: 'src-main/phone-engine/index.html',
};
