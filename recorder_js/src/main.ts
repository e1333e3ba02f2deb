// Runs first in every frame and in dedicated workers: while recording, in a strict replay and in a free one.
import { takeBinding } from './channel.ts';
import { type Command, commandsOf } from './commands.ts';
import { config } from './config.ts';
import { install } from './install.ts';
import { type Asked, answerTo } from './mainworld.ts';
import { addEventListener } from './nativeevents.ts';
import { awaitDocument, isEmptyPopup } from './popup.ts';
import { type Meeting, joinParent, openStage } from './stage.ts';
import { beginWorker } from './worker.ts';

if (config.mode === 'worker') beginWorker();
else if (isEmptyPopup()) awaitDocument(begin);
else begin();

function begin(): void {
  const joined = joinParent();
  // Every frame gets the binding: it must not stay where the page could find it.
  if (joined) takeBinding();
  const stage = joined ?? openStage();
  if (!stage) return;
  install(stage);
  const answer: Command | undefined = joined ? undefined : commandsOf(stage);
  // Python finds this listener by its unguessable name, and calls it; frames meet here, too.
  addEventListener(window, config.token, (first: unknown, a: unknown, b: unknown, c: unknown) => {
    if (typeof first === 'string') return answer?.(first, a, b, c);
    const meeting = (first as CustomEvent<Meeting & Partial<Asked>>).detail;
    if (config.console && meeting?.key !== undefined) {
      if (answer) answerTo(meeting, answer);
    } else if (meeting) meeting.stage = stage;
    return undefined;
  });
  if (!joined) stage.channel.flush();
  if (!joined) stage.pace?.begin();
}
