// What is wrapped in every realm, and in which order.
import { refuseSpeculation } from './ahead.ts';
import { noticeBeyond } from './beyond.ts';
import { followQuestions } from './bubbles.ts';
import type { Channel } from './channel.ts';
import { followLists } from './choosing.ts';
import { installClock } from './clock.ts';
import { config } from './config.ts';
import { hideFromErrors } from './errors.ts';
import { followEvents, outliveReopening } from './events.ts';
import { hear } from './hear.ts';
import { noticeMotion } from './frames.ts';
import { holdPromises } from './gates.ts';
import { holdListeners } from './held.ts';
import { followInput } from './input/index.ts';
import { hideWrappers, replaceMethod, shareOriginals } from './masquerade.ts';
import { holdLayout } from './layout.ts';
import { followMedia } from './media.ts';
import { OF_STYLE } from './log.ts';
import { followMeasures } from './measures.ts';
import { isPreload, nameOfModule, namesOfModule } from './modules.ts';
import { append, stringSlice } from './natives.ts';
import { holdDialogs, holdObservers } from './observers.ts';
import { followOutcomes } from './outcomes.ts';
import { followBlobs } from './opening.ts';
import { followPace } from './pace.ts';
import { elementAt } from './paths.ts';
import { perform } from './perform.ts';
import { isShownFrom } from './pictures.ts';
import { followPlaying } from './playing.ts';
import { noticeStreams } from './handing.ts';
import { installRandomness } from './random.ts';
import { followReadings } from './readings.ts';
import type { Recording } from './recording.ts';
import { Replaying } from './replaying.ts';
import { Resources } from './resources.ts';
import { followShadowTrees } from './shadowtrees.ts';
import { followSharedWorkers } from './shared.ts';
import { followSpinners } from './spinner.ts';
import { followSockets } from './sockets.ts';
import { type Stage, placeBesideParent } from './stage.ts';
import { holdTasks, mergeMoves } from './tasks.ts';
import { installTimers } from './timers.ts';
import type { SocketEvent } from './wire.ts';
import { followWorkers } from './workers.ts';

/** Puts the timeline of `stage` between this realm and the browser. */
export function install(stage: Stage): void {
  const { timeline, channel, settling, recording } = stage;
  const realm = timeline.realms++;
  shareOriginals(stage.originals);
  const where = realm === 0 ? '' : ' in frame ' + placeBesideParent();
  // Frames load when they come: the clock of each begins where the log says that it came.
  if (realm > 0) timeline.conductor.event('document' + where + ' ' + stringSlice(document.URL, 0, 200));
  const start = realm === 0 ? 0 : timeline.ticks;
  append(stage.documents, document);
  append(stage.performers, perform);
  append(stage.finders, elementAt);
  stage.bubbles.follow(hear);
  stage.snapping.follow(hear);
  followQuestions(stage.bubbles);
  stage.hover.follow(hear);
  const { conductor } = timeline;

  // Before the wrapping of listeners, so that these are the browser's own.
  if (config.mode !== 'record') {
    append(stage.lists, followLists());
    followPace(() => stage.pace);
  }
  followEvents(timeline, where);
  if (recording) append(recording.resources, resourcesOf(recording));
  else if (conductor instanceof Replaying) {
    append(conductor.loads.resources, new Resources((asker, url) => {
      // Which elements there are by now says nothing of those that the recording saw.
      if (asker === 'style') return conductor.loaded(OF_STYLE + stringSlice(url, 0, 200));
      if (asker === 'img') return;
      const names = namesOfModule(url);
      for (let i = 0; i < names.length; i++) conductor.loaded(names[i] as string);
    }));
  }
  if (recording && settling) {
    followInput(channel, {
      begin: () => ({ n: timeline.next('A'), revoke: recording.mark(timeline.last('A')) }),
      beginTentative: () => {
        const room = settling.isDue ? recording.room() : undefined;
        return { n: timeline.next('A'), revoke: recording.mark(timeline.last('A')), room };
      },
      action: (continues, room) => {
        stage.neighbour?.interrupt();
        settling.interrupt(continues, room);
      },
      done: (typing) => settling.owe(typing),
    }, realm, stage.dragging, stage.crossing);
    if (realm === 0) settling.owe(false);
  }

  followMeasures(timeline, start);
  installClock(timeline, start);
  followReadings(timeline);
  installRandomness(timeline);
  followPlaying(timeline, start, () => stage.animations);
  installTimers(timeline, start);
  followSpinners(timeline);
  followSockets(timeline);
  if (config.workers) followBlobs();
  const maker = {
    timeline, recording, workerLogs: stage.workerLogs, deep: config.deep, crew: stage.crew,
    gap: (detail: string): void => void (recording && channel.post(['gap', 'worker', detail])),
    socket: (event: SocketEvent): void => channel.post(['socket', event[0], event[1], event[2], event[3]]),
  };
  hideFromErrors();
  if (recording) {
    noticeMotion(recording.frames);
    noticeStreams(maker.gap);
    noticeBeyond((kind, detail) => void channel.post(['gap', kind, detail]));
  }
  followWorkers(maker);
  followSharedWorkers(maker, stage.lives, realm === 0 ? '' : placeBesideParent());
  followOutcomes(timeline);
  followMedia(timeline);
  holdListeners(timeline, stage.hover);
  append(stage.traffic, holdPromises(timeline));
  holdTasks(timeline);
  holdLayout(timeline);
  holdObservers(timeline);
  holdDialogs(timeline, (kind, message, answer) => channel.post(['dialog', kind, message, answer ?? null]));
  mergeMoves();
  followShadowTrees(stage.noteShadowRoot);
  outliveReopening();
  refuseServiceWorkers(channel);
  refuseSpeculation();
  hideWrappers();
}

function resourcesOf(recording: Recording): Resources {
  return new Resources((asker, url) => {
    if (asker === 'style') return recording.cameOfStyle(url);
    if (asker === 'img') return isShownFrom(url) ? recording.came(url) : undefined;
    const name = nameOfModule(url);
    if (isPreload(name) || (asker === 'script' && name !== '')) recording.imported(name);
    else if (asker === 'link') recording.came(url);
  });
}

/** A service worker would answer requests out of sight of both archive and timeline. */
function refuseServiceWorkers(channel: Channel): void {
  replaceMethod(globalThis.ServiceWorkerContainer?.prototype, 'register', () => (_self, args) => {
    channel.post(['gap', 'service-worker', `the page asked for the service worker ${'' + args[0]}; it was refused`]);
    return Promise.reject(new DOMException('Service workers are not available', 'SecurityError'));
  });
}
