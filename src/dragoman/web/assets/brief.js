(() => {
  const lines = [...document.querySelectorAll("li > details")];
  const all = document.getElementById("all");
  // A way to a line opens it, so that its words are in sight.
  const follow = () => {
    let key = "";
    try { key = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const fold = key && document.getElementById(key)?.querySelector(":scope > details");
    if (!fold) return;
    fold.open = true;
    fold.querySelector("summary").focus({ preventScroll: true });
  };
  addEventListener("hashchange", follow);
  addEventListener("load", follow);
  document.addEventListener("click", (event) => {
    const way = event.target.closest?.("a[href^='#']");
    if (way && way.hash === location.hash) follow();
  });
  all.hidden = !lines.length;
  all.addEventListener("click", () => {
    const open = all.getAttribute("aria-pressed") !== "true";
    all.setAttribute("aria-pressed", String(open));
    all.textContent = open ? "Close every line" : "Open every line";
    lines.forEach((line) => { line.open = open; });
  });
})();
