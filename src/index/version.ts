/** Raised whenever the tables or what is projected into them change; an index of another version is built again. */
export const INDEX_VERSION = 13;
