// The roll call: names open a sheet; what is marked survives a lost network and is sent again.
// Kept in this browser: internal numbers and states of one roll, never a name; gone once it arrived,
// and otherwise by drafts.js, which stands on every page.
(function () {
  "use strict";
  const PREFIX = "kongchuo-roll:";
  const PATIENCE = 30000;
  const UNSENT = "网络不好，已保存在本机，尚未上报";
  const SENDING = "正在上报…";
  const SIGNED_OUT = "登录状态已变，已保存在本机，尚未上报。请重新打开本页，会自动补报。";
  const CLEARED = "保存在本机的点名已清除（满24小时或已退出登录），尚未上报。请核对后重新提交。";
  const REFUSED = "没有提交成功，已保存在本机，尚未上报。请重新打开本页再试。";

  const RESTORED = "已恢复您在本机{at}填写的内容，还没有提交。请核对后提交。";

  let page, form, key, wait, timer, undo;
  let sending = false;
  let owed = false; // pressed once and not yet answered

  function one(selector, inside) {
    return (inside || page).querySelector(selector);
  }

  function all(selector, inside) {
    return Array.from((inside || page).querySelectorAll(selector));
  }

  // --- the draft ------------------------------------------------------------------------------

  function read(name) {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch (refused) {
      return null; // storage refused, or not ours: the form still works, without a draft
    }
  }

  function write(draft) {
    try {
      localStorage.setItem(key, JSON.stringify(draft));
    } catch (refused) {
      return;
    }
  }

  function drop(name) {
    try {
      localStorage.removeItem(name);
    } catch (refused) {
      return;
    }
  }

  function kept() {
    try {
      return Object.keys(localStorage).filter(function (name) {
        return name.indexOf(PREFIX) === 0;
      });
    } catch (refused) {
      return [];
    }
  }

  function newNumber() {
    if (window.crypto && crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, function (b) {
      return (b + 256).toString(16).slice(1);
    }).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  // Everything of the form but the free words: note and reason may name somebody.
  function gathered() {
    const fields = [];
    new FormData(form).forEach(function (value, name) {
      if (!/^(csrfmiddlewaretoken|go|reason|note-)/.test(name) && value !== "") {
        fields.push([name, value]);
      }
    });
    return fields;
  }

  function keep(changes) {
    const draft = Object.assign(read(key) || {}, { at: Date.now(), url: page.dataset.url });
    draft.fields = gathered();
    write(Object.assign(draft, changes));
  }

  function changed() {
    const draft = read(key);
    // What was already sent once may have arrived: other marks are another submission.
    if (draft && draft.sent) form.elements.uuid.value = newNumber();
    if (!form.elements.marked_at.value) form.elements.marked_at.value = new Date().toISOString();
    keep({ sent: false, go: "" });
    count();
  }

  function restore(draft) {
    const away = draft.fields.filter(function (field) {
      return field[0] === "away";
    });
    all("[name=away]").forEach(function (box) {
      box.checked = away.some(function (field) {
        return field[1] === box.value;
      });
      if (box.checked && !row(box.value)) addRow(box);
      if (!box.checked && row(box.value)) row(box.value).remove();
    });
    all("[name^=told-]", form).forEach(function (box) {
      box.checked = false;
    });
    draft.fields.forEach(function (field) {
      all("[name='" + field[0] + "']", form).forEach(function (input) {
        if (/radio|checkbox/.test(input.type)) input.checked = input.checked || input.value === field[1];
        else input.value = field[1];
      });
    });
    all("[data-until]").forEach(showUntil);
    all("[data-list] > [data-child]").forEach(fold);
    all("details.roll-more").forEach(tell);
    count();
  }

  // --- names and rows -------------------------------------------------------------------------

  function row(child) {
    return one("[data-list] > [data-child='" + child + "']");
  }

  function addRow(box) {
    const pattern = document.getElementById("away-row").innerHTML;
    const child = box.value;
    const holder = document.createElement("ul");
    holder.innerHTML = pattern.replace(/CHILDID/g, child);
    const made = holder.firstElementChild;
    const label = box.parentNode.querySelector("span").cloneNode(true);
    const seat = label.querySelector("small");
    if (seat) seat.remove();
    one("[data-name]", made).textContent = label.textContent.trim();
    one("[data-list]").appendChild(made);
    ready(made);
    return made;
  }

  function ready(made) {
    one("[data-acts]", made).hidden = false;
    showUntil(one("[data-until]", made));
  }

  function open(made) {
    close();
    made.classList.remove("roll-folded");
    made.classList.add("roll-sheet");
    one("input[type=radio]:checked, input[type=radio]", made).focus({ preventScroll: true });
  }

  function close() {
    const opened = one(".roll-sheet");
    if (!opened) return;
    opened.classList.remove("roll-sheet");
    fold(opened);
    const box = boxOf(opened);
    if (box) box.focus({ preventScroll: true });
  }

  // Complete, a row is folded to its words; what is missing stays open, so that it can be seen.
  function fold(made) {
    const whole = all("input", made).every(function (input) {
      return input.validity.valid;
    });
    made.classList.toggle("roll-folded", whole);
    one("[data-words]", made).textContent = whole ? words(made) : "未到";
  }

  function words(made) {
    const until = one("[data-until] input", made);
    const note = one("[name^=note-]", made).value;
    return (
      one("[name^=kind-]:checked", made).parentNode.textContent.trim() +
      (until.disabled ? "" : "（至" + until.value + "）") +
      (one("[name^=told-]", made).checked ? "，已联系家长" : "") +
      (note ? "，" + note : "")
    );
  }

  // 仍缺勤 is one line that says what will be entered.
  function tell(more) {
    if (one("[name^=kind-]:checked", more)) one("[data-said]", more).textContent = words(more);
  }

  function boxOf(made) {
    return one("[name=away][value='" + made.dataset.child + "']");
  }

  function tick(box) {
    const standing = row(box.value);
    const made = box.checked && !standing ? addRow(box) : null;
    count(); // what is hidden takes no focus
    if (made) open(made);
    if (!box.checked && standing) standing.remove();
  }

  function showUntil(field) {
    const place = field.parentNode;
    field.hidden = !one("[data-end]:checked", place);
    const input = one("input", field);
    input.disabled = field.hidden;
    input.required = !field.hidden;
    // A leave of one day unless the teacher says more: too short is asked about tomorrow.
    if (!field.hidden && !input.value) input.value = input.min;
  }

  function count() {
    const away = all("[name=away]:checked").length;
    const still = all(".roll-no:checked").length;
    const expected = Number(form.dataset.expected);
    const marked = away > 0;
    one("[data-marked]").hidden = !marked;
    one("[data-bar]").hidden = !marked;
    one("[data-count]").textContent =
      "应到" + expected + " 实到" + (expected - away - still) + " 未到" + (away + still);
    const everybody = one("[data-all]");
    if (everybody) {
      everybody.hidden = marked;
      everybody.disabled = marked;
    }
  }

  function search(event) {
    const asked = event.target.value.trim().toLowerCase();
    all("[data-find]").forEach(function (cell) {
      cell.hidden = asked !== "" && cell.dataset.find.toLowerCase().indexOf(asked) < 0;
    });
  }

  // --- sending --------------------------------------------------------------------------------

  function say(words) {
    const banner = one("[data-offline]");
    banner.hidden = !words;
    one("[data-offline-words]").textContent = words || "";
  }

  function token() {
    return document.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  function body(draft) {
    const data = form ? new FormData(form) : new FormData();
    if (!form) {
      draft.fields.forEach(function (field) {
        data.append(field[0], field[1]);
      });
    }
    data.set("csrfmiddlewaretoken", token());
    data.set("go", draft.go);
    return data;
  }

  function send() {
    const draft = read(key);
    if (owed && !draft) say(CLEARED); // drafts.js took it away
    if (sending || !draft || !draft.sent) return;
    sending = owed = true;
    clearTimeout(timer);
    say(SENDING);
    const stop = window.AbortController ? new AbortController() : null;
    const limit = setTimeout(function () {
      if (stop) stop.abort();
    }, PATIENCE);
    fetch(page.dataset.url, {
      method: "POST",
      body: body(draft),
      credentials: "same-origin",
      signal: stop ? stop.signal : undefined,
    })
      .then(function (response) {
        return response.text().then(function (text) {
          clearTimeout(limit);
          sending = false;
          answered(response, text);
        });
      })
      .catch(function () {
        clearTimeout(limit);
        sending = false;
        later();
      });
  }

  function later() {
    say(UNSENT);
    wait = Math.min(wait * 2, 60000);
    timer = setTimeout(send, wait);
  }

  function answered(response, text) {
    const ours = new URL(response.url).pathname.indexOf("/roll/") === 0;
    if (response.redirected && !ours) {
      location.assign(response.url); // signed out: the draft waits, and is sent after signing in
    } else if (response.status >= 500 || response.status === 429) {
      later();
    } else if (response.status === 403) {
      say(SIGNED_OUT);
    } else if (response.ok || response.status === 409 || response.status === 422) {
      owed = false;
      if (response.redirected) {
        drop(key);
        history.replaceState(null, "", response.url);
      } else {
        keepAs(false);
      }
      show(text);
    } else {
      say(REFUSED);
    }
  }

  function keepAs(sent) {
    const draft = read(key);
    if (draft) write(Object.assign(draft, { sent: sent }));
  }

  function show(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("main");
    const main = document.getElementById("main");
    main.replaceWith(document.importNode(fresh, true));
    begin();
    const first = document.querySelector("[data-focus]");
    window.scrollTo(0, 0);
    if (first) first.focus();
  }

  function submit(event) {
    event.preventDefault();
    if (sending) return;
    const button = event.submitter || document.activeElement;
    close();
    const draft = read(key);
    if (draft && draft.sent) {
      send();
      return;
    }
    if (!form.elements.marked_at.value) form.elements.marked_at.value = new Date().toISOString();
    keep({ sent: true, go: button && button.value ? button.value : "marked" });
    wait = 2500;
    if (read(key)) send();
    else HTMLFormElement.prototype.submit.call(form);
  }

  // --- the page -------------------------------------------------------------------------------

  function pointElsewhere() {
    const mine = PREFIX + page.dataset.who + ":";
    const other = kept().find(function (name) {
      const draft = read(name) || {};
      // `go` stands from the first press on: sent and unanswered, or refused and left alone.
      return name !== key && name.indexOf(mine) === 0 && (draft.sent || draft.go);
    });
    if (!other) return;
    const box = one("[data-elsewhere]");
    one("a", box).href = read(other).url;
    box.hidden = false;
  }

  function beginForm() {
    form.addEventListener("submit", submit);
    form.addEventListener("change", function (event) {
      const until = event.target.closest("li, .roll-more");
      if (event.target.name === "away") tick(event.target);
      if (until && one("[data-until]", until)) all("[data-until]", until).forEach(showUntil);
      if (until && until.matches(".roll-more")) tell(until);
      if (event.target.type !== "search") changed();
    });
    form.addEventListener("input", function (event) {
      if (event.target.type === "search") search(event);
    });
    form.addEventListener("click", pressed);
    form.addEventListener("keydown", function (event) {
      if (event.key === "Escape") close();
      if (event.key === "Enter" && event.target.tagName === "INPUT") event.preventDefault();
    });
    one("[data-next]").hidden = true;
    one("[data-search]").hidden = false;
    all("[data-until]").forEach(showUntil);
    all("[data-list] > [data-child]").forEach(function (made) {
      ready(made);
      if (!made.classList.contains("field-bad")) fold(made);
    });
    all("details.roll-more").forEach(tell);
    form.addEventListener("invalid", function (event) {
      unfold(event.target);
    }, true);
    count();
    aim();
  }

  function unfold(part) {
    const made = part.closest(".roll-folded, .roll-more");
    if (made) made.classList.remove("roll-folded");
    if (made && "open" in made) made.open = true;
  }

  // 记录 on the result page points at one child.
  function aim() {
    const made = /^#p\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (made) unfold(one(".roll-more", made) || made);
  }

  function pressed(event) {
    const made = event.target.closest("[data-child]");
    if (!made) return;
    if (event.target.hasAttribute("data-close")) close();
    if (event.target.hasAttribute("data-open")) open(made);
    if (event.target.hasAttribute("data-here")) {
      const box = boxOf(made);
      close();
      made.remove();
      if (box) box.checked = false;
      changed();
    }
  }

  function countDown(offer) {
    let left = 11;
    function tick() {
      left -= 1;
      one("[data-left]", offer).textContent = "（" + left + "）";
      if (left <= 0) {
        clearInterval(undo);
        offer.remove();
      }
    }
    clearInterval(undo);
    undo = setInterval(tick, 1000);
    tick();
  }

  function begin() {
    page = document.querySelector("[data-roll]");
    if (!page) return;
    form = document.getElementById("roll");
    key = PREFIX + page.dataset.who + ":" + page.dataset.url;
    wait = wait || 2500;
    pointElsewhere();
    if (form) beginForm();
    const offer = one("[data-undo]");
    if (offer) countDown(offer);
    all("[data-discard]").forEach(function (link) {
      link.addEventListener("click", function () {
        drop(key);
      });
    });
    takeUp();
  }

  // A roll that was sent and not answered is sent again; one only begun comes back into the form.
  function takeUp() {
    const draft = read(key);
    if (!draft) return;
    if (form && form.hasAttribute("data-bound")) {
      keep({ sent: false });
      return;
    }
    if (form) restore(draft);
    if (draft.sent) send();
    else if (form) tellRestored(draft);
  }

  // What comes back into the form is said, with the way to begin anew: it is not yet submitted.
  function tellRestored(draft) {
    const note = one("[data-restored]");
    const at = new Date(draft.at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
    one("[data-restored-words]").textContent = RESTORED.replace("{at}", at);
    note.hidden = false;
    one("[data-restart]").addEventListener("click", function () {
      drop(key);
      location.reload();
    });
  }

  function again() {
    if (page && document.visibilityState !== "hidden") send();
  }

  window.addEventListener("online", again);
  window.addEventListener("pageshow", again);
  document.addEventListener("visibilitychange", again);
  begin();
})();
