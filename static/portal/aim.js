// The sentence of an aim, built as its four parts are typed. The same as qiplans/rules/aims.py builds on save; the words
// that are small within a sentence come from there.
(() => {
  const form = document.querySelector("[data-aim]");
  if (!form) return;
  const out = form.querySelector("[data-aim-sentence]");
  const small = new Set(form.dataset.aimSmall.split(" "));
  const part = (name) => (form.elements[`aim_${name}`]?.value || "").trim().replace(/\s+/g, " ").replace(/[ .,]+$/, "");
  const begunSmall = (text) => {
    const first = text.split(" ")[0].replace(/[,;:]+$/, "");
    const isCapital = first && first === first[0].toUpperCase() + first.slice(1).toLowerCase();
    return isCapital && small.has(first.toLowerCase()) ? text[0].toLowerCase() + text.slice(1) : text;
  };
  const build = () => {
    const when = begunSmall(part("by_when").replace(/^by /i, ""));
    const rest = ["how_much", "what", "where"].map(part).filter(Boolean).map(begunSmall).join(" ");
    if (!when && !rest) return;
    out.textContent = when ? `By ${when}, ${rest}.` : `${rest[0].toUpperCase()}${rest.slice(1)}.`;
  };
  form.addEventListener("input", (ev) => { if (ev.target.name?.startsWith("aim_")) build(); });
})();
