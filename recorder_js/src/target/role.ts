// The ARIA role of an element: the explicit one, or the one its tag implies.
import { record, toLowerCase } from '../natives.ts';
import { getAttribute, hasAttribute, inputType, localName, selectMultiple, selectSize } from '../nodes.ts';
import { composedClosest } from './tree.ts';
import { wordSet, wordsOf } from './text.ts';

const isKnown = wordSet(`
  alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox
  complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic grid
  gridcell group heading img insertion link list listbox listitem log main mark marquee math menu menubar menuitem
  menuitemcheckbox menuitemradio meter navigation none note option paragraph presentation progressbar radio
  radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider spinbutton status strong
  subscript suggestion superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree
  treegrid treeitem`);

interface Tables {
  /** Role to the tags that may imply it, for finding every candidate with one query. */
  selectors: { [role: string]: string | undefined };
  /** Tag to the role that it implies. */
  implied: { [tag: string]: string | undefined };
}

let made: Tables | undefined;

/** Made when first needed: most pages are left before anybody asks for a role. */
function tables(): Tables {
  if (made) return made;
  const selectors = record<string>();
  const implied = record<string>();
  const implies = (role: string, tags: string, selector = tags): void => {
    const names = wordsOf(tags);
    for (let i = 0; i < names.length; i++) implied[names[i] as string] = role;
    selectors[role] = selector;
  };
  implies('article', 'article');
  implies('blockquote', 'blockquote');
  implies('button', 'button', 'button,input');
  implies('caption', 'caption');
  implies('code', 'code');
  implies('complementary', 'aside');
  implies('definition', 'dd');
  implies('deletion', 'del');
  implies('dialog', 'dialog');
  implies('document', 'html');
  implies('emphasis', 'em');
  implies('figure', 'figure');
  implies('group', 'details fieldset optgroup', 'details,fieldset,optgroup');
  implies('heading', 'h1 h2 h3 h4 h5 h6', 'h1,h2,h3,h4,h5,h6');
  implies('insertion', 'ins');
  implies('list', 'ul ol menu', 'ul,ol,menu');
  implies('listitem', 'li');
  implies('main', 'main');
  implies('mark', 'mark');
  implies('math', 'math');
  implies('meter', 'meter');
  implies('navigation', 'nav');
  implies('option', 'option');
  implies('paragraph', 'p');
  implies('progressbar', 'progress');
  implies('row', 'tr');
  implies('rowgroup', 'tbody thead tfoot', 'tbody,thead,tfoot');
  implies('search', 'search');
  implies('separator', 'hr');
  implies('status', 'output');
  implies('strong', 'strong');
  implies('subscript', 'sub');
  implies('superscript', 'sup');
  implies('table', 'table');
  implies('term', 'dt dfn', 'dt,dfn');
  implies('textbox', 'textarea', 'textarea,input');
  implies('time', 'time');
  selectors['link'] = 'a[href],area[href]';
  selectors['img'] = 'img,svg';
  selectors['cell'] = selectors['gridcell'] = 'td';
  selectors['columnheader'] = selectors['rowheader'] = 'th';
  selectors['banner'] = 'header';
  selectors['contentinfo'] = 'footer';
  selectors['form'] = 'form';
  selectors['region'] = 'section';
  selectors['listbox'] = 'select';
  selectors['combobox'] = 'select,input';
  selectors['checkbox'] = selectors['radio'] = selectors['spinbutton'] = selectors['slider'] = 'input';
  selectors['searchbox'] = 'input';
  return (made = { selectors, implied });
}

const INPUTS = record<string>();
INPUTS['button'] = INPUTS['submit'] = INPUTS['reset'] = INPUTS['image'] = INPUTS['file'] = 'button';
INPUTS['checkbox'] = 'checkbox';
INPUTS['radio'] = 'radio';
INPUTS['number'] = 'spinbutton';
INPUTS['range'] = 'slider';

const SECTIONING = 'article,aside,main,nav,section,[role=article],[role=complementary],[role=main],[role=navigation],[role=region]';

/** A selector that finds at least every element that can have `role`. */
export function roleSelector(role: string): string {
  const implied = tables().selectors[role];
  return (implied === undefined ? '' : implied + ',') + '[role]';
}

/** The role, or null where there is none worth naming. */
export function roleOf(element: Element): string | null {
  const explicit = getAttribute(element, 'role');
  if (explicit) {
    const words = wordsOf(toLowerCase(explicit));
    for (let i = 0; i < words.length; i++) {
      const word = words[i] as string;
      if (word === 'none' || word === 'presentation') return null;
      if (isKnown(word)) return word === 'generic' ? null : word;
    }
  }
  return impliedRole(element);
}

function impliedRole(element: Element): string | null {
  const tag = localName(element);
  switch (tag) {
    case 'a':
    case 'area':
      return hasAttribute(element, 'href') ? 'link' : null;
    case 'input':
      return inputRole(element);
    case 'select':
      return selectMultiple(element) || selectSize(element) > 1 ? 'listbox' : 'combobox';
    case 'img':
      return getAttribute(element, 'alt') === '' && !named(element) ? null : 'img';
    case 'svg':
      return 'img';
    case 'td': {
      const table = composedClosest(element, 'table,[role=grid],[role=treegrid]');
      const role = table ? getAttribute(table, 'role') : null;
      return role === 'grid' || role === 'treegrid' ? 'gridcell' : 'cell';
    }
    case 'th': {
      const scope = getAttribute(element, 'scope');
      return scope === 'row' || scope === 'rowgroup' ? 'rowheader' : 'columnheader';
    }
    case 'header':
      return composedClosest(element, SECTIONING) ? null : 'banner';
    case 'footer':
      return composedClosest(element, SECTIONING) ? null : 'contentinfo';
    case 'form':
    case 'section':
      return named(element) ? (tag === 'form' ? 'form' : 'region') : null;
    default:
      return tables().implied[tag] ?? null;
  }
}

function named(element: Element): boolean {
  return !!(getAttribute(element, 'aria-label') || getAttribute(element, 'aria-labelledby') || getAttribute(element, 'title'));
}

function inputRole(element: Element): string | null {
  const type = inputType(element);
  if (type === 'hidden') return null;
  const role = INPUTS[type];
  if (role !== undefined) return role;
  const suggests = type === 'search' || type === 'email' || type === 'tel' || type === 'text' || type === 'url';
  if (suggests && hasAttribute(element, 'list')) return 'combobox';
  return type === 'search' ? 'searchbox' : 'textbox';
}
