"""static/portal/import.js: the day follows the chosen file, and never overwrites what a person chose."""

from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "static/portal/import.js"
FORM = '<input type="file" data-day-into="day"><input type="date" id="day">'


def test_the_day_follows_the_file_until_a_person_sets_it(page):
    page.set_content(FORM)
    page.add_script_tag(content=SCRIPT.read_text())

    def day_after(name):
        page.set_input_files("[type=file]", {"name": name, "mimeType": "text/csv", "buffer": b"x"})
        return page.input_value("#day")

    assert day_after("list_apr2024.csv") == "2024-04-01"
    assert day_after("list-2024-10-01.csv") == "2024-10-01"
    assert day_after("practices.csv") == ""
    page.fill("#day", "2020-01-02")
    assert day_after("list_apr2024.csv") == "2020-01-02"
