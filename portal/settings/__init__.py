"""Settings by place: `dev` (the default of manage.py), `test` (the suite) and `live` (production)."""
