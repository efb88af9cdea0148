"""The office's own records: tables, migrations, transactions. SQLite by default."""
