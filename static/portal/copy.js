// Shows the Copy buttons where there is a script to make them work; without one the box is selected by hand.
const said = document.querySelector("[data-copied]");
for (const button of document.querySelectorAll("[data-copy]")) {
  const box = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    box.focus();
    box.select();
    try {
      await navigator.clipboard.writeText(box.value);
      if (said) said.textContent = "Copied.";
    } catch {
      if (said) said.textContent = "The browser did not let us copy. The addresses are selected: press Ctrl and C.";
    }
  });
}
