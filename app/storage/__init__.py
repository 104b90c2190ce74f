"""The shop's file: engine, unit of work, migrations, full-text index, copies."""
