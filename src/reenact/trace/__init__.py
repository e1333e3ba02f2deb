"""The trace: format, journal, archive and migrations. No browser and no images here."""
