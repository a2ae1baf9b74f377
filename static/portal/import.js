// Fills the day of a practice list from the name of the chosen file ("…_apr2024…"), as the server would.
document.querySelectorAll("input[type=file][data-day-into]").forEach((chooser) => {
  const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
  let filled = ""; // what stands there by us, and not by a person
  chooser.addEventListener("change", () => {
    const day = document.getElementById(chooser.dataset.dayInto);
    if (!day || (day.value && day.value !== filled)) return;
    const name = chooser.files.length ? chooser.files[0].name.toLowerCase() : "";
    const full = name.match(/(?:^|\D)(20\d\d)[\W_]?(\d\d)[\W_]?(\d\d)(?!\d)/);
    const month = name.match(new RegExp(`(?:^|[^a-z])(${months.join("|")})[a-z]*[\\W_]*(?:20)?(\\d\\d)(?!\\d)`));
    const two = (number) => String(number).padStart(2, "0");
    if (full) day.value = full.slice(1).join("-");
    else day.value = month ? `20${month[2]}-${two(months.indexOf(month[1]) + 1)}-01` : "";
    filled = day.value;
  });
});
