// Loading a delivery: the page of a load follows it, and files or a folder can be dropped. All works without this file.
(() => {
  const wait = 1500;

  async function follow() {
    const live = document.querySelector("[data-live]");
    if (!live) return;
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (answer.ok) {
        const next = new DOMParser().parseFromString(await answer.text(), "text/html");
        const then = next.querySelector("[data-live]");
        // While it runs only its steps are drawn anew, so that the focus stays on the button beside them.
        if (then) live.replaceChildren(...then.childNodes);
        else document.querySelector("main").replaceChildren(...next.querySelector("main").childNodes);
      }
    } catch { /* the server is away for a moment: asked again */ }
    setTimeout(follow, wait);
  }

  const listed = (entry) => new Promise((done) => entry.createReader().readEntries(done, () => done([])));
  const file = (entry) => new Promise((done) => entry.file(done, () => done(null)));

  async function dropped(items) {
    const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const inside = await Promise.all(entries.filter((entry) => entry.isDirectory).map(listed));
    const files = [...entries, ...inside.flat()].filter((entry) => entry.isFile);
    return (await Promise.all(files.map(file))).filter(Boolean);
  }

  const none = document.querySelector("[data-drop] output")?.textContent;

  function told(zone) {
    const chosen = [...zone.querySelectorAll("input")].flatMap((input) => [...input.files]);
    const names = chosen.slice(0, 8).map((each) => each.name).join(" · ") + (chosen.length > 8 ? " …" : "");
    const said = zone.dataset.said.replace("{number}", chosen.length);
    zone.querySelector("output").textContent = chosen.length ? `${said}: ${names}` : none;
  }

  for (const zone of document.querySelectorAll("[data-drop]")) {
    zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("drop-over"); });
    zone.addEventListener("dragleave", () => zone.classList.remove("drop-over"));
    zone.addEventListener("change", () => told(zone));
    zone.addEventListener("drop", async (event) => {
      event.preventDefault();
      zone.classList.remove("drop-over");
      const held = new DataTransfer();
      for (const each of await dropped(event.dataTransfer.items)) held.items.add(each);
      zone.querySelector("#files").files = held.files;
      told(zone);
    });
  }
  setTimeout(follow, wait);
})();
