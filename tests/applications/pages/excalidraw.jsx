import { Excalidraw } from "@excalidraw/excalidraw";
import "@excalidraw/excalidraw/index.css";
import React from "react";
import { createRoot } from "react-dom/client";

createRoot(document.getElementById("root")).render(<Excalidraw />);
