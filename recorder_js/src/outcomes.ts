// What the surroundings answer, and no replay can ask again: where the person is, what was allowed, what the clipboard
// held. The log keeps the answer itself.
import { apply, createObject, defineProperty, getter, hasOwn, NativePromise, promiseThen } from './natives.ts';
import { replaceMethod } from './masquerade.ts';
import type { Outcome, Timeline } from './timeline.ts';

type Position = { [name: string]: number | null | undefined };
const COORDINATES = ['latitude', 'longitude', 'accuracy', 'altitude', 'altitudeAccuracy', 'heading', 'speed'];

export function followOutcomes(timeline: Timeline): void {
  followPositions(timeline);
  followPromised(timeline, 'Clipboard', 'readText', (text) => ({ text }), (outcome) => '' + (outcome.text ?? ''));
  followPromised(timeline, 'StorageManager', 'estimate', estimated, estimated);
  followPromised(timeline, 'Notification', 'requestPermission', (answer) => ({ answer }), (outcome) => outcome.answer);
  for (let i = 0; i < OF_KEYS.length; i++) {
    followPromised(timeline, 'PublicKeyCredential', OF_KEYS[i]!, (answer) => ({ answer }), (outcome) => outcome.answer);
  }
  followPermissions(timeline);
}

/** What the machine can do about passkeys. */
const OF_KEYS = ['isUserVerifyingPlatformAuthenticatorAvailable', 'isConditionalMediationAvailable'];

const estimated = ({ usage, quota }: Outcome): Outcome => ({ usage, quota });

const codeOf = getter<number>('GeolocationPositionError', 'code', 0);
const messageOf = getter<string>('GeolocationPositionError', 'message', '');
const coordsOf = getter<object | null>('GeolocationPosition', 'coords', null);

function followPositions(timeline: Timeline): void {
  const watches: { [id: number]: number | undefined } = {};
  const begin = (native: (self: unknown, args: ArrayLike<unknown>) => any, repeats: boolean) => (self: any, args: any[]) => {
    const [success, failure, options] = args;
    if (typeof success !== 'function') return native(self, args);
    const id = timeline.next('K');
    const deliver = (outcome: Outcome): void => {
      const isError = outcome.code !== undefined;
      const listener = isError ? failure : success;
      if (typeof listener === 'function') apply(listener, undefined, [isError ? errorFrom(outcome) : positionFrom(outcome, timeline)]);
    };
    const ask = (told: (outcome: Outcome) => void): void => {
      const watch = native(self, [
        (position: GeolocationPosition) => told(positionOf(position)),
        (error: GeolocationPositionError) => told({ code: codeOf(error), message: messageOf(error) }),
        options,
      ]) as number;
      if (repeats) watches[id] = watch;
    };
    timeline.conductor.outcome(id, ask, deliver, repeats);
    return repeats ? id : undefined;
  };
  const prototype = globalThis.Geolocation?.prototype;
  replaceMethod(prototype, 'getCurrentPosition', (native) => begin(native, false));
  replaceMethod(prototype, 'watchPosition', (native) => begin(native, true));
  replaceMethod(prototype, 'clearWatch', (native) => (self, args) => {
    const watch = watches[args[0] as number];
    timeline.conductor.endOutcomes(args[0] as number);
    return watch === undefined ? undefined : native(self, [watch]);
  });
}

function positionOf(position: GeolocationPosition): Outcome {
  const coords = coordsOf(position) as Position;
  const told: Outcome = {};
  for (let i = 0; i < COORDINATES.length; i++) told[COORDINATES[i]!] = coords[COORDINATES[i]!] ?? null;
  return told;
}

/** A position object of the browser's own class, with the recorded values in it. */
function positionFrom(outcome: Outcome, timeline: Timeline): object {
  const coords = madeLike(globalThis.GeolocationCoordinates?.prototype, outcome);
  const position = { coords, timestamp: timeline.wall(timeline.ticks) };
  return madeLike(globalThis.GeolocationPosition?.prototype, position);
}

function errorFrom(outcome: Outcome): object {
  return madeLike(globalThis.GeolocationPositionError?.prototype, outcome);
}

function madeLike(prototype: object | undefined, values: Outcome): object {
  const made = createObject(prototype ?? null) as object;
  for (const name in values) defineProperty(made, name, { value: values[name], enumerable: true, configurable: true });
  return made;
}

/** A method whose promise settles with something of the surroundings. */
function followPromised(
  timeline: Timeline, owner: string, name: string, tell: (value: any) => Outcome, make: (outcome: Outcome) => unknown,
): void {
  const scope = globalThis as unknown as { [name: string]: { prototype: object } | undefined };
  // What a class answers itself, or its objects.
  const place = scope[owner] && (hasOwn(scope[owner], name) ? scope[owner] : scope[owner].prototype);
  replaceMethod(place, name, (native) => (self, args) => new NativePromise((resolve, reject) => {
    const ask = (told: (outcome: Outcome) => void): void => {
      const failed = (error: { name?: string; message?: string }): void => told({ error: '' + error?.name, message: '' + error?.message });
      void promiseThen(native(self, args) as Promise<unknown>, (value) => told(tell(value)), failed as never);
    };
    timeline.conductor.outcome(timeline.next('K'), ask, (outcome) => {
      if (outcome.error !== undefined) reject(new DOMException('' + outcome.message, '' + outcome.error));
      else resolve(make(outcome));
    }, false);
  }));
}

const stateOf = getter<string>('PermissionStatus', 'state', 'prompt');

/** The status object must be the browser's: the recorded state is shown in its place. */
function followPermissions(timeline: Timeline): void {
  replaceMethod(globalThis.Permissions?.prototype, 'query', (native) => (self, args) => new NativePromise((resolve, reject) => {
    const asked = native(self, args) as Promise<PermissionStatus>;
    void promiseThen(asked, (status) => {
      timeline.conductor.outcome(timeline.next('K'), (told) => told({ state: stateOf(status) }), (outcome) => {
        if (outcome.state !== stateOf(status)) defineProperty(status, 'state', { value: outcome.state, configurable: true });
        resolve(status);
      }, false);
    }, reject);
  }));
}
