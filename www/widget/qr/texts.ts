/** What is said about codes and the camera, loaded together with them. */

import en from "./messages/en.json";
import fr from "./messages/fr.json";

export type Texts = typeof en;

export const textsIn = (lang: string): Texts => (lang === "fr" ? fr : en);
