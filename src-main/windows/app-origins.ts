/** Own scheme: secure, standard, and without the rights that `file://` has. */
export const appScheme = 'app';
/** Under which the window plays a recording: `desk-recording://one/<id>`, the id in the path because a host loses its capitals. */
export const recordingScheme = 'desk-recording';
export const agentOrigin = 'app://agent';
export const engineOrigin = 'app://engine';
/** What each host shows at `/`; every other path is a file of the build. */
export const pageOfHost: Readonly<Record<string, string>> = {
  agent: 'src-renderer/index.html',
  engine: 'src-main/phone-engine/index.html',
};
