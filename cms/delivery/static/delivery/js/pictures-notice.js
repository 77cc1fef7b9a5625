/* Tells in the page editor how many pictures of the draft are ready, while the worker is still preparing some. */
(() => {
  const POLL_MILLISECONDS = 3000;
  const { pages, pictures } = document.currentScript.dataset;
  const [before, after] = pages.split("0");
  const here = window.location.pathname;
  const number = here.startsWith(before) && here.endsWith(after) ? here.slice(before.length, -after.length) : "";
  if (!/^\d+$/.test(number)) {
    return;
  }
  const address = pictures.replace("0", number);
  let timer = null;

  // The live region stands in the page, empty, before its words do, so that screen readers say them.
  const region = document.createElement("div");
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  document.querySelector("[data-edit-form]").prepend(region);

  const show = (text) => {
    const words = region.querySelector("span");
    if (!text) {
      region.replaceChildren();
    } else if (!words) {
      region.innerHTML =
        '<div class="help-block help-info"><svg class="icon icon-image icon" aria-hidden="true">' +
        '<use href="#icon-image"></use></svg><span></span></div>';
      region.querySelector("span").textContent = text;
    } else if (words.textContent !== text) {
      words.textContent = text;
    }
  };

  const look = async () => {
    window.clearTimeout(timer);
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) {
        return;
      }
      const { text } = await answer.json();
      show(text);
      if (text && !document.hidden) {
        timer = window.setTimeout(look, POLL_MILLISECONDS);
      }
    } catch {
      timer = window.setTimeout(look, POLL_MILLISECONDS);
    }
  };

  look();
  document.addEventListener("w-autosave:success", look);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      look();
    }
  });
})();
