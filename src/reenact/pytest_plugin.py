"""The pytest plugin: traces collected as tests."""
