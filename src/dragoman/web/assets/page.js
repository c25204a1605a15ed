(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const classes = ["lit", "near", "party"];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  let pinned = "";

  const clear = () => all(".lit, .near, .party").forEach((node) => node.classList.remove(...classes));
  const with_key = (relation, key) => all(`[data-${relation}~="${CSS.escape(key)}"]`);
  const light = (key) => {
    clear();
    if (!key) return;
    with_key("in", key).forEach((node) => node.classList.add("near"));
    [...with_key("by", key), ...with_key("to", key)].forEach((node) => node.classList.add("party"));
    with_key("of", key).forEach((node) => node.classList.add("lit"));
    document.getElementById("line-" + key)?.classList.add("lit");
  };
  const line_of = (node) => node.closest?.("li[data-key]");
  const mark_of = (node) => node.closest?.("[data-of], [data-in]");
  // An event or commitment speaks before the statement round it, the statement before a name.
  const key_of = (mark) => {
    const keys = `${mark.dataset.of || ""} ${mark.dataset.in || ""}`.split(" ").filter(Boolean);
    const rank = (key) => ["event", "commitment", "claim", "statement", "who"].findIndex((kind) =>
      document.getElementById("line-" + key)?.classList.contains(kind));
    const shown = keys.filter((key) => rank(key) >= 0 && !document.getElementById("line-" + key).hidden);
    const own = shown.filter((key) => (mark.dataset.of || "").split(" ").includes(key));
    return (own.length ? own : shown).sort((a, b) => rank(a) - rank(b))[0] || "";
  };

  document.addEventListener("mouseover", (event) => {
    if (pinned || !matchMedia("(hover: hover)").matches) return;
    const line = line_of(event.target), mark = mark_of(event.target);
    light(line ? line.dataset.key : mark ? key_of(mark) : "");
  });
  document.addEventListener("focusin", (event) => {
    const line = line_of(event.target);
    if (line && !pinned) light(line.dataset.key);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("summary, .filters, nav")) return;
    const line = line_of(event.target), mark = line ? null : mark_of(event.target);
    const key = line ? line.dataset.key : mark ? key_of(mark) : "";
    if (!key) { pinned = ""; clear(); return; }
    event.preventDefault();
    pinned = pinned === key && line ? "" : key;
    light(key);
    const goal = line ? with_key("of", key)[0] : document.getElementById("line-" + key);
    goal?.closest("details")?.setAttribute("open", "");
    goal?.scrollIntoView({ block: line ? "center" : "nearest", behavior: calm });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { pinned = ""; clear(); }
  });

  const filters = document.querySelector(".filters");
  if (!filters) return;
  filters.hidden = false;
  const buttons = [...filters.querySelectorAll("button")];
  const said = filters.querySelector("select");
  const apply = () => {
    const types = buttons.filter((one) => one.getAttribute("aria-pressed") === "true").map((one) => one.value);
    const lines = all("li.event");
    lines.forEach((line) => {
      line.hidden = (types.length > 0 && !types.includes(line.dataset.type))
        || (said.value !== "" && line.dataset.said !== said.value);
      with_key("of", line.dataset.key).forEach((node) => node.classList.toggle("off", line.hidden));
    });
    const left = lines.filter((line) => !line.hidden).length;
    filters.querySelector("output").textContent = left < lines.length ? `${left} of ${lines.length} shown` : "";
  };
  buttons.forEach((one) => one.addEventListener("click", () => {
    one.setAttribute("aria-pressed", String(one.getAttribute("aria-pressed") !== "true"));
    apply();
  }));
  said.addEventListener("change", apply);
})();
