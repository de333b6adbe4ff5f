/** The tags of a cell that holds them with commas between. */
export const tagsIn = (text: string): string[] => text.split(/ *, */).filter((tag) => tag !== '');
