// The page works without this script; it adds comparing modes, close-ups and full size. It reads no text of the
// recorded pages and makes no markup out of any.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  document.documentElement.classList.add("js");

  // A picture stands in the page once; every other place takes it from there when it comes into view.
  const fill = (img) => {
    const source = document.getElementById(img.dataset.from);
    if (source && !img.src) img.src = source.src;
  };
  const waiting = all("img[data-from]");
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) {
        fill(entry.target);
        seen.unobserve(entry.target);
      }
    }
  }, { rootMargin: "600px" });
  for (const img of waiting) seen.observe(img);

  const picture = (check, role) => {
    const img = check.querySelector(`.shot[data-role="${role}"] img`);
    if (img && img.dataset.from) fill(img);
    return img;
  };

  const press = (button) => {
    for (const other of all("button", button.parentElement)) other.setAttribute("aria-pressed", String(other === button));
  };

  // Side by side, slider, blink.
  const prepare = (check, stack) => {
    if (stack.dataset.ready) return;
    stack.dataset.ready = "1";
    const width = Number(stack.dataset.width), height = Number(stack.dataset.height);
    stack.querySelector(".frame").style.aspectRatio = `${width} / ${height}`;
    for (const [name, role] of [["under", "Recorded"], ["over", "Replayed"]]) {
      const source = picture(check, role), img = stack.querySelector(`.${name}`);
      if (!source) continue;
      img.src = source.src;
      img.style.width = `${source.getAttribute("width") / width * 100}%`;
    }
    const range = stack.querySelector("input");
    range.addEventListener("input", () => stack.style.setProperty("--cut", `${range.value}%`));
  };
  for (const button of all("button[data-mode]")) {
    button.addEventListener("click", () => {
      press(button);
      const check = button.closest(".check"), stack = check.querySelector(".stack"), mode = button.dataset.mode;
      const apart = mode === "side";
      check.querySelector(".shots").hidden = !apart;
      stack.hidden = apart;
      stack.classList.toggle("slide", mode === "slide");
      stack.classList.toggle("blink", mode === "blink");
      if (!apart) prepare(check, stack);
    });
  }
  for (const box of all("input.mark")) {
    box.addEventListener("change", () => box.closest(".check").classList.toggle("unmarked", !box.checked));
  }
  for (const button of all("button[data-show]")) {
    button.addEventListener("click", () => {
      press(button);
      const only = button.dataset.show === "differing";
      for (const step of all(".step", button.closest("section"))) {
        step.hidden = only && !step.classList.contains("is-changed") && !step.classList.contains("is-missing")
          && !step.classList.contains("is-unreached");
      }
    });
  }

  // Close-ups: the same place of both pictures, enlarged, with some of what stands around it.
  const draw = (figure, check) => {
    const { x, y, w, h } = Object.fromEntries(Object.entries(figure.dataset).map(([k, v]) => [k, Number(v)]));
    const sides = [picture(check, "Recorded"), picture(check, "Replayed")];
    const wide = Math.max(...sides.map((img) => img.naturalWidth)), high = Math.max(...sides.map((img) => img.naturalHeight));
    const across = Math.max(16, (150 - w) / 2), down = Math.max(12, (70 - h) / 2);
    const left = Math.max(0, x - across), top = Math.max(0, y - down);
    const width = Math.min(wide, x + w + across) - left, height = Math.min(high, y + h + down) - top;
    const zoom = Math.max(0.25, Math.min(3, 270 / width, 150 / height));
    const pair = document.createElement("div");
    pair.className = "pair";
    for (const [i, img] of sides.entries()) {
      const canvas = document.createElement("canvas"), name = document.createElement("span"), side = document.createElement("div");
      const ratio = Math.min(2, window.devicePixelRatio || 1);
      canvas.width = Math.round(width * zoom * ratio);
      canvas.height = Math.round(height * zoom * ratio);
      canvas.style.width = `${Math.round(width * zoom)}px`;
      const pen = canvas.getContext("2d");
      pen.imageSmoothingEnabled = zoom < 1.5;
      pen.drawImage(img, left, top, width, height, 0, 0, canvas.width, canvas.height);
      name.textContent = i ? "Replayed" : "Recorded";
      side.append(canvas, name);
      pair.append(side);
    }
    figure.append(pair);
  };
  for (const close of all(".closeups")) {
    const check = close.closest(".check");
    const sides = [picture(check, "Recorded"), picture(check, "Replayed")];
    if (sides.some((img) => !img || !img.src)) continue;
    Promise.all(sides.map((img) => img.decode())).then(() => {
      for (const figure of all("figure", close)) draw(figure, check);
      close.hidden = false;
    }, () => {});
  }

  // Full size.
  const zoom = document.querySelector(".zoom"), large = zoom.querySelector("img");
  let group = [], at = 0;
  const show = (index) => {
    at = (index + group.length) % group.length;
    const img = group[at].querySelector("img");
    if (img.dataset.from) fill(img);
    large.src = img.src;
    zoom.querySelector(".zoom-role").textContent = group[at].dataset.role;
    zoom.querySelector(".zoom-hint").hidden = group.length < 2;
  };
  for (const shot of all(".shot")) {
    shot.querySelector(".frame").addEventListener("click", () => {
      group = all(".shot", shot.parentElement).filter((other) => other.querySelector("img"));
      if (!group.includes(shot)) return;
      show(group.indexOf(shot));
      zoom.showModal();
    });
  }
  zoom.addEventListener("click", (event) => {
    if (event.target === zoom) zoom.close();
  });
  zoom.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      event.preventDefault();
      show(at + (event.key === "ArrowRight" ? 1 : -1));
    }
  });

  // A step reached by a link stands open.
  const reveal = () => {
    let target = null;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return;
    }
    if (!target || !target.classList.contains("step")) return;
    target.hidden = false;
    target.querySelector("details").open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Paper shows everything.
  let closed = [];
  addEventListener("beforeprint", () => {
    for (const img of waiting) fill(img);
    closed = all(".trace details:not([open])");
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
})();
