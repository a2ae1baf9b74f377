// The sentence of an aim, built as its four parts are typed. The same as qiplans/rules/aims.py builds on save.
(() => {
  const form = document.querySelector("[data-aim]");
  if (!form) return;
  const out = form.querySelector("[data-aim-sentence]");
  const part = (name) => (form.elements[`aim_${name}`]?.value || "").trim().replace(/[.,]+$/, "");
  const build = () => {
    const when = part("by_when").replace(/^by /i, "");
    const rest = ["how_much", "what", "where"].map(part).filter(Boolean).join(" ");
    if (!when && !rest) return;
    out.textContent = when ? `By ${when}, ${rest}.` : `${rest[0].toUpperCase()}${rest.slice(1)}.`;
  };
  form.addEventListener("input", (ev) => { if (ev.target.name?.startsWith("aim_")) build(); });
})();
