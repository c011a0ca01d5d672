import "./main.css";
import "htmx.org";
import { start as startTheme } from "./theme.ts";
import { start as startParts } from "./parts.ts";
import { start as startPickers } from "./picker.ts";
import { start as startQueue } from "./queue.ts";
import { start as startSearching } from "./searching.ts";
import { start as startSeries } from "./series.ts";
import { start as startTicks } from "./ticks.ts";

startTheme(document);
startParts(document);
startPickers(document);
startQueue(document);
startSearching(document);
startSeries(document);
startTicks(document);
