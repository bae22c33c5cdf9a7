/**
 * The AIM identifier of an SSI bar code type, where the type alone gives it; for most types the identifier also depends
 * on check digits and the like, which SSI doesn't tell. Types by the SSI guide's table of DECODE_DATA (as in
 * enioka_scan) and, from F0 on, by the GM67's. A QR code's FNC1 variants can't be told from `]Q1` here.
 */
export function ssiSymbology(type: number): string | undefined {
  switch (type) {
    case 0x03:
      return ']C0';
    case 0x0f:
      return ']C1';
    case 0x0a:
      return ']E4';
    case 0x0b:
      return ']E0';
    case 0x1c:
    case 0xf1:
      return ']Q1';
    default:
      return undefined;
  }
}
