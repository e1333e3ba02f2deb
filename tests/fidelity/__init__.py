"""The long measurement: record sessions in applications, replay them, count what is identical."""
