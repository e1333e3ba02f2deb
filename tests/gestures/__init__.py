"""Every way a person acts on a page: real input, one readable step, the same effect in the replay, once."""
