"""A Gradio page whose answer comes piece by piece. `greeter.py PORT`."""

import random
import sys
import time
from collections.abc import Iterator

import gradio as gr


def greet(name: str, _times: int) -> Iterator[str]:
    """Say the name four times, 0.2 s apart, with a random number."""
    for count in range(1, 5):
        time.sleep(0.2)
        yield f"{name} " * count + f"{random.random():.4f}"


with gr.Blocks(analytics_enabled=False) as page:
    gr.Markdown("# Greeter")
    who = gr.Textbox(label="Name")
    times = gr.Slider(0, 10, 3, label="Times")
    said = gr.Textbox(label="Says")
    go = gr.Button("Go")
    with gr.Tab("One"):
        gr.CheckboxGroup(["a", "b", "c"], label="Some")
    with gr.Tab("Two"):
        gr.Dropdown(["red", "green"], label="Colour")
    go.click(greet, [who, times], said)
page.queue().launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True)
