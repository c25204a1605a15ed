(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const classes = ["lit", "near", "party"];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  const filters = document.querySelector(".filters");
  const events = all("li.event");
  let pinned = "", moving = false;
  document.documentElement.classList.add("js");

  const clear = () => all(".lit, .near, .party").forEach((node) => node.classList.remove(...classes));
  const with_key = (relation, key) => all(`[data-${relation}~="${CSS.escape(key)}"]`);
  const line_with = (key) => document.getElementById("line-" + key);
  const light = (key) => {
    clear();
    if (!key) return;
    with_key("in", key).forEach((node) => node.classList.add("near"));
    [...with_key("by", key), ...with_key("to", key)].forEach((node) => node.classList.add("party"));
    with_key("of", key).forEach((node) => node.classList.add("lit"));
    line_with(key)?.classList.add("lit");
  };
  const line_of = (node) => node.closest?.("li[data-key]");
  const mark_of = (node) => node.closest?.("[data-of], [data-in]");
  // An event or commitment speaks before the statement round it, the statement before a name.
  const key_of = (mark) => {
    const keys = `${mark.dataset.of || ""} ${mark.dataset.in || ""}`.split(" ").filter(Boolean);
    const rank = (key) => ["event", "commitment", "claim", "statement", "who"].findIndex((kind) =>
      line_with(key)?.classList.contains(kind));
    const shown = keys.filter((key) => rank(key) >= 0 && !line_with(key).hidden);
    const own = shown.filter((key) => (mark.dataset.of || "").split(" ").includes(key));
    return (own.length ? own : shown).sort((a, b) => rank(a) - rank(b))[0] || "";
  };
  const key_at = (node) => {
    const line = line_of(node), mark = line ? null : mark_of(node);
    return line ? line.dataset.key : mark ? key_of(mark) : "";
  };

  // The words of a line in the story ("at-"), or its card ("line-"): in sight, with the keyboard there.
  const go = (side, key) => {
    const card = line_with(key), goal = side === "at" ? with_key("of", key)[0] : card?.querySelector(".head");
    pinned = key;
    light(key);
    if (!goal) return;
    if (side === "line" && card.hidden) unsift();
    goal.closest("section > details")?.setAttribute("open", "");
    if (!goal.matches("a, [tabindex]")) goal.setAttribute("tabindex", "-1");
    moving = true;
    goal.focus({ preventScroll: true });
    moving = false;
    (side === "at" ? goal : card).scrollIntoView({ block: side === "at" ? "center" : "nearest", behavior: calm });
  };
  // Where one came from and where one goes both stand in the history, so that Back returns.
  const remember = (side, key) => {
    const [from, to] = side === "at" ? ["#line-", "#at-"] : ["#at-", "#line-"];
    history.replaceState(null, "", from + key);
    history.pushState(null, "", to + key);
  };
  const follow = () => {
    const [, side, key] = /^#(at|line)-(.+)$/.exec(decodeURIComponent(location.hash)) || [];
    if (key && line_with(key)) go(side, key);
    else { pinned = ""; clear(); }
  };
  // A turn later: a browser that goes to a place on the page takes the keyboard from where it was.
  addEventListener("popstate", () => setTimeout(follow));
  if (location.hash) addEventListener("load", follow);

  document.addEventListener("mouseover", (event) => {
    if (!pinned && matchMedia("(hover: hover)").matches) light(key_at(event.target));
  });
  document.addEventListener("focusin", (event) => {
    if (moving || !event.target.matches(":focus-visible")) return;
    const key = key_at(event.target);
    if (key) { pinned = ""; light(key); }
  });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (event.target.closest("summary, .coding, .filters, nav, #glance, small a")) return;
    // Words that were dragged over are to be copied; a key pressed (detail 0) selects nothing.
    if (event.detail > 0 && !getSelection().isCollapsed) { event.preventDefault(); return; }
    const line = line_of(event.target), key = key_at(event.target);
    if (!key) { pinned = ""; clear(); return; }
    event.preventDefault();
    if (line && pinned === key && event.detail > 0) { pinned = ""; return; }
    const side = line ? "at" : "line";
    remember(side, key);
    go(side, key);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { pinned = ""; clear(); }
  });

  // On paper everything is there: what was folded or sifted away too.
  let folded = [], hidden = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    hidden = events.filter((line) => line.hidden);
    folded.forEach((node) => { node.open = true; });
    hidden.forEach((line) => { line.hidden = false; });
  });
  addEventListener("afterprint", () => {
    folded.forEach((node) => { node.open = false; });
    hidden.forEach((line) => { line.hidden = true; });
  });

  if (!filters) return;
  filters.hidden = false;
  const buttons = [...filters.querySelectorAll("button")];
  const said = filters.querySelector("#said"), order = filters.querySelector("#order");
  const apply = () => {
    const types = buttons.filter((one) => one.getAttribute("aria-pressed") === "true").map((one) => one.value);
    events.forEach((line) => {
      line.hidden = (types.length > 0 && !types.includes(line.dataset.type))
        || (said.value !== "" && line.dataset.said !== said.value);
      with_key("of", line.dataset.key).forEach((node) => node.classList.toggle("off", line.hidden));
    });
    const left = events.filter((line) => !line.hidden).length;
    filters.querySelector("output").textContent = left < events.length ? `${left} of ${events.length} shown` : "";
  };
  function unsift() {
    buttons.forEach((one) => one.setAttribute("aria-pressed", "false"));
    said.value = "";
    apply();
  }
  buttons.forEach((one) => one.addEventListener("click", () => {
    one.setAttribute("aria-pressed", String(one.getAttribute("aria-pressed") !== "true"));
    apply();
  }));
  said.addEventListener("change", apply);
  order.addEventListener("change", () => {
    const lines = order.value === "1" ? [...events].sort((a, b) => a.dataset.grave - b.dataset.grave) : events;
    lines.forEach((line) => line.parentNode.append(line));
  });
})();
