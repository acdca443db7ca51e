// Shows texts to a browser in every way that pages insert them, touches what stands there, and tells what happened.
// It runs in every frame, so that what runs inside a frame inside a text is told too.

const EVENTS = ["load", "error", "mouseover", "pointerenter", "focus", "click", "submit", "animationstart", "toggle"];

// A text between these, for elements are read by other rules inside others.
const CONTEXTS = {
  table: ["<table>", "</table>"],
  cell: ["<table><tr><td>", "</td></tr></table>"],
  link: ["<a href='/a'>", "</a>"],
  svg: ["<svg>", "</svg>"],
  foreignObject: ["<svg><foreignObject>", "</foreignObject></svg>"],
  math: ["<math>", "</math>"],
  mtext: ["<math><mtext>", "</mtext></math>"],
  select: ["<select><option>", "</option></select>"],
  noscript: ["<noscript>", "</noscript>"],
  textarea: ["<textarea>", "</textarea>"],
  title: ["<title>", "</title>"],
  comment: ["<!--", "-->"],
};

// How markup comes into a page: as it is, and read and written again by parsers that run no scripts.
const WAYS = [
  (markup) => markup,
  (markup) => new DOMParser().parseFromString(markup, "text/html").body.innerHTML,
  (markup) => templated(markup).innerHTML,
];

function templated(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup;
  return template;
}

// From here on what runs in a window is told.
function arm(view, tell) {
  for (const name of ["alert", "confirm", "prompt", "print"]) view[name] = () => tell("ran", name);
  view.addEventListener("securitypolicyviolation", (event) =>
    tell("refused", `${event.effectiveDirective} ${event.blockedURI}`));
  // Where a link leads is told without going there; a script in its place is to run.
  view.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href], area[href]");
    if (link && ["http:", "https:", "mailto:"].includes(link.protocol)) event.preventDefault();
  });
}

arm(window, (kind, what) => window.top.postMessage({ kind, what }, "*"));

// ---------------------------------------------------------------- one scene

// What each frame has told, and which of its parts are to be touched.
const frames = new Map();

// A frame whose page has come with the texts in it, as from a server that wrote them there, and gets them once more by
// scripts: alone, where all is touched, and in the other contexts.
function open(texts, contexts, found) {
  const frame = document.body.appendChild(document.createElement("iframe"));
  frame.sandbox = "allow-scripts allow-same-origin allow-forms";
  const page = frame.contentDocument;
  page.open();
  arm(page.defaultView, (kind, what) => found[kind].add(what));
  page.write(`<!doctype html><title>看</title><body><section></section><section></section>`);
  const [alone, elsewhere] = page.body.children;
  page.write(`<article><div>${texts.join("</div><div>")}</div>`);
  page.close();
  for (const text of texts) {
    insert(alone, text);
    for (const name of contexts) insert(elsewhere, CONTEXTS[name][0] + text + CONTEXTS[name][1]);
  }
  frames.set(frame, { found, page, touched: [alone, alone.nextSibling.nextSibling] });
}

// Each time twice: the second time as the browser writes what it has read the first time.
function insert(place, markup) {
  const put = (written) => {
    const element = place.appendChild(document.createElement("div"));
    element.innerHTML = written;
    return element.innerHTML;
  };
  for (const way of WAYS) put(put(way(markup)));
  place.append(templated(markup).content.cloneNode(true));
}

// Here and below methods are those of the prototypes: a hostile text may name its elements as what hides them.
function elementsIn(root) {
  const elements = [...Reflect.getPrototypeOf(root).querySelectorAll.call(root, "*")];
  const inside = elements.filter((element) => element.localName === "template" && element.content);
  return elements.concat(...inside.map((element) => elementsIn(element.content)));
}

function attributesOf(element) {
  return [...Reflect.get(Element.prototype, "attributes", element)];
}

// What stands in a page.
function inspect(page, found) {
  for (const element of elementsIn(page)) {
    for (const { name, value } of attributesOf(element)) {
      if (name.startsWith("on")) found.handlers.add(`${element.localName} ${name}`);
      const url = URL.parse(value, location.href);
      if (!["http:", "https:", "mailto:"].includes(url?.protocol ?? "https:")) found.schemes.add(value);
      if (name.endsWith("href") && url?.origin !== location.origin) found.leading.add(value);
    }
  }
}

function touch(place) {
  for (const element of elementsIn(place)) {
    if (element.tabIndex >= 0 && typeof element.focus === "function") element.focus();
    const own = attributesOf(element).flatMap(({ name }) => (name.startsWith("on") ? [name.slice(2)] : []));
    for (const name of new Set([...EVENTS, ...own])) {
      const event = new (name === "click" ? MouseEvent : Event)(name, { bubbles: true, cancelable: true });
      EventTarget.prototype.dispatchEvent.call(element, event);
    }
  }
}

// ---------------------------------------------------------------- many scenes

// What ran and belongs to no scene.
window.strays = [];

window.addEventListener("message", ({ source, data }) => {
  const found = [...frames].find(([frame]) => isInside(source, frame.contentWindow))?.[1].found;
  if (found) found[data.kind].add(data.what);
  else strays.push(`${data.kind} ${data.what}`);
});

function isInside(view, outer) {
  return view === outer || (view !== null && view.parent !== view && isInside(view.parent, outer));
}

const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// A scene is some texts on one page; `contexts` name those of CONTEXTS. Pages rest twice, before and after they are touched.
window.show = async (scenes, contexts, milliseconds) => {
  const told = scenes.map((texts) => {
    const found = { ran: new Set(), handlers: new Set(), schemes: new Set(), leading: new Set(), refused: new Set() };
    open(texts, contexts, found);
    return found;
  });
  await rest(milliseconds);
  for (const { found, page, touched } of frames.values()) {
    inspect(page, found);
    touched.forEach(touch);
  }
  await rest(milliseconds);
  for (const frame of frames.keys()) frame.remove();
  frames.clear();
  return told.map((found) => Object.fromEntries(Object.entries(found).map(([kind, seen]) => [kind, [...seen]])));
};
