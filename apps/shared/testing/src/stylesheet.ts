// What Jest gives for an import of a stylesheet: jsdom lays nothing out.
export {};
