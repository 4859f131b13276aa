// What the server is asked beyond the protocol. A figure is a text: nothing here works one out.

interface Position {
  line: number;
  character: number;
}

export interface Location {
  uri: string;
  range: { start: Position; end: Position };
}

export interface About {
  textDocument: { uri: string };
}

export interface Contract {
  main: string;
  title: string;
  at: Location | null;
  periods: string[];
  localities: string[];
}

export interface Model {
  name: string;
  title: string;
  asks: string[];
}

export interface Page {
  html: string;
  title: string;
  anchors: { anchor: string; location: Location }[];
}

export interface Difference {
  what: string;
  expected: string;
  found: string;
  beforeRounding: string | null;
  at: Location | null;
  declared: Location | null;
}

export interface Example {
  name: string;
  title: string;
  of: string;
  period: string;
  at: Location | null;
  whole: Location | null;
  expected: number;
  stopped: string | null;
  differences: Difference[];
}

/** How a criterion stands, or a thing that meets one. */
export type Answer = "thing" | "idle" | "met" | "waived" | "open";

export interface Asked {
  title: string;
  detail: string;
  doc: string;
  answer: Answer;
  at: Location | null;
  parts: Asked[];
}

export interface Stops {
  at: number;
  last: number;
  least: string;
  most: string;
  unit: string;
}

export interface OneOf {
  chosen: string;
  choices: [string, string][];
}

export interface Lever {
  name: string;
  title: string;
  isKnob: boolean;
  stands: string;
  shown: string;
  reach: Stops | OneOf;
  refused: string | null;
}

export interface Bar {
  group: string;
  name: string;
  title: string;
  before: string;
  after: string;
  exact: string;
  difference: string;
  lengths: [number, number] | null;
}

export interface WhatIf {
  title: string;
  of: string;
  levers: Lever[];
  periods: { label: string; lines: Bar[]; partners: Bar[] }[];
  stopped: string | null;
}

/** Where levers are: the number of a stop, or what a person has written. */
export type Moves = Record<string, number | string>;
