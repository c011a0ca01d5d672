import "./main.css";
import "htmx.org";
