// What a frame shows: the events it heard, its text, what its fields hold, what is drawn.
[
  window.listOfEvents ?? '',
  document.body?.innerText ?? '',
  ...[...document.querySelectorAll('input, textarea, select')].map((field) => field.value),
  ...[...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL()),
  ...[...document.querySelectorAll('svg')].map((drawing) => drawing.outerHTML),
].join('\n');
