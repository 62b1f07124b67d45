"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const articles = [...document.querySelectorAll("article")];
  const byId = new Map(articles.map((article) => [article.id, article]));
  const search = $("search"), status = $("status"), style = $("style");
  let list = [];

  // --- text to compare by: the same foldings as those of "abstool search" ------------------------
  const GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega".split(" ");
  const BASE = { "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŋ": "n", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss" };
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/\p{M}+/gu, "")
    .replace(/[øłđðħıŋæœþß]/g, (letter) => BASE[letter])
    .replace(/[α-ω]/g, (letter) => ` ${GREEK[letter.charCodeAt(0) - 945]} `)
    .replace(/[^\p{L}\p{N}'’]+/gu, " ");
  // TNF-α, TNFα, TNF alpha and TNFalpha are the same two words.
  const ENDING = "(alpha|beta|gamma|delta|kappa|lambda|omega|epsilon)(?= )";
  const HAS_JOINED = new RegExp(`[^ ]{2}${ENDING}`), JOINED = new RegExp(`(?<= )([^ ]{2,}?)${ENDING}`, "g");
  // The words of a text between spaces. Most letters are ASCII, so only the others are folded one by one.
  const line = (text) => {
    const plain = ` ${text.toLowerCase().replace(/[\x80-\uffff]+/g, fold).replace(/['’]s\b/g, "").replace(/[\x00-\x2f\x3a-\x60\x7b-\x7f’]+/g, " ")} `.replace(/ {2,}/g, " ");
    return HAS_JOINED.test(plain) ? plain.replace(JOINED, "$1 $2") : plain;
  };
  const words = (text) => line(text).split(" ").filter(Boolean);

  let lines = null;
  const prepare = () => {
    lines ??= articles.map((article) => line(article.textContent));
  };

  // --- search ------------------------------------------------------------------------------------
  // Each term is a run of words: " il 6 " matches whole words, " il 6" their beginning.
  const terms = (query) => [...query.matchAll(/"([^"]*)"?|(\S+)/g)].map(([, phrase, word]) => {
    const text = phrase ?? word;
    const found = words(text).join(" ");
    return found && { text: ` ${found}${phrase === undefined && word.endsWith("*") ? "" : " "}`, words: words(text) };
  }).filter(Boolean);

  const show = (article, isShown) => {
    if (article.hidden === isShown) article.hidden = !isShown;
  };
  let wanted = [];
  const run = () => {
    wanted = terms(search.value);
    if (wanted.length) prepare();
    let count = 0;
    articles.forEach((article, n) => {
      const isShown = wanted.every((term) => lines[n].includes(term.text));
      count += isShown;
      show(article, isShown);
    });
    for (const part of document.querySelectorAll(".group, .chapter")) {
      show(part, !wanted.length || part.querySelector("article:not([hidden])") !== null);
    }
    status.textContent = wanted.length ? `${count.toLocaleString("en")} of ${articles.length.toLocaleString("en")} abstracts` : "";
    mark();
  };

  // Hits are marked where they are on the screen, without a change of the page.
  const seen = new Set();
  const mark = () => {
    if (!CSS.highlights) return;
    const ranges = [];
    if (wanted.length) {
      const all = new Set(wanted.flatMap((term) => term.words));
      for (const article of seen) {
        if (article.hidden) continue;
        const nodes = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
        while (nodes.nextNode()) {
          for (const match of nodes.currentNode.data.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
            if (!words(match[0]).some((word) => all.has(word) || isBegun(word))) continue;
            const range = new Range();
            range.setStart(nodes.currentNode, match.index);
            range.setEnd(nodes.currentNode, match.index + match[0].length);
            ranges.push(range);
          }
        }
      }
    }
    CSS.highlights.set("hits", new Highlight(...ranges));
  };
  const isBegun = (word) => wanted.some((term) => !term.text.endsWith(" ") && word.startsWith(term.words.at(-1)));

  // --- the address: #anchor&q=words&list=a0848,a0901 ---------------------------------------------
  const address = (anchor) => {
    const parts = [anchor, search.value.trim() && `q=${encodeURIComponent(search.value.trim())}`, list.length && `list=${list.join(",")}`];
    return `#${parts.filter(Boolean).join("&")}`;
  };
  const anchor = () => location.hash.slice(1).split("&").find((part) => part && !part.includes("=")) || "";
  const remember = () => history.replaceState(null, "", address(anchor()) === "#" ? location.pathname + location.search : address(anchor()));
  const placeOf = (id) => {
    if (!$(id)) addIndexes();
    return $(id);
  };
  const go = (id) => {
    const place = placeOf(id);
    if (!place) return;
    const article = place.closest("article");
    if (article && article.hidden) {
      search.value = "";
      run();
    }
    place.scrollIntoView();
    if (!place.matches("a, button, input")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  };
  const read = () => {
    for (const part of location.hash.slice(1).split("&")) {
      const [name, value] = part.split("=");
      try {
        if (name === "q" && value) search.value = decodeURIComponent(value);
        if (name === "list" && value) list = [...new Set(value.split(","))].filter((id) => byId.has(id));
      } catch { /* a damaged address still opens the book */ }
    }
    drawList();
    run();
    if (anchor() && (location.hash.includes("&") || !$(anchor()))) go(anchor());
  };

  // --- citations ---------------------------------------------------------------------------------
  let packed = null;
  const unpack = async () => {
    if (packed) return packed;
    const bytes = Uint8Array.from(atob($("citations").textContent), (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    packed = JSON.parse(await new Response(stream).text());
    return packed;
  };
  const citation = async (id, name) => {
    if (name === "printed") return byId.get(id).querySelector(".citation")?.textContent.trim() || "";
    const names = [...style.options].map((option) => option.value);
    return (await unpack())[id][names.indexOf(name) - 1];
  };
  const copy = async (text, button) => {
    const label = button.dataset.label ??= button.textContent;
    let isCopied = false;
    try {
      await navigator.clipboard.writeText(text);
      isCopied = true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      isCopied = document.execCommand("copy");
      area.remove();
      button.focus();
    }
    button.textContent = isCopied ? "Copied" : "Not copied";
    status.textContent = isCopied ? "Copied to the clipboard" : "The browser did not allow copying";
    setTimeout(() => { button.textContent = label; }, 1500);
  };
  const copyAll = async (ids, button) => {
    const texts = await Promise.all(ids.map((id) => citation(id, style.value)));
    await copy(texts.filter(Boolean).join(style.value === "bibtex" || style.value === "ris" ? "\n\n" : "\n"), button);
  };

  // --- reading list ------------------------------------------------------------------------------
  const drawList = () => {
    $("list-count").textContent = list.length;
    $("list-items").replaceChildren(...list.map((id) => {
      const item = document.createElement("li"), link = document.createElement("a"), button = document.createElement("button");
      link.href = `#${id}`;
      link.textContent = byId.get(id).querySelector("h3, h4").textContent;
      button.type = "button";
      button.textContent = "Remove";
      button.dataset.remove = id;
      button.setAttribute("aria-label", `Remove ${link.textContent}`);
      item.append(link, " ", button);
      return item;
    }));
    for (const button of ["copy-list", "clear-list"]) $(button).disabled = !list.length;
    for (const box of document.querySelectorAll("input[data-list]")) box.checked = list.includes(box.dataset.list);
  };
  const setList = (ids) => {
    list = ids;
    drawList();
    remember();
  };

  // --- the tools of each abstract, added when it comes near the screen -----------------------------
  const addTools = (article) => {
    const tools = document.createElement("div");
    tools.className = "tools";
    const number = article.querySelector("h3, h4").textContent.trim().slice(0, 60);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy citation";
    button.setAttribute("aria-label", `Copy citation: ${number}`);
    button.dataset.copy = article.id;
    const label = document.createElement("label"), box = document.createElement("input");
    box.type = "checkbox";
    box.dataset.list = article.id;
    box.checked = list.includes(article.id);
    box.setAttribute("aria-label", `Reading list: ${number}`);
    label.append(box, " Reading list");
    tools.append(button, label);
    article.append(tools);
  };
  const near = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) {
      if (isIntersecting) {
        seen.add(target);
        if (!target.querySelector(".tools")) addTools(target);
      } else seen.delete(target);
    }
    if (wanted.length) mark();
  }, { rootMargin: "600px" });

  // --- events ------------------------------------------------------------------------------------
  let timer = 0;
  search.addEventListener("focus", prepare, { once: true });
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { run(); remember(); }, 60);
  });
  document.addEventListener("click", (event) => {
    const target = event.target.closest("a, button, input");
    if (!target) return;
    if (target.dataset.copy) copyAll([target.dataset.copy], target);
    else if (target.dataset.list) setList(target.checked ? [...list, target.dataset.list] : list.filter((id) => id !== target.dataset.list));
    else if (target.dataset.remove) setList(list.filter((id) => id !== target.dataset.remove));
    else if (target.hash && target.getAttribute("href").startsWith("#") && !event.ctrlKey && !event.metaKey) {
      const id = target.getAttribute("href").slice(1);
      placeOf(id);  // before the browser looks for it
      if (search.value || list.length) {
        event.preventDefault();
        go(id);
        history.pushState(null, "", address(id));
      }
    }
  });
  addEventListener("popstate", read);
  $("show-list").addEventListener("click", () => {
    $("list").hidden = !$("list").hidden;
    $("show-list").setAttribute("aria-expanded", String(!$("list").hidden));
  });
  $("copy-list").addEventListener("click", (event) => copyAll(list, event.currentTarget));
  $("copy-address").addEventListener("click", (event) => copy(location.href, event.currentTarget));
  $("clear-list").addEventListener("click", () => setList([]));

  articles.forEach((article) => near.observe(article));
  read();
})();
