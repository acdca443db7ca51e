// Tells whether HTML still says what it said, as this browser reads it: both sides are parsed, what is changed on purpose is
// changed in the one or taken back in the other, and what then stands in them must be the same to the letter.

const REL = "noopener noreferrer nofollow ugc";
const KEPT = { A: ["href"], OL: ["start"] };

// On purpose, by name; each tells whether it found anything to do.
const IN_THE_ORIGINAL = {
  "pictures become links, inside links their words": (body) => each(body, "img", (picture) => {
    const words = picture.alt.trim();
    const link = document.createElement("a");
    link.href = picture.src;
    link.textContent = words || picture.getAttribute("src");
    picture.replaceWith(picture.closest("a") ? words : link);
  }),
  "attributes go but where a link leads and where a list starts": (body) => each(body, "*", (element) => {
    const spare = element.getAttributeNames().filter((name) => !KEPT[element.tagName]?.includes(name));
    for (const name of spare) element.removeAttribute(name);
    return spare.length > 0;
  }),
  "comments go": (body) => each(body.parentNode, "*", (element) => {
    const comments = [...element.childNodes].filter((node) => node.nodeType === Node.COMMENT_NODE);
    for (const comment of comments) comment.remove();
    return comments.length > 0;
  }),
};
const IN_THE_SERVED = {
  "links to other sites lead through our page and pass nothing on": (body) => each(body, "a[rel]", (link) => {
    const url = new URL(link.href);
    if (link.rel !== REL || url.origin !== location.origin || url.pathname !== "/leave") return false;
    link.href = url.searchParams.get("to");
    link.removeAttribute("rel");
  }),
};

function each(body, selector, change) {
  return [...body.querySelectorAll(selector)].map((element) => change(element)).some((changed) => changed !== false);
}

function read(html, changes, told) {
  const { body } = new DOMParser().parseFromString(`<!doctype html><body>${html}`, "text/html");
  for (const [name, change] of Object.entries(changes)) if (change(body)) told.push(name);
  each(body, "a[href]", (link) => link.setAttribute("href", link.href));
  body.normalize();
  return body.innerHTML;
}

// Of each pair: what was changed on purpose, and both sides after that.
window.compare = (pairs) => pairs.map(([original, served]) => {
  const changed = [];
  return { was: read(original, IN_THE_ORIGINAL, changed), is_now: read(served, IN_THE_SERVED, changed), changed };
});
