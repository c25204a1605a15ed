(() => {
  const clear = () => document.querySelectorAll(".lit").forEach((node) => node.classList.remove("lit"));
  const light = (key) => {
    clear();
    const marks = [...document.querySelectorAll("[data-of]")].filter((node) => node.dataset.of.split(" ").includes(key));
    const line = document.getElementById("line-" + key);
    marks.forEach((node) => node.classList.add("lit"));
    if (line) line.classList.add("lit");
    return { marks, line };
  };
  document.querySelectorAll("li[data-key]").forEach((line) => {
    const show = () => {
      const { marks } = light(line.dataset.key);
      if (marks[0]) marks[0].scrollIntoView({ block: "center", behavior: "smooth" });
    };
    line.addEventListener("click", show);
    line.addEventListener("keydown", (press) => { if (press.key === "Enter") show(); });
  });
  document.querySelectorAll("[data-of]").forEach((mark) => mark.addEventListener("click", () => {
    const keys = mark.dataset.of.split(" ");
    const { line } = light(keys[keys.length - 1]);
    if (line) line.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }));
})();
