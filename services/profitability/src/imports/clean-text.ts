const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Most cells: words of ASCII with single spaces between them, which nothing below would change. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** Text as it may be stored: no control characters but tab and newline, no white space around it. */
export const cleanText = (text: string): string =>
  text === '' || PLAIN.test(text) ? text : text.replace(CONTROL, ' ').trim();

/** A name on one line: clean, composed (NFC), and with single spaces. */
export const cleanName = (text: string): string =>
  text === '' || PLAIN.test(text) ? text : cleanText(text).normalize('NFC').replace(/\s+/g, ' ');
