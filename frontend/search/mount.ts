// Where the results of a search get their pictures.
import { start } from "./stills";

start(document);
