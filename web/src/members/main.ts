import "../styles/tokens.css";
import "../styles/page.css";
import "../styles/controls.css";
import "../styles/table.css";
import { mount } from "svelte";
import { startLanguage } from "../lib/i18n.svelte";
import Members from "./Members.svelte";

startLanguage();
mount(Members, { target: document.querySelector("#site")! });
