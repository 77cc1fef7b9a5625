// Suggestions while somebody types into the search field: the combobox pattern of the ARIA Authoring Practices, with a
// list whose choice stays in the field's own focus. Without this file the field is an ordinary one.

const WAIT_MILLISECONDS = 120;
const FEWEST_LETTERS = 2;

const form = document.querySelector("form[data-suggestions]");
const field = form.querySelector("input[type=search]");
const status = form.querySelector("[role=status]");
const list = document.createElement("ul");
let lines = [];
let chosen = -1;
let timer = 0;
let running = null;
let typed = field.value;

list.id = "suggestions";
list.className = "suggestions";
list.hidden = true;
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", form.querySelector("label").textContent);
field.after(list);
for (const [name, value] of Object.entries({
  role: "combobox",
  "aria-expanded": "false",
  "aria-controls": list.id,
  "aria-autocomplete": "list",
})) {
  field.setAttribute(name, value);
}

function say(count) {
  const words = count === 0 ? status.dataset.none : count === 1 ? status.dataset.one : status.dataset.many;
  status.textContent = words.replace("COUNT", count);
}

function choose(place) {
  chosen = place;
  list.querySelectorAll("li").forEach((line, number) => line.setAttribute("aria-selected", String(number === place)));
  if (place < 0) {
    field.removeAttribute("aria-activedescendant");
    field.value = typed;
  } else {
    const line = list.children[place];
    field.setAttribute("aria-activedescendant", line.id);
    line.scrollIntoView({ block: "nearest" });
  }
}

function close() {
  list.hidden = true;
  field.setAttribute("aria-expanded", "false");
  choose(-1);
}

function show(found) {
  lines = found;
  list.replaceChildren(
    ...found.map((one, number) => {
      const line = document.createElement("li");
      const title = document.createElement("span");
      const kind = document.createElement("span");
      line.id = `suggestion-${number}`;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      title.innerHTML = one.title; // escaped by the server, with <mark> only
      kind.className = "kind";
      kind.textContent = one.kind;
      line.append(title, kind);
      return line;
    }),
  );
  chosen = -1;
  field.removeAttribute("aria-activedescendant");
  list.hidden = found.length === 0;
  field.setAttribute("aria-expanded", String(found.length > 0));
  say(found.length);
}

async function ask() {
  running?.abort();
  typed = field.value;
  if (typed.trim().length < FEWEST_LETTERS) {
    close();
    return;
  }
  running = new AbortController();
  try {
    const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: typed })}`;
    const answer = await fetch(address, { signal: running.signal, credentials: "omit" });
    if (answer.ok && document.activeElement === field) {
      show((await answer.json()).suggestions);
    }
  } catch (error) {
    if (error.name !== "AbortError") {
      close(); // the search itself works all the same
    }
  }
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT_MILLISECONDS);
});

field.addEventListener("keydown", (event) => {
  const open = !list.hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!open && lines.length) {
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
    }
    if (!list.hidden) {
      event.preventDefault();
      const count = lines.length + 1; // one place is the field itself
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((chosen + 1 + step + count) % count) - 1);
    }
  } else if (event.key === "Escape" && open) {
    event.preventDefault();
    close();
  } else if (event.key === "Enter" && open && chosen >= 0) {
    event.preventDefault();
    location.assign(lines[chosen].address);
  }
});

list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
list.addEventListener("click", (event) => {
  const line = event.target.closest("li");
  if (line) {
    location.assign(lines[[...list.children].indexOf(line)].address);
  }
});
field.addEventListener("blur", close);
form.addEventListener("submit", () => running?.abort());
