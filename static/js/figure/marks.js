// What marks have in common: their size and their names.

import { long } from "./days.js";

export const SIZE = 8;
export const PITCH = 10;
const WORDS = { diplomatic: "Diplomatic move", military: "Military move", troops: "Troop claim", statement: "Statement" };

export const nameOf = (kind, day, label) => `${WORDS[kind]}, ${typeof day === "number" ? long(day) : day}: ${label}`;
export const kindOf = (lane) => ({ diplomatic: "diplomatic", troops: "troops", statements: "statement" })[lane.name];
