// What hides the recorder and what carries its messages, in one realm with a page that looks for both.
import { Channel } from '../src/channel.ts';
import { hideWrappers, replaceAccessor, replaceConstructor, replaceMethod } from '../src/masquerade.ts';
import { elementAt, nodeAt, nodePath, pathTo } from '../src/paths.ts';

const modules = { Channel, hideWrappers, replaceAccessor, replaceConstructor, replaceMethod, elementAt, nodeAt, nodePath, pathTo };
export type Disguises = typeof modules;
(globalThis as unknown as { reenactDisguises: Disguises }).reenactDisguises = modules;
