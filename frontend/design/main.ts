import "./main.css";
import "htmx.org";
import { start as startTheme } from "./theme.ts";
import { start as startParts } from "./parts.ts";

startTheme(document);
startParts(document);
