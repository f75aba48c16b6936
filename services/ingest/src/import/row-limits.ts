/** Bounds that keep one bad row from taking the importer's memory. */
export interface RowLimits {
  /** A longer field sends its row to quarantine as `field_too_large`. */
  readonly fieldBytesMax: number;
  /** Of a longer row only so many bytes are kept in quarantine; the rest up to the next line end is passed over. */
  readonly rowBytesMax: number;
}

export const defaultRowLimits: RowLimits = { fieldBytesMax: 1024 * 1024, rowBytesMax: 16 * 1024 * 1024 };
