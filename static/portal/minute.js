// The one-screen minute: rows that grow as they are filled, one tap for everybody present, and what an action
// typed as a sentence means. All of it also works by submitting the form; here it saves the round trip.
(() => {
  const form = document.querySelector("[data-minute]");
  if (!form) return;
  const blank = (kind) => document.querySelector(`template[data-blank="${kind}"]`);
  form.classList.add("portal-m-minute--js");

  // --- who was there ---------------------------------------------------------------------------
  const seats = () => [...form.querySelectorAll("[data-seat]")];
  const said = (seat) => seat.querySelector("input[type=radio]:checked");
  const count = () => {
    const there = seats().filter((s) => said(s) && ["PRESENT", "DEPUTY"].includes(said(s).value)).length;
    const shown = form.querySelector("[data-represented]");
    shown.textContent = shown.textContent.replace(/^\d+ of \d+/, `${there} of ${seats().length}`);
  };
  form.querySelector("[data-all-present]").addEventListener("click", (ev) => {
    ev.preventDefault();
    for (const seat of seats()) if (!said(seat)) seat.querySelector("input[value=PRESENT]").checked = true;
    count();
    changed();
  });
  form.addEventListener("change", (ev) => { if (ev.target.closest("[data-seat]")) count(); });

  // --- rows that grow ---------------------------------------------------------------------------
  const changed = () => form.dispatchEvent(new Event("portal:changed"));
  const most = { item: 30, guest: 60, action: 8 };
  const add = (kind, box, marks) => {
    const counter = box.querySelector(":scope > [data-count]");
    const n = Number(counter.value);
    if (n >= most[kind]) return null;
    const row = blank(kind).content.cloneNode(true).firstElementChild;
    const fill = (text) => marks(text, n);
    for (const el of [row, ...row.querySelectorAll("*")]) {
      for (const attr of [...el.attributes]) if (/__n__|action-0/.test(attr.value)) el.setAttribute(attr.name, fill(attr.value));
    }
    const number = row.querySelector("[data-number]");
    if (number) number.textContent = String(n + 1);
    box.append(row);
    counter.value = String(n + 1);
    if (kind === "item") for (const box of row.querySelectorAll("[data-actions]")) fold(box);
    changed();
    return row;
  };
  const addTo = {
    item: () => add("item", form.querySelector("[data-items]"), (text, n) => text.replaceAll("__n__", n)),
    guest: () => add("guest", form.querySelector("[data-guests]"), (text, n) => text.replaceAll("__n__", n)),
    action: (button) => {
      const box = button.closest("[data-item]").querySelector("[data-actions]");
      const item = box.querySelector("[data-count]").name.match(/^item-(\d+)-/)[1];
      return unfold(box) || add("action", box, (text, n) => text.replaceAll("item-__n__-action-0", `item-${item}-action-${n}`));
    },
  };
  form.addEventListener("click", (ev) => {
    const button = ev.target.closest("[data-more]");
    if (!button) return;
    ev.preventDefault();
    const row = addTo[button.dataset.more](button);
    if (row) row.querySelector("input:not([type=hidden]), select, textarea").focus();
  });

  // Spare action rows wait out of sight until the one before is written.
  const isBlank = (row) => !row.querySelector("[data-sentence]").value && !row.querySelector("[data-owner]").value;
  const fold = (box) => {
    const rows = [...box.querySelectorAll("[data-action]")];
    const last = rows.map(isBlank).lastIndexOf(false);
    rows.forEach((row, i) => { row.hidden = i > last + 1; });
  };
  const unfold = (box) => {
    const next = box.querySelector("[data-action][hidden]");
    if (next) next.hidden = false;
    return next;
  };
  for (const box of form.querySelectorAll("[data-actions]")) fold(box);
  form.addEventListener("input", (ev) => {
    const row = ev.target.closest && ev.target.closest("[data-action]");
    const box = row && row.parentElement;
    if (box && ev.target.value) {
      const shown = [...box.querySelectorAll("[data-action]:not([hidden])")];
      if (shown.every((r) => !isBlank(r))) unfold(box);
    }
  });

  // --- what a sentence means ---------------------------------------------------------------------
  const show = (row) => {
    const owner = row.querySelector("[data-owner]"), due = row.querySelector("[data-due]");
    const who = owner.value ? owner.selectedOptions[0].textContent : "", when = due.value;
    const day = when && new Date(`${when}T12:00`).toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric" }).replace(",", "");
    const line = row.querySelector("[data-proposal]");
    if (!row.querySelector("[data-sentence]").value) line.textContent = "";
    else if (who && day) line.textContent = `→ ${who} · ${day} ✓`;
    else line.textContent = who ? `→ ${who}. By when?` : day ? `→ ${day}. Who will do it?` : "Who will do it, and by when?";
    if (row.querySelector("[data-sentence]").value && !(who && day)) row.querySelector("details").open = true;
  };
  // Only what stands as it was read is read anew: who and when that somebody chose by hand stay, and so do those
  // that came with the page.
  const take = (field, value) => {
    if (value && (!field.value || field.value === field.dataset.read)) field.value = field.dataset.read = value;
  };
  const asked = new WeakMap();
  const ask = async (row) => {
    const sentence = row.querySelector("[data-sentence]").value.trim(), mine = (asked.get(row) || 0) + 1;
    asked.set(row, mine);
    if (!sentence) return show(row);
    const body = new FormData();
    body.append("sentence", sentence);
    body.append("held_on", form.elements.held_on.value);
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(form.dataset.proposals, { method: "POST", body });
      if (!answer.ok) return show(row);
      const read = await answer.json();
      if (asked.get(row) !== mine) return undefined; // the sentence has changed since: its own answer is on the way
      take(row.querySelector("[data-owner]"), read.owner);
      take(row.querySelector("[data-due]"), read.due_on);
      changed();
    } catch { /* offline: the sentence is read again when the form is sent */ }
    return show(row);
  };
  form.addEventListener("change", (ev) => {
    const row = ev.target.closest("[data-action]");
    if (row && !ev.target.matches("[data-sentence]")) delete ev.target.dataset.read; // chosen by hand from now on
    if (row) ev.target.matches("[data-sentence]") ? ask(row) : show(row);
  });
  for (const row of form.querySelectorAll("[data-action]")) if (!isBlank(row)) show(row);

  // Enter in a line goes on; it does not send a half-written minute.
  form.addEventListener("keydown", (ev) => {
    if (ev.key === "Enter" && ev.target.matches("input:not([type=submit]):not([type=checkbox]):not([type=radio])")) ev.preventDefault();
  });
  // Another date may mean other practices: offer to show them.
  const offer = form.querySelector("[data-date-changed]"), first = form.elements.held_on.value;
  offer.hidden = true;
  form.elements.held_on.addEventListener("change", () => { offer.hidden = form.elements.held_on.value === first; });
})();
