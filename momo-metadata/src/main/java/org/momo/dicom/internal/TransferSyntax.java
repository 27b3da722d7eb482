package org.momo.dicom.internal;

/**
 * The transfer syntaxes that a reader must tell apart (PS3.5 annex A, PS3.6 table A-1).
 *
 * <p>This class is immutable.
 */
public final class TransferSyntax {
  /** Implicit VR Little Endian. */
  public static final String IMPLICIT_LITTLE = "1.2.840.10008.1.2";

  /** Explicit VR Little Endian. */
  public static final String EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";

  /** Deflated Explicit VR Little Endian. */
  public static final String DEFLATED_EXPLICIT_LITTLE = "1.2.840.10008.1.2.1.99";

  /** Explicit VR Big Endian, retired. */
  public static final String EXPLICIT_BIG = "1.2.840.10008.1.2.2";

  private static final String DEFLATED_JPIP = "1.2.840.10008.1.2.4.95";
  private static final String DEFLATED_JPIP_HTJ2K = "1.2.840.10008.1.2.4.205";
  private static final String RLE = "1.2.840.10008.1.2.5";

  private TransferSyntax() {}

  /**
   * Whether frames are not compressed.
   *
   * @param uid a transfer syntax
   * @return true where samples lie one behind the other
   */
  public static boolean isNative(String uid) {
    return uid.equals(IMPLICIT_LITTLE)
        || uid.equals(EXPLICIT_LITTLE)
        || uid.equals(EXPLICIT_BIG)
        || uid.equals(DEFLATED_EXPLICIT_LITTLE);
  }

  static boolean isDeflated(String uid) {
    return uid.equals(DEFLATED_EXPLICIT_LITTLE)
        || uid.equals(DEFLATED_JPIP)
        || uid.equals(DEFLATED_JPIP_HTJ2K);
  }

  static boolean isRle(String uid) {
    return uid.equals(RLE);
  }

  /**
   * MPEG-2, MPEG-4, HEVC and SMPTE 2110 syntaxes.
   *
   * @param uid a transfer syntax
   * @return true where all frames are one stream
   */
  public static boolean isVideo(String uid) {
    for (int i = 100; i <= 108; i++) {
      String video = "1.2.840.10008.1.2.4." + i;
      if (uid.equals(video) || uid.equals(video + ".1")) {
        return true;
      }
    }
    return uid.startsWith("1.2.840.10008.1.2.7.");
  }
}
