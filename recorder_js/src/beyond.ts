// What a page does that no trace can hold, because it goes past the browser's network or to things outside of it: each
// is declared, once.
import { replaceConstructor, replaceMethod } from './masquerade.ts';
import { record } from './natives.ts';

type Gap = (kind: string, detail: string) => void;

const MADE: [name: string, kind: string, detail: string][] = [
  ['RTCPeerConnection', 'webrtc', 'the page talked to others by WebRTC: what came that way was not recorded'],
  ['WebTransport', 'webtransport', 'the page opened a WebTransport: what came that way was not recorded'],
  ['SpeechRecognition', 'device', 'the page listened to speech: what it heard was not recorded'],
  ['webkitSpeechRecognition', 'device', 'the page listened to speech: what it heard was not recorded'],
];
const CALLED: [owner: string, names: string[], kind: string, detail: string][] = [
  ['Window', ['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker'], 'file-picker',
    'the page asked for a file by the file system: a replay has nobody to choose it'],
  ['MediaDevices', ['getUserMedia', 'getDisplayMedia'], 'device', 'the page asked for a camera, microphone or screen: what it saw and heard was not recorded'],
  ['USB', ['requestDevice', 'getDevices'], 'device', 'the page asked for a USB device: what it said was not recorded'],
  ['HID', ['requestDevice', 'getDevices'], 'device', 'the page asked for an input device (HID): what it said was not recorded'],
  ['Serial', ['requestPort', 'getPorts'], 'device', 'the page asked for a serial port: what it said was not recorded'],
  ['Bluetooth', ['requestDevice', 'getDevices'], 'device', 'the page asked for a Bluetooth device: what it said was not recorded'],
  ['Navigator', ['requestMIDIAccess'], 'device', 'the page asked for MIDI: what was played was not recorded'],
  ['Navigator', ['getGamepads'], 'device', 'the page read gamepads: what they did was not recorded'],
  ['CredentialsContainer', ['get', 'create'], 'device', 'the page asked for a passkey or password of the browser: a replay has none'],
];

export function noticeBeyond(gap: Gap): void {
  const told = record<true>();
  const tell = (kind: string, detail: string): void => {
    if (told[detail]) return;
    told[detail] = true;
    gap(kind, detail);
  };
  const scope = globalThis as unknown as { [name: string]: { prototype: object } | undefined };
  for (let i = 0; i < MADE.length; i++) {
    const [name, kind, detail] = MADE[i]!;
    replaceConstructor(name, () => tell(kind, detail));
  }
  for (let i = 0; i < CALLED.length; i++) {
    const [owner, names, kind, detail] = CALLED[i]!;
    // A window has its functions itself.
    const place = owner === 'Window' ? globalThis : scope[owner]?.prototype;
    for (let j = 0; j < names.length; j++) {
      replaceMethod(place, names[j]!, (native) => (self, args) => {
        tell(kind, detail);
        return native(self, args);
      });
    }
  }
}
