// Read by Electron before the program: Chromium uses the desktop's key ring. Playwright tells it to use none, and the last word counts.
require('electron').app.commandLine.appendSwitch('password-store', 'gnome-libsecret');
