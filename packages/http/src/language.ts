interface Wish {
  readonly language: string;
  readonly quality: number;
}

const wishOf = (part: string): Wish => {
  const [tag = '', ...parameters] = part.split(';');
  const quality = parameters.map((each) => /^\s*q=([01](?:\.\d{1,3})?)\s*$/.exec(each)?.[1]).find(Boolean);
  return { language: tag.trim().toLowerCase().split('-')[0] ?? '', quality: Number(quality ?? 1) };
};

/**
 * The language of an answer's texts: that of `Accept-Language` which is wished for most among those that there are, the
 * first of them when none is. Regions are not told apart; a header that makes no sense wishes for nothing.
 */
export const preferredLanguage = <const Language extends string>(
  header: string | undefined,
  languages: readonly [Language, ...Language[]],
): Language => {
  const wishes = (header ?? '').split(',').map(wishOf);
  const wished = wishes
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ language }) => (language === '*' ? languages[0] : languages.find((each) => each === language)))
    .find((language) => language !== undefined);
  return wished ?? languages[0];
};
