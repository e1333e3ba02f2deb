"""Nothing that was recorded is lost: events of pages that leave at once, steps of a recorder that is killed."""
