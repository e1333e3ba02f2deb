// What the tests put into a page: the modules under test, run where the recorder runs, before "page code".
import * as events from '../src/nativeevents.ts';
import * as language from '../src/natives.ts';
import * as nodes from '../src/nodes.ts';
import { accessibleName, labelText } from '../src/target/accname.ts';
import { describe, interactiveTarget } from '../src/target/describe.ts';
import { fingerprint } from '../src/target/fingerprint.ts';
import { cssPath } from '../src/target/locators.ts';
import { isPrivate, isSecret, rememberSecrets, secretName, upperSnake } from '../src/target/mask.ts';
import { roleOf } from '../src/target/role.ts';
import { shorten, tidy } from '../src/target/text.ts';

const modules = {
  natives: { ...language, ...nodes, ...events },
  accessibleName,
  labelText,
  describe,
  interactiveTarget,
  fingerprint,
  cssPath,
  isPrivate,
  isSecret,
  rememberSecrets,
  secretName,
  upperSnake,
  roleOf,
  shorten,
  tidy,
};

export type Modules = typeof modules;

(globalThis as unknown as { reenactTest: Modules }).reenactTest = modules;
