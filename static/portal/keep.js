// Keeps what is typed into a form with data-keep (the address to send it to): two seconds after the last key,
// at the latest every fifteen while typing goes on, and when the page is left or hidden.
(() => {
  const watched = new WeakSet();
  const AFTER = 2000, LATEST = 15000, AGAIN = 10000;

  const watch = (form) => {
    const address = form.getAttribute("data-keep"); // a field named "dataset" would hide form.dataset
    const line = form.querySelector("[data-kept]");
    const token = form.querySelector("[name=csrfmiddlewaretoken]");
    let dirty = false, again = false, since = 0, timer = 0, sending = null, leaving = false, left = "";

    const say = (text) => { if (line && line.textContent !== text) line.textContent = text; };

    const words = () => {
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
      return body;
    };

    const plan = (wait) => {
      clearTimeout(timer);
      timer = setTimeout(send, wait);
    };

    const answered = async (response) => {
      if (response.redirected || response.type === "opaqueredirect" || response.status === 401) {
        return "You are signed out. Sign in again in another tab; what you typed so far is kept.";
      }
      const answer = await response.json().catch(() => ({}));
      if (response.ok && answer.kept_at) return `Saved ${answer.kept_at}`;
      if (answer.problem) return `Not saved: ${answer.problem}`;
      dirty = true;
      again = true;
      return "Not saved. We try again in a moment.";
    };

    async function send() {
      if (leaving || sending || !dirty) return;
      dirty = again = false;
      since = 0; // whatever is typed from here on counts anew, whatever the answer is
      sending = new AbortController();
      try {
        say(await answered(await fetch(address, {
          method: "POST", body: words(), redirect: "manual", signal: sending.signal,
          headers: { "Accept": "application/json", "X-CSRFToken": token ? token.value : "" },
        })));
      } catch (problem) {
        if (!leaving) {
          dirty = true;
          again = true;
          say("Not saved: no connection");
        }
      }
      sending = null;
      // Also what was typed while this was on its way: its own turn found the line busy.
      if (dirty && !leaving) plan(again ? AGAIN : AFTER);
    }

    const typed = () => {
      dirty = true;
      const now = Date.now();
      since = since || now;
      plan(Math.max(0, Math.min(AFTER, since + LATEST - now)));
    };

    const last = () => {
      const body = words();
      // Leaving fires more than one event: the same words go once.
      if (leaving || !dirty || body.toString() === left) return;
      left = body.toString();
      if (navigator.sendBeacon(address, body)) dirty = false;
    };

    form.addEventListener("input", typed);
    form.addEventListener("change", typed);
    form.addEventListener("submit", () => {
      leaving = true; // a late autosave must not bring back what the saved form has settled
      clearTimeout(timer);
      if (sending) sending.abort();
    });
    window.addEventListener("pageshow", (event) => { if (event.persisted) leaving = false; });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") last(); });
    window.addEventListener("pagehide", last);
    window.addEventListener("online", () => { if (dirty) plan(0); });
    // Rows that a script adds or takes away fire no input event.
    form.addEventListener("portal:changed", typed);
  };

  const all = (root) => root.querySelectorAll("form[data-keep]").forEach((form) => {
    if (!watched.has(form)) {
      watched.add(form);
      watch(form);
    }
  });
  document.addEventListener("DOMContentLoaded", () => all(document));
  document.addEventListener("htmx:afterSettle", (event) => all(event.target));
})();
